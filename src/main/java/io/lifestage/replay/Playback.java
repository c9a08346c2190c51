package io.lifestage.replay;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Effects;
import io.lifestage.decision.OfferDesk;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Signal;
import io.lifestage.lifecycle.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One customer in the hands of the engine, driven as the operator drives it: each event is decided
 * when it arrives, and time calls at every deadline, in order.
 */
final class Playback {
  private final Decider decider;
  private final OfferDesk offers;
  private final long start;
  private final List<Said> said = new ArrayList<>();
  private CustomerRecord record;
  private long now = Long.MIN_VALUE;

  private Playback(Decider decider, OfferDesk offers, String customer, long start) {
    this.decider = decider;
    this.offers = offers;
    this.record = CustomerRecord.unknown(customer);
    this.start = start;
  }

  /**
   * Everything that is said, in the order of its moments; the customer comes last.
   *
   * @param offers completes what waits for offers
   * @param start from where moments are counted, epoch milliseconds
   * @param arrivals the events in the order in which they come in
   * @param bound how far time stays behind the latest event, milliseconds
   * @param until up to when time passes at last, epoch milliseconds
   */
  static List<Said> of(
      Decider decider,
      OfferDesk offers,
      String customer,
      long start,
      List<Event> arrivals,
      long bound,
      long until) {
    Playback playback = new Playback(decider, offers, customer, start);
    long latest = Long.MIN_VALUE;
    for (Event event : arrivals) {
      latest = Math.max(latest, event.at());
      playback.passTo(latest - bound - 1);
      playback.take(new Signal.Arrived(event));
    }
    playback.passTo(until);
    playback.said.sort(Comparator.comparingLong(Said::at));
    playback.said.add(Said.of(playback.record.current(), until));
    return List.copyOf(playback.said);
  }

  private void passTo(long moment) {
    for (long next = decider.nextDeadline(record); next < moment; ) {
      if (next <= record.decidedTo()) {
        throw new IllegalStateException("the engine does not get beyond a deadline at " + next);
      }
      now = Math.max(now, next);
      take(Signal.TimePassed.TICK);
      next = decider.nextDeadline(record);
    }
    now = Math.max(now, moment);
    take(Signal.TimePassed.TICK);
  }

  private void take(Signal signal) {
    Outcome outcome = decider.decide(record, signal, now);
    record = outcome.customer();
    offers.take(outcome.effects());
    tell(outcome.effects().settled());
    tell(offers.completeTo(now));
  }

  private void tell(Effects effects) {
    effects.transitions().forEach(transition -> said.add(Said.of(transition, start)));
    effects.triggers().forEach(trigger -> said.add(Said.of(trigger, start)));
    effects.decisions().forEach(decision -> said.add(Said.of(decision, start)));
  }
}
