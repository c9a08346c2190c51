package io.lifestage.decision;

import io.lifestage.lifecycle.Catalogue;
import io.lifestage.offer.Complements;
import io.lifestage.offer.Learning;
import io.lifestage.offer.Sale;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What the job does after the customers, in one place and in memory: learns from what all of them
 * buy, and completes the triggers that wait for offers. The journeys' tests use it, and it is what
 * the job is held to.
 */
public final class OfferDesk {

  /** Something to be done: a sale to be learnt from, or a trigger to be completed. */
  private record Task(long at, Sale sale, Provisional provisional, long number) {}

  /** What was sold at a moment is known in it. */
  private static final Comparator<Task> IN_ORDER =
      Comparator.comparingLong(Task::at)
          .thenComparing(task -> task.sale == null)
          .thenComparing(task -> task.sale == null ? "" : task.sale.customer())
          .thenComparing(Task::number);

  private final Complements complements;
  private final Catalogue catalogue;
  private final PriorityQueue<Task> tasks = new PriorityQueue<>(IN_ORDER);
  private final Map<String, Completions> completions = new HashMap<>();
  private long reached = Long.MIN_VALUE;
  private long number;

  /** A desk that has learnt nothing. */
  public OfferDesk(Learning learning, Catalogue catalogue) {
    this.complements = new Complements(learning);
    this.catalogue = catalogue;
  }

  /** Takes what a customer's decision leaves to be done. */
  public void take(Effects effects) {
    effects.sales().forEach(this::learn);
    for (Provisional one : effects.provisional()) {
      Provisional due = one.at(Math.max(one.at(), reached + 1));
      tasks.add(new Task(due.at(), null, due, number++));
    }
  }

  /** Learns from a sale, once time has come to it. */
  public void learn(Sale sale) {
    Sale due = sale.at(Math.max(sale.at(), reached + 1));
    tasks.add(new Task(due.at(), due, null, number++));
  }

  /**
   * Does what is due.
   *
   * @param moment up to when, epoch milliseconds: what customers decide of it is in
   * @return what is said
   */
  public Effects completeTo(long moment) {
    Effects effects = Effects.collecting();
    while (!tasks.isEmpty() && tasks.peek().at() <= moment) {
      Task task = tasks.poll();
      if (task.sale != null) {
        complements.learn(task.sale);
      } else {
        complete(task.provisional, effects);
      }
    }
    reached = Math.max(reached, moment);
    return effects;
  }

  private void complete(Provisional one, Effects effects) {
    Completions before = completions.getOrDefault(one.key(), Completions.NONE);
    Completions.Answer answer =
        one.asks()
            ? before.complete(
                one,
                complements.ask(one.trigger().wanted().goesWith(), one.at()),
                complements.mostBought(one.trigger().wanted().categories(), one.at()),
                catalogue)
            : before.complete(one, List.of(), List.of(), catalogue);
    completions.put(one.key(), answer.completions());
    effects.addAll(answer.effects());
  }
}
