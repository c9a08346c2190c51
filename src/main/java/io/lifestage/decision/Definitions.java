package io.lifestage.decision;

import io.lifestage.journey.Entry;
import io.lifestage.journey.Guards;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Status;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.Segment;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.trait.Trait;
import io.lifestage.trait.Traits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A stage model, traits, segments, journeys and guards that belong together, indexed by what
 * concerns an event. Of a journey's versions the greatest is entered; the others are there for
 * those who are in them.
 */
public final class Definitions {
  private final StageModel stages;
  private final Traits traits;
  private final Guards guards;
  private final Map<String, Segment> segments = new LinkedHashMap<>();
  private final Set<String> watchedTraits = new HashSet<>();
  private final List<Segment> segmentsOfAnyEvent = new ArrayList<>();
  private final Map<String, List<Segment>> segmentsByEventType = new HashMap<>();
  private final Map<String, Journey> byVersion = new LinkedHashMap<>();
  private final Map<String, Journey> greatest = new LinkedHashMap<>();
  private final Map<String, List<Journey>> byEventType = new HashMap<>();
  private final Map<String, List<Journey>> byAbsence = new HashMap<>();
  private final Map<String, List<Journey>> byDate = new HashMap<>();
  private final Map<String, List<Journey>> byStage = new HashMap<>();
  private final Map<String, List<Journey>> bySegment = new HashMap<>();
  private final Map<String, List<Move>> byTime = new HashMap<>();
  private final List<Journey> onArrival;

  /** Definitions without segments and guards. */
  public Definitions(StageModel stages, List<Trait> traits, List<Journey> journeys) {
    this(stages, traits, List.of(), Guards.NONE, journeys);
  }

  /**
   * All that belongs together.
   *
   * @param journeys all versions that somebody may be in
   * @throws IllegalArgumentException where two journeys of one version, two traits or two segments
   *     have one name, or something names a stage or a segment that there is not
   */
  public Definitions(
      StageModel stages,
      List<Trait> traits,
      List<Segment> segments,
      Guards guards,
      List<Journey> journeys) {
    this.stages = stages;
    this.traits = new Traits(traits);
    this.guards = guards;
    for (Segment segment : segments) {
      if (this.segments.put(segment.name(), segment) != null) {
        throw new IllegalArgumentException("two segments are called " + segment.name());
      }
      watchedTraits.addAll(segment.traits());
      segment.changedBy().forEach(type -> index(segmentsByEventType, type, segment));
      if (segment.changedBy().isEmpty()) {
        segmentsOfAnyEvent.add(segment);
      }
    }
    for (Move move : stages.moves()) {
      if (move.when() instanceof Move.Whenever whenever) {
        knownSegment(whenever.segment(), "stage model " + stages.id());
      } else if (!(move.when() instanceof Move.On)) {
        move.from().forEach(stage -> index(byTime, stage, move));
      }
    }
    for (Journey journey : journeys) {
      if (byVersion.put(journey.versioned(), journey) != null) {
        throw new IllegalArgumentException("two journeys are " + journey.versioned());
      }
      greatest.merge(journey.id(), journey, (a, b) -> a.version() > b.version() ? a : b);
    }
    for (Journey journey : greatest.values()) {
      Status status = journey.terms().status();
      // What happens in a pause ends a silence as ever: it must not seem complete after the pause.
      boolean countsOn = status == Status.PAUSED && journey.entry() instanceof Entry.OnAbsence;
      if (status == Status.ACTIVE || countsOn) {
        index(journey);
      }
    }
    this.onArrival = greatest.values().stream().filter(Journey::decidedOnArrival).toList();
  }

  /** The same with other journeys and segments: for whoever listens to what is asked. */
  public Definitions with(UnaryOperator<Journey> journeys, UnaryOperator<Segment> members) {
    return new Definitions(
        stages,
        List.copyOf(traits.byName().values()),
        segments.values().stream().map(members).toList(),
        guards,
        byVersion.values().stream().map(journeys).toList());
  }

  private void index(Journey journey) {
    Entry entry = journey.entry();
    if (entry instanceof Entry.OnEvent on) {
      on.types().forEach(type -> index(byEventType, type, journey));
    } else if (entry instanceof Entry.OnAbsence absence) {
      absence.types().forEach(type -> index(byAbsence, type, journey));
    } else if (entry instanceof Entry.OnDate date) {
      date.changedBy().forEach(type -> index(byDate, type, journey));
    } else if (entry instanceof Entry.OnStage on) {
      on.stages().forEach(stage -> index(byStage, knownStage(stage, journey), journey));
    } else if (entry instanceof Entry.OnSegment on) {
      knownSegment(on.segment(), "journey " + journey.id());
      index(bySegment, side(on.segment(), on.entering()), journey);
    }
  }

