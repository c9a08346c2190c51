package io.lifestage.definition;

import io.lifestage.decision.Definitions;
import io.lifestage.journey.Guards;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Status;
import io.lifestage.lifecycle.Segment;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.trait.Trait;
import io.lifestage.trait.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Definitions that belong together, compiled: one stage model, traits, at most one set of guards,
 * and journeys. Every mistake in every file is found at once.
 */
public final class Library {
  private final Frame frame;
  private final Map<Source, Journey> journeys;
  private final List<Problem> doubts;

  private Library(Frame frame, Map<Source, Journey> journeys, List<Problem> doubts) {
    this.frame = frame;
    this.journeys = journeys;
    this.doubts = doubts;
  }

  /** All but the journeys: what they are compiled against. */
  private record Frame(
      List<Source> sources,
      Variables variables,
      StageModel stages,
      List<Trait> traits,
      List<Segment> segments,
      Guards guards) {}

  /**
   * Compiles.
   *
   * @param sources the definitions, and of journeys also earlier versions that somebody may be in
   * @throws DefinitionException with every mistake, if there is any
   */
  public static Definitions compile(Collection<Source> sources) {
    return of(sources).definitions();
  }

  /**
   * Compiles, and remembers what was compiled from what.
   *
   * @throws DefinitionException with every mistake, if there is any
   */
  public static Library of(Collection<Source> sources) {
    return compiled(sources, null);
  }

  /**
   * Compiles other sources, and the journeys that are among these already not again. Anything but a
   * journey may change what every journey means, and has all compiled anew.
   *
   * @throws DefinitionException with every mistake, if there is any
   */
  Library followedBy(Collection<Source> sources) {
    return compiled(sources, this);
  }

  private static Library compiled(Collection<Source> sources, Library before) {
    Map<Source, Document> documents = new LinkedHashMap<>();
    for (Source source : sources) {
      if (before == null || !before.journeys.containsKey(source)) {
        documents.put(source, Document.read(source));
      }
    }
    List<Source> others =
        documents.values().stream()
            .filter(document -> document.kind() != Kind.JOURNEY)
            .map(Document::source)
            .toList();
    if (before != null && !before.frame.sources.equals(others)) {
      return of(sources);
    }
    Frame frame = before == null ? frame(documents.values(), others) : before.frame;
    Map<Source, Journey> journeys = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Source source : sources) {
      Document document = documents.get(source);
      if (document == null) {
        journeys.put(source, before.journeys.get(source));
        names.add(before.journeys.get(source).versioned());
      } else if (document.kind() == Kind.JOURNEY) {
        journeys.put(source, journey(document, frame, names));
      }
    }
    List<Problem> problems =
        documents.values().stream().flatMap(d -> d.problems().inOrder().stream()).toList();
    if (!problems.isEmpty()) {
      throw new DefinitionException(problems);
    }
    if (before == null) {
      SharedWords.review(documents.values());
    }
    return new Library(
        frame,
        journeys,
        documents.values().stream().flatMap(d -> d.problems().doubts().stream()).toList());
  }

  private static Journey journey(Document document, Frame frame, Set<String> names) {
    JourneyReader reader = new JourneyReader(document, frame.variables, frame.guards.arbitration());
    if (!names.add(document.id() + "@" + version(document))) {
      document
          .problems()
          .add(
              document.node(),
              "two journeys are called '" + document.id() + "'",
              "another file has the same name and version");
    }
    return reader.read();
  }

  /** What works, and was hardly meant so. */
  public List<Problem> doubts() {
    return doubts;
  }

  /** The attributes that traits declare, by name. */
  Map<String, ValueType> attributes() {
    return frame.variables.typesOfAttributes();
  }

  /** What was compiled. */
  public Definitions definitions() {
    return new Definitions(
        frame.stages, frame.traits, frame.segments, frame.guards, List.copyOf(journeys.values()));
  }

  /** What a definition is and is called, whatever else is wrong with it. */
  public static Title title(Source source) {
    Document document = Document.read(source);
    if (document.kind() == null || !document.problems().isEmpty()) {
      throw new DefinitionException(document.problems().inOrder());
    }
    Section root = Section.open(Problems.unheard(), "", document.node());
    boolean archived = root.texts("status").contains(Status.ARCHIVED.word());
    return new Title(document.kind(), document.id(), version(document), archived);
  }

  /**
   * What a definition is called.
   *
   * @param kind what it defines
   * @param id its name within the kind
   * @param version its version
   * @param archived whether it is a journey that is over
   */
  public record Title(Kind kind, String id, int version, boolean archived) {
    /** The name under which its versions follow each other. */
    public String name() {
      return Releases.name(kind.word(), id);
    }
  }

  private static Frame frame(Collection<Document> documents, List<Source> sources) {
    Variables variables = new Variables();
    List<Trait> traits = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    List<Document> models = of(Kind.STAGE_MODEL, documents);
    requireOneModel(models, documents);
    if (models.size() == 1) {
      variables.declareStages(
          StageModelReader.namesOfStages(
              Section.open(Problems.unheard(), "", models.get(0).node())));
    }
    if (documents.stream().anyMatch(document -> document.kind() == null)) {
      variables.declareUnread();
    }
    for (Document document : of(Kind.TRAITS, documents)) {
      TraitsReader reader = new TraitsReader(document, variables);
      reader.read();
      traits.addAll(reader.traits());
      segments.addAll(reader.segments());
    }
    StageModel stages = null;
    if (models.size() == 1) {
      StageModelReader reader = new StageModelReader(models.get(0), variables);
      stages = reader.read();
      segments.addAll(reader.segments());
    }
    Guards guards = Guards.NONE;
    for (Document document : of(Kind.GUARDS, documents)) {
      guards = new GuardsReader(document, variables).read();
    }
    requireOneOfAName(of(Kind.GUARDS, documents), 1);
    return new Frame(sources, variables, stages, traits, segments, guards);
  }

  private static int version(Document document) {
    return document.version(Section.open(Problems.unheard(), "", document.node()));
  }

  private static List<Document> of(Kind kind, Collection<Document> documents) {
    return documents.stream().filter(d -> d.kind() == kind).toList();
  }

  private static void requireOneModel(List<Document> models, Collection<Document> documents) {
    boolean allRead = documents.stream().allMatch(document -> document.kind() != null);
    if (models.isEmpty() && !documents.isEmpty() && allRead) {
      Document first = documents.iterator().next();
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
}
