package io.lifestage.definition;

import io.lifestage.journey.Reason;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A part of a definition with names and values, which knows its place and notes every mistake
 * instead of stopping at the first. A value that is wrong reads as if it were not there.
 */
final class Section {
  private static final String LIST = "a list has brackets and commas: [a, b]";
  private static final Pattern DURATION = Pattern.compile("-?(\\d{1,6}[dhms]|\\d{1,9}ms){1,5}");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|d|h|m|s)");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?) ?%");

  private final Problems problems;
  private final String name;
  private final Node node;
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Set<String> meant = new HashSet<>();

  private Section(Problems problems, String name, Node node) {
    this.problems = problems;
    this.name = name;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, name + " has to be names with values", "write 'name: value'");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
        problems.add(tuple.getKeyNode(), "'" + key + "' stands twice in " + name, "");
      }
      keys.putIfAbsent(key, tuple.getKeyNode());
    }
  }

  /** A section in which any name may stand. */
  static Section open(Problems problems, String name, Node node) {
    return new Section(problems, name, node);
  }

  /** A section in which only these names mean something. */
  static Section of(Problems problems, String name, Node node, Collection<String> allowed) {
    Section section = new Section(problems, name, node);
    section.keys.forEach(
        (key, at) -> {
          if (!allowed.contains(key)) {
            problems.add(
                at, "'" + key + "' means nothing in " + name, Suggestion.among(key, allowed));
            Suggestion.nearest(key, allowed).ifPresent(section.meant::add);
          }
        });
    return section;
  }

  /** Where the section stands. */
  Node node() {
    return node;
  }

  Set<String> keys() {
    return keys.keySet();
  }

  /** The name itself, as a place. */
  Node key(String key) {
    return keys.getOrDefault(key, node);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value as it stands there, or null. */
  Node node(String key) {
    return values.get(key);
  }

  /** The place of a value, or of the section where it has none. */
  Node place(String key) {
    return values.getOrDefault(key, node);
  }

  /** The names of which exactly one has to be there; null, with a note, where it is not so. */
  String oneOf(String... choices) {
    List<String> there = List.of(choices).stream().filter(this::has).toList();
    if (there.size() == 1) {
      return there.get(0);
    }
    if (there.isEmpty() && isSaid(choices)) {
      return null;
    }
    String all = String.join(", ", choices);
    problems.add(
        there.isEmpty() ? node : key(there.get(1)),
        there.isEmpty()
            ? name + " needs one of " + all
            : "'" + there.get(0) + "' and '" + there.get(1) + "' exclude each other in " + name,
        "");
    return there.isEmpty() ? null : there.get(0);
  }

  /** A text that has to be there; empty, with a note, where it is not. */
  String required(String key, String hint) {
    String text = text(key, "");
    if (text.isEmpty()) {
      missing(key, hint);
    }
    return text;
  }

  /** The reason that decisions give, in a word that does not say what the engine's own say. */
  String reason(String hint) {
    String reason = required("reason", hint);
    if (Reason.all().contains(reason)) {
      wrong("reason", "is '" + reason + "', which the engine itself says", "choose another word");
    }
    return reason;
  }

  String text(String key, String otherwise) {
    Node value = values.get(key);
    return value == null ? otherwise : scalar(value, "'" + key + "'", otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    String text = text(key, String.valueOf(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      wrong(key, "has to be true or false", "");
      return otherwise;
    }
    return text.equals("true");
  }

  /** One of some words; the first where none is written. */
  String word(String key, List<String> words) {
    String text = text(key, words.get(0));
    if (!words.contains(text)) {
      wrong(key, "is '" + text + "'", Suggestion.among(text, words));
      return words.get(0);
    }
    return text;
  }

  int number(String key, int otherwise, int least, int most) {
    if (!has(key)) {
      return otherwise;
    }
    String text = text(key, "");
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    wrong(key, "is '" + text + "'", "write a whole number from " + least + " to " + most);
    return otherwise;
  }

  double decimal(String key, double least, double most) {
    String text = text(key, "");
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    wrong(key, "is '" + text + "'", "write a number from " + least + " to " + most);
    return least;
  }

  /** A span of time such as 90d, 1h30m or -3d; null where none is written or it is wrong. */
  Duration duration(String key) {
    if (!has(key)) {
      return null;
    }
    String text = text(key, "");
    Duration duration = span(text);
    if (duration == null) {
      wrong(key, "is '" + text + "'", "write a span of time like 30s, 5m, 1h30m or 90d");
    }
    return duration;
  }

  /** A span of time as it is written, or null where the text is none. */
  static Duration span(String text) {
    if (!DURATION.matcher(text).matches()) {
      return null;
    }
    long millis = 0;
    for (Matcher part = PART.matcher(text); part.find(); ) {
      long unit =
          switch (part.group(2)) {
            case "d" -> 86_400_000L;
            case "h" -> 3_600_000L;
            case "m" -> 60_000L;
            case "s" -> 1_000L;
            default -> 1L;
          };
      millis += Long.parseLong(part.group(1)) * unit;
    }
    return Duration.ofMillis(text.startsWith("-") ? -millis : millis);
  }

  /** A span of time longer than nothing. */
  Duration positive(String key, Duration otherwise) {
    Duration duration = duration(key);
    if (duration != null && (duration.isZero() || duration.isNegative())) {
      wrong(key, "is " + text(key, "") + "; it has to be longer than nothing", "");
      return otherwise;
    }
    return duration == null ? otherwise : duration;
  }

  /** A time of day such as 08:00; null where none is written or it is wrong. */
  LocalTime time(String key) {
    if (!has(key)) {
      return null;
    }
    String text = text(key, "");
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      wrong(key, "is '" + text + "'", "write a time of day in quotes, like \"08:00\"");
      return null;
    }
  }

  /** A share such as 5% or 12.5%, of 10,000. */
  int share(String key) {
    if (!has(key)) {
      return 0;
    }
    Matcher matcher = SHARE.matcher(text(key, ""));
    int share =
        matcher.matches() ? (int) Math.round(Double.parseDouble(matcher.group(1)) * 100) : -1;
    if (share < 0 || share > 10_000) {
      wrong(key, "is '" + text(key, "") + "'", "write a share of all, like 5% or 12.5%");
      return 0;
    }
    return share;
  }

  /** Texts of a list; one text alone is a list of one. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node entry : nodes(key)) {
      String text = scalar(entry, "an entry of '" + key + "'", "");
      if (text.contains(",")) {
        problems.add(entry, "'" + text + "' is one text", LIST);
      }
      texts.add(text);
    }
    return texts;
  }

  /** Names of a list that have to be known; any is taken where {@code known} is null. */
  Set<String> names(String key, String what, Collection<String> known) {
    Set<String> names = new LinkedHashSet<>();
    if (has(key) && nodes(key).isEmpty()) {
      wrong(key, "is empty", "name at least one " + what);
    }
    for (Node entry : nodes(key)) {
      String text = scalar(entry, "an entry of '" + key + "'", "");
      if (text.isEmpty()) {
        wrong(key, "is empty", "name at least one " + what);
      } else if (known == null || known.contains(text)) {
        names.add(text);
      } else if (text.contains(",") || areAll(text, known)) {
        problems.add(entry, "'" + text + "' is one text", LIST);
      } else {
        problems.add(
            entry, "no " + what + " is called '" + text + "'", Suggestion.among(text, known));
      }
    }
    return names;
  }

  private static boolean areAll(String text, Collection<String> known) {
    List<String> words = List.of(text.split(" +"));
    return words.size() > 1 && known.containsAll(words);
  }

  /** The one name that has to be known; null, with a note, where it is not one. */
  String name(String key, String what, Collection<String> known) {
    Set<String> names = names(key, what, known);
    if (names.size() > 1) {
      wrong(key, "names " + names.size() + " of them", "name one " + what);
    }
    return names.size() == 1 ? names.iterator().next() : null;
  }

  /** Notes each of these that is there: it would say nothing beside the other. */
  void excludes(String key, String... others) {
    for (String other : others) {
      if (has(other)) {
        problems.add(
            key(other), "'" + other + "' says nothing beside '" + key + "' in " + name, "");
      }
    }
  }

  /** Entries of a list; one entry alone is a list of one. */
  List<Node> nodes(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    return value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
  }

  /**
   * A section below this one, in which only these names mean something; null where there is none.
   */
  Section section(String key, Collection<String> allowed) {
    return has(key) ? of(problems, "'" + key + "'", values.get(key), allowed) : null;
  }

  void missing(String key, String hint) {
    if (!isSaid(key)) {
      problems.add(node, name + " has no '" + key + "'", hint);
    }
  }

  /** Whether what is not there was noted under the name that stands in its place. */
  private boolean isSaid(String... keys) {
    return !(node instanceof MappingNode) || Arrays.stream(keys).anyMatch(meant::contains);
  }

  void wrong(String key, String what, String hint) {
    problems.add(place(key), "'" + key + "' " + what, hint);
  }

  /** Notes that a value works, and was hardly meant so. */
  void doubt(String key, String what, String hint) {
    doubt(place(key), "'" + key + "' " + what, hint);
  }

  void doubt(Node at, String what, String hint) {
    problems.doubt(at, what, hint);
  }

  private String scalar(Node value, String what, String otherwise) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problems.add(value, what + " has to be one text", "");
    return otherwise;
  }
}
