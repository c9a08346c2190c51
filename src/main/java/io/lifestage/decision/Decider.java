package io.lifestage.decision;

import io.lifestage.decision.Outcome.Disposition;
import io.lifestage.journey.Guards;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides everything about a customer in one place. A pure function: the same customer, signal,
 * definitions, catalogue and moment give the same answer, on any machine and at any time.
 *
 * <p>Events wait until time has reached them and are then decided in event-time order, each after
 * the deadlines before it. A deadline at the very moment of an event comes after the event: who
 * answers in the last millisecond answers in time.
 */
public final class Decider {
  private final Timeline definitions;
  private final Catalogue catalogue;
  private final Policy policy;

  /** Decides by the same definitions for all time. */
  public Decider(Definitions definitions, Catalogue catalogue, Policy policy) {
    this(Timeline.always(definitions), catalogue, policy);
  }

  /**
   * Decides.
   *
   * @param definitions by what, and when
   * @param catalogue what products there are
   * @param policy the bounds of time
   */
  public Decider(Timeline definitions, Catalogue catalogue, Policy policy) {
    this.definitions = definitions;
    this.catalogue = catalogue;
    this.policy = policy;
  }

  /**
   * The answer to a signal.
   *
   * @param customer what is stored
   * @param signal an event that came in, or time that went on
   * @param now the event time up to which all events within the disorder bound are in, epoch
   *     milliseconds; never less than at the call before
   */
  public Outcome decide(CustomerRecord customer, Signal signal, long now) {
    Effects effects = Effects.collecting();
    CustomerRecord decided = advance(customer, now, effects);
    if (!(signal instanceof Signal.Arrived arrived)) {
      return new Outcome(decided, effects, Disposition.TAKEN);
    }
    Event event = arrived.event();
    if (decided.knows(event.id())) {
      return new Outcome(decided, effects, Disposition.DUPLICATE);
    }
    if (event.at() <= decided.settledTo() || event.at() < earliest(now)) {
      return new Outcome(decided, effects, Disposition.TOO_LATE);
    }
    Arrival arrival = new Arrival(event, decideOnArrival(decided, event, effects));
    if (event.at() > decided.decidedTo()) {
      CustomerRecord waiting = withPending(decided, inserted(decided.pending(), arrival));
      return new Outcome(waiting, effects, Disposition.TAKEN);
    }
    return new Outcome(corrected(decided, arrival, effects), effects, Disposition.CORRECTED);
  }

  /**
   * When time must call again at the latest, epoch milliseconds, or {@link Long#MAX_VALUE} for
   * never: the first event that waits, the next deadline, or the moment from which nothing can be
   * corrected any more and half of the record can go.
   */
  public long nextDeadline(CustomerRecord customer) {
    long to = customer.decidedTo();
    long next = Deadlines.next(customer.current(), to, source(to));
    next = Math.min(next, nextChange(customer));
    if (!customer.pending().isEmpty()) {
      next = Math.min(next, customer.pending().get(0).at());
    }
    if (!customer.isSettled()) {
      Duration changeable = Duration.ofMillis(policy.lateness() + 1);
      next = Math.min(next, Deadlines.after(customer.changedAt(), changeable));
    }
    return next;
  }

  /**
   * When another version of the definitions does something to a customer, such as to end a run or
   * to let it wait less long: epoch milliseconds, or {@link Long#MAX_VALUE} for never. Time has to
   * call then, also where no deadline was set for it when the customer was last decided.
   */
  public long nextChange(CustomerRecord customer) {
    return definitions.changeFor(customer.current(), customer.decidedTo());
  }

  /** The earliest event time that may still be corrected; before time has begun, every one. */
  private long earliest(long now) {
    return now < Long.MIN_VALUE + policy.lateness() + 1
        ? Long.MIN_VALUE + 1
        : now - policy.lateness();
  }

