package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Move;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.time.Duration;
import java.util.List;

/**
 * What happens because nothing happens: a stage that silence or a long stay ends, a cart left
 * behind, a run whose waiting is over. Every deadline is computed from the customer, none is
 * stored.
 */
final class Deadlines {
  /** No deadline. */
  static final long NEVER = Long.MAX_VALUE;

  private Deadlines() {}

  /** The earliest deadline of a customer, epoch milliseconds, or {@link #NEVER}. */
  static long next(Customer customer, Definitions definitions, Policy policy) {
    long next = Math.min(silence(customer, definitions), stay(customer, definitions));
    for (Cart cart : customer.carts().values()) {
      next = Math.min(next, leftBehind(cart, policy));
    }
    for (Instance run : customer.running().values()) {
      next = Math.min(next, run.wakeAt());
    }
    return next;
  }

  /** Does what is due at the draft's moment, which is the customer's earliest deadline. */
  static void meet(Draft draft, Customer before) {
    long now = draft.now();
    if (silence(before, draft.definitions) == now) {
      Move move = draft.definitions.movedBySilence(before.stage());
      Runs.enterStages(draft, List.of(Stages.moveOn(draft, move, silentSince(before))));
    } else if (stay(before, draft.definitions) == now) {
      Move move = draft.definitions.movedByStay(before.stage());
      Runs.enterStages(draft, List.of(Stages.moveOn(draft, move, before.stageEvent())));
    }
    for (Cart cart : before.carts().values()) {
      if (leftBehind(cart, draft.policy) == now) {
        draft.carts = Bounds.put(draft.carts, cart.id(), cart.leftBehind(), Bounds.CARTS);
        String what = cart.checkout() ? "checkout" : "cart";
        draft.effects.observations().add(Observation.one(Metrics.ABANDONED, "what", what, now));
      }
    }
    before.running().values().stream()
        .filter(run -> run.wakeAt() == now && Runs.isUnderWay(draft, run))
        .forEach(run -> Runs.wake(draft, run));
  }

  private static String silentSince(Customer customer) {
    return customer.lastActivityAt() > 0 ? customer.lastActivityEvent() : customer.stageEvent();
  }

  private static long silence(Customer customer, Definitions definitions) {
    Move move = definitions.movedBySilence(customer.stage());
    return move == null
        ? NEVER
        : Math.max(
            customer.stageSince(),
            after(activeAt(customer), ((Move.AfterSilence) move.when()).silence()));
  }

  /** Who was never active, but put into a stage, is silent since then. */
  private static long activeAt(Customer customer) {
    return customer.lastActivityAt() > 0 ? customer.lastActivityAt() : customer.stageSince();
  }

  private static long stay(Customer customer, Definitions definitions) {
    Move move = definitions.movedByStay(customer.stage());
    return move == null
        ? NEVER
        : after(customer.stageSince(), ((Move.AfterStay) move.when()).stay());
  }

  private static long leftBehind(Cart cart, Policy policy) {
    return cart.abandoned() || cart.isEmpty()
        ? NEVER
        : after(cart.changedAt(), Duration.ofMillis(policy.cartIdle()));
  }

  /** A moment so much later; never, where that lies beyond the end of time. */
  static long after(long at, Duration wait) {
    long later = at + wait.toMillis();
    return later < at ? NEVER : later;
  }
}
