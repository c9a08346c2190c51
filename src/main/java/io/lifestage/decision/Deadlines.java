package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Metrics;
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
    Due due = moveDue(customer, decidedTo, source);
    long next = due == null ? NEVER : due.at();
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
    long over = Together.visitOver(customer.viewed());
    if (over > decidedTo) {
      next = Math.min(next, over);
    }
    for (Instance run : customer.running().values()) {
      next = Math.min(next, run.wakeAt());
    }
    return next;
  }

  /**
   * Does what is due at the draft's moment, which is the customer's earliest deadline.
   *
   * @param decidedTo up to when the customer was decided
   */
  static void meet(Draft draft, Customer before, long decidedTo) {
    long now = draft.now();
    Due due = moveDue(before, decidedTo, draft.source);
    if (due != null && due.at() == now) {
      move(draft, due.move(), due.since());
    }
    slide(draft, now);
    for (Cart cart : before.carts().values()) {
      if (leftBehind(cart, draft.policy) == now) {
        leaveBehind(draft, cart);
      }
    }
    if (Together.visitOver(before.viewed()) == now) {
      Together.learnVisit(draft);
    }
    Runs.wakeAll(draft);
  }

  /** A cart that is taken up again and left again was lost once. */
  private static void leaveBehind(Draft draft, Cart cart) {
    String what = cart.checkout() ? "checkout" : "cart";
    String mark = Metrics.ABANDONED + "/" + what;
    Cart left = cart.leftBehind();
    if (left.isNewlyCountedAs(mark)) {
      draft.observe(Metrics.ABANDONED, "what", what);
      left = left.countedAs(mark);
      Together.learnLeft(draft, left);
    }
    draft.carts = Bounds.put(draft.carts, cart.id(), left, Bounds.CARTS);
  }

  /** A move that time makes, then those that what it reached makes at once. */
  private static void move(Draft draft, Move move, Cause since) {
    List<Transition> moved = new ArrayList<>(List.of(Stages.moveOn(draft, move, since)));
    List<Segments.Change> changes = Segments.afterStages(draft);
    moved.addAll(Stages.moveOn(draft, since));
    Runs.followSegments(draft, changes, since);
    Runs.followStages(draft, moved, since);
  }

  /** What leaves a window may take the customer out of a segment, or into one. */
  static void slide(Draft draft, long now) {
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

  /**
   * A move that time makes.
   *
   * @param since the event that it counts from
   */
  private record Due(long at, Move move, Cause since) {}

  /**
   * The first move that time makes, or null. One that is due already, since another version of the
   * definitions waits less long, is due at once.
   */
  private static Due moveDue(Customer customer, long decidedTo, Draft.Source source) {
    Due first = null;
    if (customer.stage() == null) {
      return null;
    }
    for (Move move : source.definitions().movedByTime(customer.stage())) {
      Due due = due(customer, move, decidedTo, source);
      if (due != null && (first == null || due.at < first.at)) {
        first = due;
      }
    }
    return first;
  }

  private static Due due(Customer customer, Move move, long decidedTo, Draft.Source source) {
    if (move.when() instanceof Move.AfterSilence after) {
      boolean active = customer.lastActivityAt() > 0;
      long since = active ? customer.lastActivityAt() : customer.stageSince();
      Cause cause = active ? customer.lastActivity() : customer.stageCause();
      long at = Math.max(customer.stageSince(), after(since, after.silence()));
      return at == NEVER ? null : new Due(Math.max(at, decidedTo), move, cause);
    }
    if (move.when() instanceof Move.AfterStay after) {
      long at = after(customer.stageSince(), after.stay());
      return at == NEVER ? null : new Due(Math.max(at, decidedTo), move, customer.stageCause());
    }
    Move.AtDate when = (Move.AtDate) move.when();
    Draft draft = new Draft(customer, source);
    draft.turnToDeadline(Math.max(decidedTo, customer.stageSince()));
    if (!(when.date().of(draft) instanceof Instant date)) {
      return null;
    }
    long at = date.toEpochMilli() + when.offset().toMillis();
    boolean ahead = at > customer.stageSince() && at >= decidedTo;
    return ahead ? new Due(at, move, customer.stageCause()) : null;
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