  public StageModel stages() {
    return stages;
  }

  public Traits traits() {
    return traits;
  }

  public Guards guards() {
    return guards;
  }

  /** Every segment by name. */
  public Map<String, Segment> segments() {
    return segments;
  }

  /** The greatest version of each journey, by id, whatever its status. */
  public Map<String, Journey> journeys() {
    return greatest;
  }

  /**
   * The version of a journey that a run is in, or null where it is gone, or no longer has what the
   * run waits in.
   */
  Journey journey(Instance run) {
    Journey journey = byVersion.get(run.journey() + "@" + run.version());
    boolean fits =
        journey != null
            && run.step() < journey.steps().size()
            && (run.step() != Instance.BEHIND || journey.goal() != null);
    return fits ? journey : null;
  }

  /**
   * The version of a journey that answered an event on its arrival; where it is gone the greatest,
   * or null where there is none.
   *
   * @param versioned as {@link Journey#versioned}
   */
  Journey answering(String versioned) {
    Journey journey = byVersion.get(versioned);
    return journey != null ? journey : greatest.get(Arrival.journey(versioned));
  }

  /** The greatest version of a journey, or null where there is none. */
  Journey journey(String id) {
    return greatest.get(id);
  }

  /** The traits whose sliding may change a segment. */
  Set<String> watchedTraits() {
    return watchedTraits;
  }

  /** The segments that an event of this type may change. */
  List<Segment> segmentsChangedBy(String eventType) {
    List<Segment> some = segmentsByEventType.getOrDefault(eventType, List.of());
    if (segmentsOfAnyEvent.isEmpty()) {
      return some;
    }
    List<Segment> all = new ArrayList<>(segmentsOfAnyEvent);
    all.addAll(some);
    return all;
  }

  /** The segments that anything may change, also another stage. */
  List<Segment> segmentsOfAnything() {
    return segmentsOfAnyEvent;
  }

  /** The journeys that an event of this type may start, in their order. */
  List<Journey> enteredBy(String eventType) {
    return byEventType.getOrDefault(eventType, List.of());
  }

  /** The journeys that count an absence from events of this type. */
  List<Journey> missing(String eventType) {
    return byAbsence.getOrDefault(eventType, List.of());
  }

  /** The journeys whose date an event of this type may change. */
  List<Journey> datedBy(String eventType) {
    return byDate.getOrDefault(eventType, List.of());
  }

  /** The journeys that a date starts. */
  List<Journey> dated() {
    return greatest.values().stream().filter(journey -> isDated(journey.id())).toList();
  }

  /** Whether a date starts a journey, which then has to be known of every customer. */
  boolean isDated(String journey) {
    Journey newest = greatest.get(journey);
    return newest != null
        && newest.terms().status() == Status.ACTIVE
        && newest.entry() instanceof Entry.OnDate;
  }

  /** The journeys that entering this stage may start, in their order. */
  List<Journey> enteredInto(String stage) {
    return byStage.getOrDefault(stage, List.of());
  }

  /** The journeys that coming into a segment, or leaving it, may start. */
  List<Journey> enteredBySegment(String segment, boolean entering) {
    return bySegment.getOrDefault(side(segment, entering), List.of());
  }

  /** The journeys whose answer is given when the event arrives. */
  List<Journey> onArrival() {
    return onArrival;
  }

  /** The moves that time makes from a stage: by silence, by a long stay, at a date. */
  List<Move> movedByTime(String stage) {
    return byTime.getOrDefault(stage, List.of());
  }

  private String knownStage(String stage, Journey journey) {
    if (!stages.stages().contains(stage)) {
      throw new IllegalArgumentException(
          "journey " + journey.id() + " waits for the stage " + stage + ", which is not there");
    }
    return stage;
  }

  private void knownSegment(String segment, String who) {
    if (!segments.containsKey(segment)) {
      throw new IllegalArgumentException(
          who + " waits for the segment " + segment + ", which is not there");
    }
  }

  private static String side(String segment, boolean entering) {
    return (entering ? "into " : "out of ") + segment;
  }

  private static <V> void index(Map<String, List<V>> index, String key, V value) {
    index.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }
}
