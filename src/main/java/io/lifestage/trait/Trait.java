package io.lifestage.trait;

import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.Expression;
import java.util.Objects;
import java.util.Set;

/**
 * Something worked out for every customer from what they did.
 *
 * @param name how conditions call it
 * @param measure what is made of the events
 * @param on event types that count; empty for a computed one
 * @param when what must hold for an event to count
 * @param window which events count
 * @param undo event types that take a {@link Measure.Unique} value back
 * @param undoWhen what must hold for an event to take one back
 * @param atMost how many entries a window, a unique count, the most said, a quantile or an interval
 *     keeps, the newest: a count is exact up to it and stays there beyond, so that state is
 *     bounded; conditions compare with less
 */
public record Trait(
    String name,
    Measure measure,
    Set<String> on,
    Condition when,
    Window window,
    Set<String> undo,
    Condition undoWhen,
    int atMost) {

  public Trait {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(when, "when");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(undoWhen, "undoWhen");
    on = Set.copyOf(on);
    undo = Set.copyOf(undo);
    if (atMost < 1) {
      throw new IllegalArgumentException("trait " + name + ": atMost must be positive");
    }
    if (!undo.isEmpty() && !(measure instanceof Measure.Unique)) {
      throw new IllegalArgumentException(
          "trait " + name + ": only a unique count can take a value back");
    }
  }

  /** How many such events. */
  public static Trait count(String name, Window window, int atMost, Set<String> on) {
    return of(name, new Measure.Count(), window, atMost, on);
  }

  /** How many different values of the attribute. */
  public static Trait unique(String name, String of, Window window, int atMost, Set<String> on) {
    if (of == null) {
      throw new IllegalArgumentException("trait " + name + ": a unique count needs an attribute");
    }
    return of(name, new Measure.Unique(Expression.attribute(of)), window, atMost, on);
  }

  /** What the events were worth together. */
  public static Trait sum(String name, Window window, int atMost, Set<String> on) {
    return of(name, new Measure.Sum(Expression.eventValue()), window, atMost, on);
  }

  /** Whatever the measure says. */
  public static Trait of(String name, Measure measure, Window window, int atMost, Set<String> on) {
    return new Trait(
        name, measure, on, Condition.ALWAYS, window, Set.of(), Condition.ALWAYS, atMost);
  }

  /** The same trait, counting only where the condition holds. */
  public Trait where(Condition condition) {
    return new Trait(name, measure, on, condition, window, undo, undoWhen, atMost);
  }

  /** The same trait, losing a value at such an event where the condition holds. */
  public Trait undoneBy(Set<String> types, Condition condition) {
    return new Trait(name, measure, on, when, window, types, condition, atMost);
  }

  /** Whether it is worked out from others, and keeps nothing itself. */
  public boolean isComputed() {
    return measure instanceof Measure.Computed;
  }

  /** Whether single events have to be remembered, not only what they came to. */
  boolean keepsEntries() {
    return !(window instanceof Window.AllTime)
        || measure instanceof Measure.Unique
        || measure instanceof Measure.Most
        || measure instanceof Measure.Quantile
        || measure instanceof Measure.Interval;
  }
}
