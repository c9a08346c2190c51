package io.lifestage.definition;

import io.lifestage.decision.Definitions;
import io.lifestage.journey.Guards;
import io.lifestage.journey.Journey;
import io.lifestage.lifecycle.Segment;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.trait.Trait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Compiles definitions that belong together: one stage model, traits, at most one set of guards,
 * and journeys. Every mistake in every file is found at once.
 */
public final class Library {
  private final Variables variables = new Variables();
  private final List<Document> documents = new ArrayList<>();
  private final List<Trait> traits = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();
  private final List<Journey> journeys = new ArrayList<>();
  private StageModel stages;
  private Guards guards = Guards.NONE;

  private Library() {}

  /**
   * Compiles.
   *
   * @param sources the definitions, and of journeys also earlier versions that somebody may be in
   * @throws DefinitionException with every mistake, if there is any
   */
  public static Definitions compile(Collection<Source> sources) {
    Library library = new Library();
    sources.forEach(source -> library.documents.add(Document.read(source)));
    library.read();
    List<Problem> problems =
        library.documents.stream().flatMap(d -> d.problems().inOrder().stream()).toList();
    if (!problems.isEmpty()) {
      throw new DefinitionException(problems);
    }
    return library.definitions();
  }

  /** What a definition is and is called, whatever else is wrong with it. */
  public static Title title(Source source) {
    Document document = Document.read(source);
    if (document.kind() == null || !document.problems().isEmpty()) {
      throw new DefinitionException(document.problems().inOrder());
    }
    int version = document.version(Section.open(document.problems(), "", document.node()));
    return new Title(document.kind(), document.id(), version);
  }

  /**
   * What a definition is called.
   *
   * @param kind what it defines
   * @param id its name within the kind
   * @param version its version
   */
  public record Title(Kind kind, String id, int version) {
    /** The key of its record. */
    public String key() {
      return id + "@" + version;
    }
  }

  private void read() {
    List<Document> models = of(Kind.STAGE_MODEL);
    requireOneModel(models);
    for (Document document : of(Kind.TRAITS)) {
      TraitsReader reader = new TraitsReader(document, variables);
      reader.read();
      traits.addAll(reader.traits());
      segments.addAll(reader.segments());
    }
    Set<String> stageNames = new LinkedHashSet<>();
    if (models.size() == 1) {
      StageModelReader reader = new StageModelReader(models.get(0), variables);
      stages = reader.read(segmentNames());
      segments.addAll(reader.segments());
      stageNames.addAll(Section.open(new Problems(""), "", models.get(0).node()).texts("stages"));
    }
    for (Document document : of(Kind.GUARDS)) {
      guards = new GuardsReader(document, variables).read();
    }
    requireOneOfAName(of(Kind.GUARDS), 1);
    Map<String, Node> seen = new HashMap<>();
    for (Document document : of(Kind.JOURNEY)) {
      Journey journey = new JourneyReader(document, variables, stageNames, segmentNames()).read();
      String name = document.id() + "@" + version(document);
      if (seen.put(name, document.node()) != null) {
        document
            .problems()
            .add(
                document.node(),
                "two journeys are called '" + document.id() + "'",
                "another file has the same name and version");
      }
      if (journey != null) {
        journeys.add(journey);
      }
    }
  }

  private static int version(Document document) {
    return document.version(Section.open(new Problems(""), "", document.node()));
  }

  private List<Document> of(Kind kind) {
    return documents.stream().filter(d -> d.kind() == kind).toList();
  }

  private void requireOneModel(List<Document> models) {
    if (models.isEmpty() && !documents.isEmpty()) {
      Document first = documents.get(0);
      first
          .problems()
          .add(
              1,
              1,
              "there is no stage model beside it",
              "add a file that begins with 'stage-model:'");
    }
    requireOneOfAName(models, 1);
  }

  private static void requireOneOfAName(List<Document> documents, int most) {
    for (int i = most; i < documents.size(); i++) {
      Document document = documents.get(i);
      String other = documents.get(0).source().file();
      document
          .problems()
          .add(
              document.node(),
              "there is a second " + document.kind().word() + " beside " + other,
              "a customer has one");
    }
  }

  private Set<String> segmentNames() {
    Set<String> names = new HashSet<>();
    segments.forEach(segment -> names.add(segment.name()));
    return names;
  }

  private Definitions definitions() {
    return new Definitions(stages, traits, segments, guards, journeys);
  }
}