  private CustomerRecord advance(CustomerRecord customer, long now, Effects effects) {
    if (now <= customer.decidedTo()) {
      return customer;
    }
    List<Arrival> due = upTo(customer.pending(), now);
    Fold fold = fold(customer.current(), customer.decidedTo(), due, now, customer.aftermath());
    effects.addAll(fold.effects());
    List<Arrival> recent = customer.recent();
    if (!due.isEmpty()) {
      recent = new ArrayList<>(recent);
      recent.addAll(due);
    }
    List<Arrival> pending = customer.pending().subList(due.size(), customer.pending().size());
    CustomerRecord advanced =
        new CustomerRecord(
            customer.settled(),
            customer.settledTo(),
            recent,
            fold.customer(),
            now,
            Math.max(customer.changedAt(), fold.changedAt()),
            List.copyOf(pending),
            customer.aftermath());
    return settled(advanced, now);
  }

  /** Lets go of what no late event can change any more. */
  private CustomerRecord settled(CustomerRecord customer, long now) {
    long horizon = earliest(now) - 1;
    if (customer.changedAt() <= horizon) {
      return new CustomerRecord(
          customer.current(),
          horizon,
          List.of(),
          customer.current(),
          customer.decidedTo(),
          customer.changedAt(),
          customer.pending(),
          customer.aftermath().after(customer.current(), horizon, memory(now)));
    }
    int surplus = customer.recent().size() - policy.atMostRecent();
    if (surplus > 0) {
      horizon = Math.max(horizon, customer.recent().get(surplus - 1).at());
    }
    if (horizon <= customer.settledTo()) {
      return customer;
    }
    List<Arrival> old = upTo(customer.recent(), horizon);
    Fold fold = fold(customer.settled(), customer.settledTo(), old, horizon, customer.aftermath());
    return new CustomerRecord(
        fold.customer(),
        horizon,
        List.copyOf(customer.recent().subList(old.size(), customer.recent().size())),
        customer.current(),
        customer.decidedTo(),
        customer.changedAt(),
        customer.pending(),
        customer.aftermath().after(fold.customer(), horizon, memory(now)));
  }

  /** How far back caps count, milliseconds. */
  private long memory(long now) {
    return definitions.at(now).guards().memory().toMillis();
  }

  /**
   * Puts a late event among the recent ones, decides them again, and emits what differs. What went
   * out stands where its own reason does, though a cap or a choice would now be against it; what
   * would newly go out is withheld for good where they are against it beside what did.
   */
  private CustomerRecord corrected(CustomerRecord customer, Arrival late, Effects effects) {
    List<Arrival> recent = inserted(customer.recent(), late);
    long from = customer.settledTo();
    long to = customer.decidedTo();
    Aftermath aftermath = customer.aftermath();
    Fold before = fold(customer.settled(), from, customer.recent(), to, aftermath);
    Aftermath known =
        aftermath
            .withholding(before.effects().decisions())
            .goneOut(before.effects().triggers(), to);
    Aftermath left = aftermath;
    Fold after = fold(customer.settled(), from, recent, to, known);
    // Withholding one may let another come.
    for (Map<String, String> refused = refused(before, after, aftermath);
        !refused.isEmpty();
        refused = refused(before, after, aftermath)) {
      known = known.withholding(after.effects().triggers(), refused);
      left = left.withholding(after.effects().triggers(), refused);
      after = fold(customer.settled(), from, recent, to, known);
    }
    Correction correction =
        new Correction(before.effects(), after.effects(), late.event().cause(), to);
    effects.addAll(correction.effects());
    return new CustomerRecord(
        customer.settled(),
        customer.settledTo(),
        recent,
        after.customer(),
        to,
        Math.max(customer.changedAt(), after.changedAt()),
        customer.pending(),
        left.withholding(correction.undone())
            .standing(after.effects().decisions(), to)
            .takingBack(correction.takenBack(), to)
            .spending(before.customer().sent(), after.customer().sent(), from, to));
  }

