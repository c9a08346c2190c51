package io.lifestage.decision;

import io.lifestage.decision.Outcome.Disposition;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides everything about a customer in one place. A pure function: the same customer, signal,
 * definitions, catalogue and moment give the same answer, on any machine and at any time.
 *
 * <p>Events wait until time has reached them and are then decided in event-time order, each after
 * the deadlines before it. A deadline at the very moment of an event comes after the event: who
 * answers in the last millisecond answers in time.
 */
public final class Decider {
  private final Definitions definitions;
  private final Catalogue catalogue;
  private final Policy policy;

  public Decider(Definitions definitions, Catalogue catalogue, Policy policy) {
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
    decideOnArrival(decided, event, effects);
    if (event.at() > decided.decidedTo()) {
      CustomerRecord waiting = withPending(decided, inserted(decided.pending(), event));
      return new Outcome(waiting, effects, Disposition.TAKEN);
    }
    return new Outcome(corrected(decided, event, effects), effects, Disposition.CORRECTED);
  }

  /**
   * When time must call again at the latest, epoch milliseconds, or {@link Long#MAX_VALUE} for
   * never: the first event that waits, the next deadline, or the moment from which nothing can be
   * corrected any more and half of the record can go.
   */
  public long nextDeadline(CustomerRecord customer) {
    long next = Deadlines.next(customer.current(), definitions, policy);
    if (!customer.pending().isEmpty()) {
      next = Math.min(next, customer.pending().get(0).at());
    }
    if (!customer.isSettled()) {
      Duration changeable = Duration.ofMillis(policy.lateness() + 1);
      next = Math.min(next, Deadlines.after(customer.changedAt(), changeable));
    }
    return next;
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
    List<Event> due = upTo(customer.pending(), now);
    Fold fold = fold(customer.current(), due, now);
    effects.addAll(fold.effects());
    List<Event> recent = customer.recent();
    if (!due.isEmpty()) {
      recent = new ArrayList<>(recent);
      recent.addAll(due);
    }
    List<Event> pending = customer.pending().subList(due.size(), customer.pending().size());
    CustomerRecord advanced =
        new CustomerRecord(
            customer.settled(),
            customer.settledTo(),
            recent,
            fold.customer(),
            now,
            Math.max(customer.changedAt(), fold.changedAt()),
            List.copyOf(pending));
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
          customer.pending());
    }
    int surplus = customer.recent().size() - policy.atMostRecent();
    if (surplus > 0) {
      horizon = Math.max(horizon, customer.recent().get(surplus - 1).at());
    }
    if (horizon <= customer.settledTo()) {
      return customer;
    }
    List<Event> old = upTo(customer.recent(), horizon);
    Fold fold = fold(customer.settled(), old, horizon);
    return new CustomerRecord(
        fold.customer(),
        horizon,
        List.copyOf(customer.recent().subList(old.size(), customer.recent().size())),
        customer.current(),
        customer.decidedTo(),
        customer.changedAt(),
        customer.pending());
  }

  /** Puts a late event among the recent ones, decides them again, and emits what differs. */
  private CustomerRecord corrected(CustomerRecord customer, Event late, Effects effects) {
    List<Event> recent = inserted(customer.recent(), late);
    Fold before = fold(customer.settled(), customer.recent(), customer.decidedTo());
    Fold after = fold(customer.settled(), recent, customer.decidedTo());
    effects.addAll(Correction.between(before.effects(), after.effects(), customer.decidedTo()));
    return new CustomerRecord(
        customer.settled(),
        customer.settledTo(),
        recent,
        after.customer(),
        customer.decidedTo(),
        Math.max(customer.changedAt(), after.changedAt()),
        customer.pending());
  }

  /** What a stretch of events and deadlines makes of a customer. */
  private record Fold(Customer customer, Effects effects, long changedAt) {}

  private Fold fold(Customer from, List<Event> events, long to) {
    Effects effects = Effects.collecting();
    Customer customer = from;
    long changedAt = Long.MIN_VALUE;
    int next = 0;
    while (true) {
      long eventAt = next < events.size() ? events.get(next).at() : Long.MAX_VALUE;
      long deadline = Deadlines.next(customer, definitions, policy);
      if (next == events.size() && (deadline == Deadlines.NEVER || deadline > to)) {
        return new Fold(customer, effects, changedAt);
      }
      Draft draft = new Draft(customer, definitions, catalogue, policy);
      if (deadline < eventAt) {
        draft.turnToDeadline(deadline);
        Deadlines.meet(draft, customer);
        changedAt = deadline;
      } else {
        meet(draft, events.get(next++));
        changedAt = eventAt;
      }
      effects.addAll(draft.effects);
      customer = draft.finished();
    }
  }

  private void meet(Draft draft, Event event) {
    draft.turnTo(event);
    Facts.forgetTheStale(draft);
    Facts.fold(draft, event);
    draft.tallies = definitions.traits().count(draft.tallies, draft, draft.cycleSince);
    List<Transition> transitions = Stages.moveOn(draft);
    Runs.meet(draft, transitions);
  }

  /**
   * Decides the journeys that need nothing but this event. Their runs are remembered when the
   * event's turn comes; until then the events that wait are the memory.
   */
  private void decideOnArrival(CustomerRecord customer, Event event, Effects effects) {
    for (Journey journey : definitions.onArrival()) {
      if (definitions.enteredBy(event.type()).contains(journey)
          && !alreadyDecided(customer, journey, event)) {
        Draft draft = aloneWith(customer, event);
        Runs.enter(draft, journey, event.id(), event.attributes());
        effects.addAll(draft.effects);
      }
    }
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
    for (Event waiting : customer.pending()) {
      if (key.equals(waiting.get(attribute))
          && definitions.enteredBy(waiting.type()).contains(journey)
          && journey.filter().holds(aloneWith(customer, waiting))) {
        return true;
      }
    }
    return false;
  }

  /** Nothing but the event, and whom it is about. */
  private Draft aloneWith(CustomerRecord customer, Event event) {
    Customer nobody = Customer.unknown(customer.current().key());
    Draft draft = new Draft(nobody, definitions, catalogue, policy);
    draft.turnTo(event);
    return draft;
  }

  private static CustomerRecord withPending(CustomerRecord customer, List<Event> pending) {
    return new CustomerRecord(
        customer.settled(),
        customer.settledTo(),
        customer.recent(),
        customer.current(),
        customer.decidedTo(),
        customer.changedAt(),
        pending);
  }

  private static List<Event> inserted(List<Event> sorted, Event event) {
    List<Event> next = new ArrayList<>(sorted.size() + 1);
    next.addAll(sorted);
    int at = next.size();
    while (at > 0 && Event.BY_TIME.compare(next.get(at - 1), event) > 0) {
      at--;
    }
    next.add(at, event);
    return next;
  }

  private static List<Event> upTo(List<Event> sorted, long to) {
    int end = 0;
    while (end < sorted.size() && sorted.get(end).at() <= to) {
      end++;
    }
    return sorted.subList(0, end);
  }
}
