package io.lifestage.explain;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Definitions;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Signal;
import io.lifestage.decision.Timeline;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Entry;
import io.lifestage.journey.Instance;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Scope;
import io.lifestage.lifecycle.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A customer's events decided again, by the same core, to hear what a journey asks where the engine
 * writes nothing: an entry that is not met, and a filter that does not hold. Nothing of it is
 * written.
 */
final class Rehearsal {
  private final String journey;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final Map<String, Answer> members = new LinkedHashMap<>();
  private final List<Decision> decisions = new ArrayList<>();
  private CustomerRecord record;

  /**
   * What a condition said.
   *
   * @param at when it was asked
   * @param event the event that was met, or null where time asked
   * @param holds what it said
   * @param told the values that it rests on; may be empty
   */
  record Answer(Instant at, Event event, boolean holds, String told) {

    boolean isOfTheSameMoment(Answer other) {
      return at.equals(other.at) && Objects.equals(event, other.event);
    }
  }

  private Rehearsal(String journey) {
    this.journey = journey;
  }

  /**
   * Decides the events.
   *
   * @param journey the id of the journey to listen to
   * @param definitions what held when
   * @param events in event-time order, each once
   * @param until up to when time goes on behind the last
   */
  static Rehearsal of(
      String customer, String journey, Timeline definitions, List<Event> events, Instant until) {
    Rehearsal rehearsal = new Rehearsal(journey);
    rehearsal.decide(customer, definitions.each(rehearsal::listening), events, until);
    return rehearsal;
  }

  /**
   * Decides the events as though a journey had always been there and active, and its runs about
   * nothing: what it answers is when its entry was met, whatever stood against it then. Nobody
   * comes in.
   *
   * @param journey the journey; one that begins at a date is taken as it was at each moment, since
   *     what its date is made of may not have been known before
   */
  static Rehearsal asThoughActive(
      String customer, Journey journey, Timeline definitions, List<Event> events, Instant until) {
    Rehearsal rehearsal = new Rehearsal(journey.id());
    Timeline alone = definitions.each(then -> rehearsal.alone(journey, then));
    rehearsal.decide(customer, alone, events, until);
    return rehearsal;
  }

  private void decide(String customer, Timeline definitions, List<Event> events, Instant until) {
    record = CustomerRecord.unknown(customer);
    Decider decider = new Decider(definitions, Catalogue.EMPTY, Policy.DEFAULT);
    for (Event event : events) {
      take(decider, new Signal.Arrived(event), event.at() - 1);
    }
    take(decider, Signal.TimePassed.TICK, until.toEpochMilli());
  }

  /** What the journey's filter said whenever its entry was met, in this order. */
  List<Answer> answers() {
    return List.copyOf(answers.values());
  }

  /** What a segment's condition said when it was last looked at, or null. */
  Answer lastOf(String segment) {
    return members.get(segment);
  }

  /** What was decided of the journey. */
  List<Decision> decisions() {
    return decisions;
  }

  /** A run that waits for an absence to be complete, or a date to come; null where none does. */
  Instance waiting() {
    return record.current().running().values().stream()
        .filter(run -> run.journey().equals(journey) && run.step() == Instance.BEFORE)
        .findFirst()
        .orElse(null);
  }

  private void take(Decider decider, Signal signal, long now) {
    Outcome outcome = decider.decide(record, signal, Math.max(now, record.decidedTo()));
    record = outcome.customer();
    outcome.effects().decisions().stream()
        .filter(decision -> decision.journey().equals(journey))
        .forEach(decisions::add);
  }

  private Definitions listening(Definitions definitions) {
    return definitions.with(
        any -> any.id().equals(journey) ? withFilter(any) : any,
        segment ->
            new Segment(
                segment.name(),
                new Heard(segment.condition(), answer -> members.put(segment.name(), answer)),
                segment.changedBy(),
                segment.traits()));
  }

  private Definitions alone(Journey asked, Definitions then) {
    Journey one = asked.entry() instanceof Entry.OnDate ? then.journeys().get(journey) : asked;
    boolean canBeMet = one != null && canBeMet(one.entry(), then);
    return new Definitions(
        then.stages(),
        List.copyOf(then.traits().byName().values()),
        List.copyOf(then.segments().values()),
        then.guards(),
        canBeMet ? List.of(lettingNobodyIn(one)) : List.of());
  }

  /** Definitions do not take a journey that waits for what they do not have. */
  private static boolean canBeMet(Entry entry, Definitions then) {
    if (entry instanceof Entry.OnStage on) {
      return then.stages().stages().containsAll(on.stages());
    }
    return !(entry instanceof Entry.OnSegment on) || then.segments().containsKey(on.segment());
  }

  private Journey lettingNobodyIn(Journey one) {
    boolean countsByKey =
        one.entry() instanceof Entry.OnAbsence && one.key() instanceof InstanceKey.ByAttribute;
    return new Journey(
        one.id(),
        one.version(),
        Journey.Terms.MARKETING,
        one.entry(),
        new Heard(scope -> false, this::keep),
        countsByKey ? one.key() : new InstanceKey.PerCustomer(),
        one.reEntry(),
        one.steps(),
        List.of(),
        null);
  }

  private Journey withFilter(Journey one) {
    return new Journey(
        one.id(),
        one.version(),
        one.terms(),
        one.entry(),
        new Heard(one.filter(), this::keep),
        one.key(),
        one.reEntry(),
        one.steps(),
        one.exits(),
        one.goal());
  }

  /** The core may decide a stretch of time twice, and asks the same then. */
  private void keep(Answer answer) {
    String event = answer.event() == null ? "" : answer.event().id();
    answers.put(answer.at() + " " + event, answer);
  }

  private interface Listener {
    void hear(Answer answer);
  }

  /** A condition that somebody listens to. */
  private record Heard(Condition condition, Listener listener) implements Condition {
    @Override
    public boolean holds(Scope scope) {
      boolean holds = condition.holds(scope);
      Instant at = Instant.ofEpochMilli(scope.now());
      listener.hear(new Answer(at, scope.event(), holds, condition.told(scope)));
      return holds;
    }

    @Override
    public boolean readsOnlyTheEvent() {
      return condition.readsOnlyTheEvent();
    }

    @Override
    public String told(Scope scope) {
      return condition.told(scope);
    }
  }
}