  /**
   * Why what a late event would newly send may not go out beside what did, by the triggers' ids.
   * What went out counts however it is told by now, also where it lies later.
   */
  private Map<String, String> refused(Fold before, Fold after, Aftermath aftermath) {
    Set<String> said =
        before.effects().triggers().stream().map(Trigger::id).collect(Collectors.toSet());
    Set<String> now =
        after.effects().triggers().stream().map(Trigger::id).collect(Collectors.toSet());
    GoneOut goneOut = new GoneOut(aftermath.spent(), before.customer().sent());
    Map<String, String> refused = new HashMap<>();
    for (Sent sent : after.customer().sent()) {
      if (now.contains(sent.trigger()) && !said.contains(sent.trigger())) {
        Guards guards = definitions.at(sent.at()).guards();
        LocalTimes times = LocalTimes.of(after.customer().attributes(), guards.zone());
        String reason = goneOut.refusal(sent, guards, times);
        if (reason == null) {
          goneOut.add(sent);
        } else {
          refused.put(sent.trigger(), reason);
        }
      }
    }
    return refused;
  }

  /** What a stretch of events and deadlines makes of a customer. */
  private record Fold(Customer customer, Effects effects, long changedAt) {}

  /**
   * Decides a stretch of time: what happened and what was due, in its order. A new version of the
   * definitions comes before all else of its moment.
   */
  private Fold fold(Customer start, long from, List<Arrival> events, long to, Aftermath aftermath) {
    Effects effects = Effects.collecting();
    Customer customer = start;
    long clock = from;
    long changedAt = Long.MIN_VALUE;
    int next = 0;
    while (true) {
      long eventAt = next < events.size() ? events.get(next).at() : Long.MAX_VALUE;
      long deadline = Deadlines.next(customer, clock, source(clock));
      long change = definitions.changeFor(customer, clock);
      boolean over = next == events.size() && (deadline == Deadlines.NEVER || deadline > to);
      if (over && (change == Timeline.NEVER || change > to)) {
        return new Fold(customer, effects, changedAt);
      }
      long moment = Math.min(change, Math.min(deadline, eventAt));
      Draft draft = new Draft(customer, source(moment, aftermath));
      if (change == moment) {
        turnTo(change, draft);
        Customer changed = draft.finished();
        if (draft.effects.isEmpty() && changed.equals(customer)) {
          clock = moment;
          continue;
        }
      } else if (deadline < eventAt) {
        draft.turnToDeadline(moment);
        Deadlines.meet(draft, customer, clock);
      } else {
        meet(draft, events.get(next++));
      }
      clock = moment;
      changedAt = moment;
      effects.addAll(draft.effects);
      customer = draft.finished();
    }
  }

  /** Turns to the definitions that hold from a moment of change on. */
  private void turnTo(long change, Draft draft) {
    draft.turnToDeadline(change);
    boolean journeysAlone = definitions.isOfJourneysAlone(change);
    if (!journeysAlone) {
      Segments.takeOver(draft);
    }
    Versions.takeOver(draft, definitions.before(change));
    if (journeysAlone) {
      // A window may slide at this very moment, and what it does is not the change's doing.
      Deadlines.slide(draft, change);
    }
  }

  private void meet(Draft draft, Arrival arrival) {
    Event event = arrival.event();
    if (EventType.isMade(event.type()) && draft.firstSeenAt == 0) {
      // Who is no customer does not become one by what happens to a product.
      return;
    }
    draft.turnTo(event);
    Facts.forgetTheStale(draft);
    Facts.fold(draft, event);
    draft.tallies = draft.definitions.traits().count(draft.tallies, draft, draft.cycleSince);
    List<Segments.Change> changes = new ArrayList<>(segmentsChanged(draft));
    List<Transition> transitions = Stages.moveOn(draft, event.cause());
    if (!transitions.isEmpty()) {
      changes.addAll(Segments.afterStages(draft));
    }
    Runs.meet(draft, arrival);
    Runs.followSegments(draft, changes, event.cause());
    Runs.followStages(draft, transitions, event.cause());
  }

