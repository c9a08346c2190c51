package io.lifestage.trait;

import io.lifestage.lifecycle.Condition;
import java.util.Objects;
import java.util.Set;

/**
 * A number kept for every customer.
 *
 * @param name how conditions call it
 * @param kind what is computed
 * @param on event types that count
 * @param when what must hold for an event to count
 * @param of for {@link Kind#UNIQUE} the attribute whose values are counted, else null
 * @param window which events count
 * @param undo event types that take a {@link Kind#UNIQUE} value back
 * @param undoWhen what must hold for an event to take one back
 * @param atMost how many entries a window or a unique count keeps, the newest: the count is exact
 *     up to it and stays there beyond, so that state is bounded; conditions compare with less
 */
public record Trait(
    String name,
    Kind kind,
    Set<String> on,
    Condition when,
    String of,
    Window window,
    Set<String> undo,
    Condition undoWhen,
    int atMost) {

  /** What is computed. */
  public enum Kind {
    /** How many events. */
    COUNT,
    /** The sum of the events' values in minor units, refunds and cancellations not taken off. */
    SUM,
    /** How many different values of an attribute, less those taken back. */
    UNIQUE,
    /** The time of the last event, epoch milliseconds. */
    LAST
  }

  public Trait {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(when, "when");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(undoWhen, "undoWhen");
    if (kind == Kind.UNIQUE && of == null) {
      throw new IllegalArgumentException("trait " + name + ": a unique count needs an attribute");
    }
    if (atMost < 1) {
      throw new IllegalArgumentException("trait " + name + ": atMost must be positive");
    }
  }

  /** How many such events. */
  public static Trait count(String name, Window window, int atMost, Set<String> on) {
    return new Trait(
        name, Kind.COUNT, on, Condition.ALWAYS, null, window, Set.of(), Condition.ALWAYS, atMost);
  }

  /** How many different values of the attribute. */
  public static Trait unique(String name, String of, Window window, int atMost, Set<String> on) {
    return new Trait(
        name, Kind.UNIQUE, on, Condition.ALWAYS, of, window, Set.of(), Condition.ALWAYS, atMost);
  }

  /** What the events were worth together. */
  public static Trait sum(String name, Window window, Set<String> on) {
    return new Trait(
        name, Kind.SUM, on, Condition.ALWAYS, null, window, Set.of(), Condition.ALWAYS, 256);
  }

  /** The same trait, counting only where the condition holds. */
  public Trait where(Condition condition) {
    return new Trait(name, kind, on, condition, of, window, undo, undoWhen, atMost);
  }

  /** The same trait, losing a value at such an event where the condition holds. */
  public Trait undoneBy(Set<String> types, Condition condition) {
    return new Trait(name, kind, on, when, of, window, types, condition, atMost);
  }
}
