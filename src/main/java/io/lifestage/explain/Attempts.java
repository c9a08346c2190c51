package io.lifestage.explain;

import io.lifestage.decision.Timeline;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Entry;
import io.lifestage.journey.Instance;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Status;
import io.lifestage.lifecycle.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What could have begun a run of a journey, and why it did not: from the customer's events as the
 * topics still have them, under the definitions that held. The engine writes nothing of an entry
 * that is not met, so this is decided again, and may differ where events are gone from the topics,
 * came too late, or the job runs with another pack.
 */
public final class Attempts {
  /** So many are told, the latest. */
  static final int TOLD = 20;

  private static final Set<Decision.Outcome> BEGINNINGS =
      Set.of(Decision.Outcome.ENTERED, Decision.Outcome.SUPPRESSED);

  private final Journey journey;
  private final Timeline definitions;
  private final List<Event> events;
  private final Instant until;
  private final String customer;
  private final Rehearsal rehearsal;

  private final List<Attempt> attempts = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();

  /**
   * Something that could have begun a run.
   *
   * @param at when
   * @param event the event, or null where time could have
   * @param verdict what came of it, as a word
   * @param values what its condition read; may be empty
   * @param sentence the same for people
   */
  private record Attempt(Instant at, Event event, String verdict, String values, String sentence) {

    Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("at", at.toString());
      map.put("event", event == null ? null : Places.asMap(event.cause()));
      map.put("event_type", event == null ? null : event.type());
      map.put("verdict", verdict);
      map.put("values", values);
      map.put("sentence", sentence);
      return map;
    }
  }

  private Attempts(
      Journey journey,
      Timeline definitions,
      List<Event> events,
      Instant until,
      String customer,
      Rehearsal rehearsal) {
    this.journey = journey;
    this.definitions = definitions;
    this.events = events;
    this.until = until;
    this.customer = customer;
    this.rehearsal = rehearsal;
  }

  /**
   * Looks for them.
   *
   * @param question whose, and of which journey, which the definitions have at the moment
   * @param definitions what held when
   * @param read the customer's events as they were read, in whatever order
   * @param until up to when time goes on
   */
  public static Attempts of(
      Question question, Timeline definitions, List<Event> read, Instant until) {
    Map<String, Event> once = new LinkedHashMap<>();
    read.stream()
        .filter(event -> event.at() <= until.toEpochMilli())
        .sorted(Event.BY_TIME)
        .forEach(event -> once.putIfAbsent(event.id(), event));
    List<Event> events = List.copyOf(once.values());
    Journey journey = definitions.at(until.toEpochMilli()).journeys().get(question.journey());
    if (journey == null) {
      journey = definitions.latest().journeys().get(question.journey());
    }
    String customer = question.customer();
    Attempts attempts =
        new Attempts(
            journey,
            definitions,
            events,
            until,
            customer,
            Rehearsal.of(customer, question.journey(), definitions, events, until));
    attempts.tell();
    return attempts;
  }

  /** Whether a run began when the events were decided again. */
  boolean led() {
    return rehearsal.decisions().stream()
        .anyMatch(decision -> decision.outcome() == Decision.Outcome.ENTERED);
  }

  /** In plain words. */
  List<String> sentences() {
    return sentences;
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("journey_version", journey.version());
    map.put("status", journey.terms().status().name().toLowerCase(Locale.ROOT));
    map.put("events_read", events.size());
    map.put("from", events.isEmpty() ? null : Instant.ofEpochMilli(first().at()).toString());
    map.put("until", until.toString());
    map.put("attempts", attempts.stream().map(Attempt::asMap).toList());
    map.put("sentences", sentences);
    return map;
  }

  private Event first() {
    return events.get(0);
  }

  private void tell() {
    if (events.isEmpty()) {
      sentences.add(
          "The topics hold no event of the customer up to %s, or its key is not the customer's id."
              .formatted(until));
    } else {
      sentences.add(
          ("Decided again: %d of the customer's events, from %s on, up to %s. What is no longer in the"
                  + " topics, or came too late for the engine, may have made a difference.")
              .formatted(events.size(), Instant.ofEpochMilli(first().at()), until));
    }
    status();
    if (journey.entry() instanceof Entry.OnEvent on) {
      events.stream().filter(event -> on.types().contains(event.type())).forEach(this::attempt);
    } else {
      met().forEach(this::attempt);
    }
    if (rehearsal.waiting() != null) {
      waits(rehearsal.waiting());
    } else if (attempts.isEmpty()) {
      neverMet(journey.entry());
    }
    int surplus = attempts.size() - TOLD;
    if (surplus > 0) {
      sentences.add("%d earlier ones are left out.".formatted(surplus));
    }
    attempts.stream().skip(Math.max(0, surplus)).forEach(one -> sentences.add(one.sentence()));
  }

  private void status() {
    Status status = journey.terms().status();
    if (status != Status.ACTIVE) {
      sentences.add(
          "%s is %s, and takes nobody in."
              .formatted(journey.versioned(), status.name().toLowerCase(Locale.ROOT)));
    }
  }

  // --- What was met ----------------------------------------------------------------------------

  /**
   * Why an entry was not asked for.
   *
   * @param verdict as a word
   * @param told for people
   */
  private record Hindrance(String verdict, String told) {}

  /** What stood against an entry at a moment, or against counting from it; null for nothing. */
  private Hindrance hindrance(long at, Event event) {
    Journey then = definitions.at(at).journeys().get(journey.id());
    if (then == null) {
      return new Hindrance("not_there", "the journey was not there yet");
    }
    if (then.terms().status() != Status.ACTIVE) {
      String status = then.terms().status().name().toLowerCase(Locale.ROOT);
      return new Hindrance(status, "the journey was " + status);
    }
    if (event != null
        && then.key() instanceof InstanceKey.ByAttribute by
        && event.get(by.attribute()) == null) {
      return new Hindrance(
          "no_key", "it names no " + by.attribute() + ", which every run is about");
    }
    return null;
  }

  private void attempt(Event event) {
    Instant at = Instant.ofEpochMilli(event.at());
    Hindrance hindrance = hindrance(event.at(), event);
    if (hindrance != null) {
      add(at, event, hindrance.verdict(), "", hindrance.told());
    } else {
      Rehearsal.Answer said =
          rehearsal.answers().stream()
              .filter(answer -> event.equals(answer.event()))
              .findFirst()
              .orElse(null);
      attempt(at, event, said);
    }
  }

  /** Whenever its entry was met: where it was asked, what its filter said. */
  private List<Rehearsal.Answer> met() {
    List<Rehearsal.Answer> met = new ArrayList<>(rehearsal.answers());
    Rehearsal.asThoughActive(customer, journey, definitions, events, until).answers().stream()
        .filter(one -> rehearsal.answers().stream().noneMatch(one::isOfTheSameMoment))
        .forEach(met::add);
    met.sort(Comparator.comparing(Rehearsal.Answer::at));
    return met;
  }

  private void attempt(Rehearsal.Answer met) {
    if (rehearsal.answers().contains(met)) {
      attempt(met.at(), met.event(), met);
    } else {
      Hindrance hindrance = hindrance(met);
      String told = "its entry was met, but " + hindrance.told();
      add(met.at(), met.event(), hindrance.verdict(), "", told);
    }
  }

  /** What stood against an entry that was met and not asked. */
  private Hindrance hindrance(Rehearsal.Answer met) {
    long at = met.at().toEpochMilli();
    Hindrance then = hindrance(at, met.event());
    if (then != null) {
      return then;
    }
    Hindrance other = otherVersion(at);
    if (other != null) {
      return other;
    }
    if (journey.entry() instanceof Entry.OnAbsence absence) {
      Event since = last(absence.types(), at - absence.silence().toMillis());
      Hindrance before = since == null ? null : hindranceOfCounting(absence, since);
      if (before != null) {
        return new Hindrance(
            before.verdict(), "it counts from %s, when %s".formatted(told(since), before.told()));
      }
    } else if (journey.key() instanceof InstanceKey.ByAttribute by) {
      return new Hindrance("no_key", "no event met it that names a " + by.attribute());
    }
    return journey.key() instanceof InstanceKey.PerCycle
        ? new Hindrance("other_cycle", "the customer's cycle in which it began to count was over")
        : new Hindrance("not_asked", "what counted had ended with another version");
  }

  /** What stood against counting an absence from an event: a pause does not. */
  private Hindrance hindranceOfCounting(Entry.OnAbsence absence, Event since) {
    Hindrance then = hindrance(since.at(), since);
    if (then != null) {
      return then.verdict().equals("paused") ? null : then;
    }
    Entry before = definitions.at(since.at()).journeys().get(journey.id()).entry();
    boolean alike =
        before instanceof Entry.OnAbsence other && other.types().equals(absence.types());
    return alike ? null : otherVersion(since.at());
  }

  /** Whether the version that held then begins with something else. */
  private Hindrance otherVersion(long at) {
    Journey then = definitions.at(at).journeys().get(journey.id());
    boolean bothDated =
        then.entry() instanceof Entry.OnDate && journey.entry() instanceof Entry.OnDate;
    return bothDated || then.entry().equals(journey.entry())
        ? null
        : new Hindrance(
            "not_asked", "version %d held, which begins otherwise".formatted(then.version()));
  }

  /** The last event of some types up to a moment, or null. */
  private Event last(Set<String> types, long moment) {
    return events.stream()
        .filter(event -> types.contains(event.type()) && event.at() <= moment)
        .reduce(null, (any, later) -> later);
  }

  private static String told(Event event) {
    return "%s at %s".formatted(Places.told(event.cause()), Instant.ofEpochMilli(event.at()));
  }

  private void attempt(Instant at, Event event, Rehearsal.Answer said) {
    if (said == null) {
      add(at, event, "not_asked", "", "it did not start this version of the journey");
    } else if (!said.holds()) {
      add(at, event, "condition_failed", said.told(), "its condition did not hold");
    } else {
      String decided =
          rehearsal.decisions().stream()
              .filter(decision -> decision.at() == at.toEpochMilli())
              .filter(decision -> BEGINNINGS.contains(decision.outcome()))
              .filter(decision -> decision.step() == null)
              .map(Attempts::told)
              .distinct()
              .collect(Collectors.joining(", "));
      String came =
          decided.isEmpty()
              ? "its condition held, and a run that was under way let no other begin"
              : "its condition held, and what follows is: " + decided;
      add(at, event, "condition_held", said.told(), came);
    }
  }

  private static String told(Decision decision) {
    return "%s (%s)"
        .formatted(decision.outcome().name().toLowerCase(Locale.ROOT), decision.reason());
  }

  private void add(Instant at, Event event, String verdict, String values, String what) {
    String subject =
        event == null ? "" : " at %s %s".formatted(event.type(), Places.told(event.cause()));
    String told = values.isEmpty() ? "" : ": " + values;
    String sentence = "%s%s: %s%s.".formatted(at, subject, what, told);
    attempts.add(new Attempt(at, event, verdict, values, sentence));
  }

  // --- What never came -------------------------------------------------------------------------

  private void waits(Instance run) {
    sentences.add(
        "It waits to begin: it counts from %s at %s, and its entry is met at %s at the earliest."
            .formatted(
                Places.told(run.cause()),
                Instant.ofEpochMilli(run.enteredAt()),
                Instant.ofEpochMilli(run.wakeAt())));
  }

  private void neverMet(Entry entry) {
    if (entry instanceof Entry.OnEvent on) {
      sentences.add("It begins with %s, and none of that came.".formatted(listed(on.types())));
    } else if (entry instanceof Entry.OnAbsence absence) {
      sentences.add(
          "It begins where %s has been missing for %s, and %s."
              .formatted(listed(absence.types()), Spans.told(absence.silence()), missing(absence)));
    } else if (entry instanceof Entry.OnStage on) {
      sentences.add(
          "It begins as the customer comes into %s, and they did not."
              .formatted(listed(on.stages())));
    } else if (entry instanceof Entry.OnSegment on) {
      Rehearsal.Answer last = rehearsal.lastOf(on.segment());
      sentences.add(
          "It begins as the customer %s the segment '%s', and they did not%s."
              .formatted(
                  on.entering() ? "comes into" : "leaves",
                  on.segment(),
                  last == null
                      ? ""
                      : "; at %s it %s%s"
                          .formatted(
                              last.at(),
                              last.holds() ? "held of them" : "did not hold of them",
                              last.told().isEmpty() ? "" : ": " + last.told())));
    } else {
      sentences.add(
          "It begins at a date of the customer's that is not known, had passed when it became known,"
              + " or is not one.");
    }
  }

  /** Why an absence is neither complete nor waited for, by the last event that it counts from. */
  private String missing(Entry.OnAbsence absence) {
    Event last = last(absence.types(), until.toEpochMilli());
    if (last == null) {
      return "none of that ever came";
    }
    Hindrance hindrance = hindranceOfCounting(absence, last);
    return hindrance == null
        ? "what counted from %s has ended with another version".formatted(told(last))
        : "nothing counts from %s: %s".formatted(told(last), hindrance.told());
  }

  private static String listed(Set<String> names) {
    return String.join(" or ", new TreeSet<>(names));
  }
}
