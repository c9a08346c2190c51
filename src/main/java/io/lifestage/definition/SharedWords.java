package io.lifestage.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Channels and tags: words that guards and journeys have in common, and that nobody declares. A new
 * one is welcome; one that stands alone beside another that is nearly the same is doubted, and so
 * is one that guards speak of and no journey has.
 */
final class SharedWords {
  /** The channels that consents and outcomes know, and the one of staff. */
  private static final Set<String> KNOWN = Set.of("email", "sms", "push", "post", "phone", "task");

  /** A word where it stands. */
  private record Use(String word, Document document, Node node) {
    void doubt(String what, String hint) {
      document.problems().doubt(node, what, hint);
    }
  }

  private final List<Use> channels = new ArrayList<>();
  private final List<Use> channelsOfGuards = new ArrayList<>();
  private final Set<String> tags = new TreeSet<>();
  private final List<Use> tagsOfGuards = new ArrayList<>();
  private boolean areThereJourneys;

  private SharedWords() {}

  /** Doubts the words of all these. */
  static void review(Collection<Document> documents) {
    SharedWords words = new SharedWords();
    documents.forEach(words::gather);
    words.doubtChannels();
    words.doubtTags();
  }

  private void gather(Document document) {
    if (document.kind() == Kind.JOURNEY) {
      areThereJourneys = true;
      Section root = Section.open(Problems.unheard(), "", document.node());
      tags.addAll(root.texts("tags"));
      gatherEmits(document, document.node());
    } else if (document.kind() == Kind.GUARDS) {
      Section root = Section.open(Problems.unheard(), "", document.node());
      for (Node cap : root.nodes("caps")) {
        gather(document, cap, "channel", channelsOfGuards);
        gather(document, cap, "tag", tagsOfGuards);
      }
      for (Node hours : root.nodes("quiet-hours")) {
        gather(document, hours, "channels", channelsOfGuards);
      }
    }
  }

  private void gatherEmits(Document document, Node node) {
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(entry -> gatherEmits(document, entry));
    } else if (node instanceof MappingNode) {
      Section section = Section.open(Problems.unheard(), "", node);
      for (String key : section.keys()) {
        if (key.equals("emit")) {
          gather(document, section.node(key), "channel", channels);
        } else {
          gatherEmits(document, section.node(key));
        }
      }
    }
  }

  private static void gather(Document document, Node node, String key, List<Use> uses) {
    for (Node entry : Section.open(Problems.unheard(), "", node).nodes(key)) {
      if (entry instanceof ScalarNode scalar) {
        uses.add(new Use(scalar.getValue(), document, entry));
      }
    }
  }

  private void doubtChannels() {
    Set<String> sentOver = new HashSet<>(KNOWN);
    Map<String, Set<String>> files = new TreeMap<>();
    for (Use use : channels) {
      sentOver.add(use.word);
      file(files, use);
    }
    channelsOfGuards.forEach(use -> file(files, use));
    List<Use> all = new ArrayList<>(channels);
    all.addAll(channelsOfGuards);
    for (Use use : all) {
      if (KNOWN.contains(use.word) || files.get(use.word).size() > 1) {
        continue;
      }
      Set<String> others = new TreeSet<>(KNOWN);
      files.forEach(
          (word, in) -> {
            if (in.size() > 1) {
              others.add(word);
            }
          });
      boolean isNear = Suggestion.nearest(use.word, others).isPresent();
      if (isNear) {
        use.doubt(
            "no other file speaks of the channel '" + use.word + "'",
            Suggestion.among(use.word, others));
      } else if (areThereJourneys && !sentOver.contains(use.word)) {
        use.doubt(
            "no journey sends over the channel '" + use.word + "'",
            Suggestion.among(use.word, sentOver));
      }
    }
  }

  private static void file(Map<String, Set<String>> files, Use use) {
    files.computeIfAbsent(use.word, word -> new HashSet<>()).add(use.document.source().file());
  }

  private void doubtTags() {
    for (Use use : tagsOfGuards) {
      if (areThereJourneys && !tags.contains(use.word)) {
        use.doubt("no journey has the tag '" + use.word + "'", Suggestion.among(use.word, tags));
      }
    }
  }
}
