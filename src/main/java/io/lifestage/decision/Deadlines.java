package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens because nothing happens: a stage that silence, a long stay or a date ends, a window
 * that slides, a cart left behind, a run whose waiting is over. Every deadline is computed from the
 * customer, none is stored.
 */
final class Deadlines {
  /** No deadline. */
  static final long NEVER = Long.MAX_VALUE;

  private Deadlines() {}

  /**
   * The earliest deadline of a customer, epoch milliseconds, or {@link #NEVER}.
   *
   * @param decidedTo up to when the customer is decided: windows slide and dates come after it
   */
  static long next(Customer customer, long decidedTo, Draft.Source source) {
    Definitions definitions = source.definitions();
    long next = Math.min(silence(customer, definitions), stay(customer, definitions));
    next = Math.min(next, date(customer, decidedTo, source));
    if (!definitions.watchedTraits().isEmpty()) {
      next =
          Math.min(
              next,
              definitions
                  .traits()
                  .nextChange(customer.tallies(), definitions.watchedTraits(), decidedTo));
    }
    for (Cart cart : customer.carts().values()) {
      next = Math.min(next, leftBehind(cart, source.policy()));
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
      move(draft, move, silentSince(before));
    } else if (stay(before, draft.definitions) == now) {
      move(draft, draft.definitions.movedByStay(before.stage()), before.stageCause());
    } else if (date(before, now - 1, draft.source) == now) {
      move(draft, draft.definitions.movedByDate(before.stage()), before.stageCause());
    }
    slide(draft, now);
    for (Cart cart : before.carts().values()) {
      if (leftBehind(cart, draft.policy) == now) {
        draft.carts = Bounds.put(draft.carts, cart.id(), cart.leftBehind(), Bounds.CARTS);
        String what = cart.checkout() ? "checkout" : "cart";
        draft.effects.observations().add(Observation.one(Metrics.ABANDONED, "what", what, now));
      }
    }
    Runs.wakeAll(draft);
  }

  private static void move(Draft draft, Move move, Cause since) {
    Transition moved = Stages.moveOn(draft, move, since);
    Runs.followStages(draft, List.of(moved), since);
  }

  /** What leaves a window may take the customer out of a segment, or into one. */
  private static void slide(Draft draft, long now) {
    String left =
        draft.definitions.watchedTraits().isEmpty()
            ? null
            : draft
                .definitions
                .traits()
                .leavingAt(draft.tallies, draft.definitions.watchedTraits(), now);
    if (left == null) {
      return;
    }
    Cause cause = Cause.of(left);
    List<Segments.Change> changes = Segments.afterTime(draft);
    List<Transition> moved = changes.isEmpty() ? new ArrayList<>() : Stages.moveOn(draft, cause);
    Runs.followSegments(draft, changes, cause);
    Runs.followStages(draft, moved, cause);
  }

  private static Cause silentSince(Customer customer) {
    return customer.lastActivityAt() > 0 ? customer.lastActivity() : customer.stageCause();
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

  private static long date(Customer customer, long decidedTo, Draft.Source source) {
    Move move = source.definitions().movedByDate(customer.stage());
    if (move == null) {
      return NEVER;
    }
    Move.AtDate when = (Move.AtDate) move.when();
    Object date = when.date().of(new Draft(customer, source));
    if (!(date instanceof Instant instant)) {
      return NEVER;
    }
    long at = instant.toEpochMilli() + when.offset().toMillis();
    return at > Math.max(customer.stageSince(), decidedTo) ? at : NEVER;
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