  /** An event may come at the very moment at which a window slides. */
  private static List<Segments.Change> segmentsChanged(Draft draft) {
    Set<String> watched = draft.definitions.watchedTraits();
    boolean slides =
        !watched.isEmpty()
            && draft.definitions.traits().leavingAt(draft.tallies, watched, draft.now()) != null;
    return slides ? Segments.afterTime(draft) : Segments.afterEvent(draft);
  }

  private Draft.Source source(long moment) {
    return source(moment, Aftermath.NONE);
  }

  private Draft.Source source(long moment, Aftermath aftermath) {
    return new Draft.Source(definitions.at(moment), catalogue, policy, aftermath);
  }

  /**
   * Decides the journeys that need nothing but this event, and says in which versions. Their runs
   * are remembered when the event's turn comes; until then the events that wait are the memory.
   */
  private List<String> decideOnArrival(CustomerRecord customer, Event event, Effects effects) {
    Definitions present = definitions.at(event.at());
    List<String> answered = new ArrayList<>();
    for (Journey journey : present.onArrival()) {
      if (present.enteredBy(event.type()).contains(journey)) {
        answered.add(journey.versioned());
        if (!alreadyDecided(customer, journey, event)) {
          Draft draft = aloneWith(customer, event);
          Entrance.enter(draft, journey, event.cause(), event.attributes());
          effects.addAll(draft.effects);
        }
      }
    }
    return List.copyOf(answered);
  }

  private boolean alreadyDecided(CustomerRecord customer, Journey journey, Event event) {
    String attribute = ((InstanceKey.ByAttribute) journey.key()).attribute();
    String key = event.get(attribute);
    if (key == null || !(journey.reEntry() instanceof ReEntry.Once)) {
      return key == null;
    }
    if (customer.current().entered().containsKey(Customer.run(journey.id(), key))) {
      return true;
    }
    for (Arrival waiting : customer.pending()) {
      for (String answered : waiting.answered()) {
        if (Arrival.journey(answered).equals(journey.id())
            && letIn(
                customer, waiting.event(), definitions.at(waiting.at()).answering(answered), key)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether an event started a run of a key when it came in. */
  private boolean letIn(CustomerRecord customer, Event event, Journey journey, String key) {
    return journey != null
        && journey.key() instanceof InstanceKey.ByAttribute by
        && key.equals(event.get(by.attribute()))
        && journey.filter().holds(aloneWith(customer, event));
  }

  /** Nothing but the event, and whom it is about. */
  private Draft aloneWith(CustomerRecord customer, Event event) {
    Customer nobody = Customer.unknown(customer.current().key());
    Draft draft = new Draft(nobody, source(event.at()));
    draft.turnTo(event);
    return draft;
  }

  private static CustomerRecord withPending(CustomerRecord customer, List<Arrival> pending) {
    return new CustomerRecord(
        customer.settled(),
        customer.settledTo(),
        customer.recent(),
        customer.current(),
        customer.decidedTo(),
        customer.changedAt(),
        pending,
        customer.aftermath());
  }

  private static List<Arrival> inserted(List<Arrival> sorted, Arrival arrival) {
    List<Arrival> next = new ArrayList<>(sorted.size() + 1);
    next.addAll(sorted);
    int at = next.size();
    while (at > 0 && Arrival.BY_TIME.compare(next.get(at - 1), arrival) > 0) {
      at--;
    }
    next.add(at, arrival);
    return next;
  }

  private static List<Arrival> upTo(List<Arrival> sorted, long to) {
    int end = 0;
    while (end < sorted.size() && sorted.get(end).at() <= to) {
      end++;
    }
    return sorted.subList(0, end);
  }
}
