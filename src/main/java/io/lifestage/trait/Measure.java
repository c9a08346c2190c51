package io.lifestage.trait;

import io.lifestage.lifecycle.Expression;
import java.util.Objects;

/** What a trait makes of the events that count. */
public sealed interface Measure {

  /** How many events. A {@link Long}. */
  record Count() implements Measure {}

  /**
   * The sum. A {@link Long}; refunds and cancellations are not taken off by themselves.
   *
   * @param of what each event adds
   */
  record Sum(Expression of) implements Measure {}

  /**
   * The smallest. A {@link Long}.
   *
   * @param of of what
   */
  record Min(Expression of) implements Measure {}

  /**
   * The greatest. A {@link Long}.
   *
   * @param of of what
   */
  record Max(Expression of) implements Measure {}

  /**
   * What the first event said.
   *
   * @param of a number, a text or a time
   * @param type which of them
   */
  record First(Expression of, ValueType type) implements Measure {}

  /**
   * What the last event said.
   *
   * @param of a number, a text or a time
   * @param type which of them
   */
  record Last(Expression of, ValueType type) implements Measure {}

  /**
   * How many different values, less those taken back. A {@link Long}.
   *
   * @param of the value, as text; an event without it does not count
   */
  record Unique(Expression of) implements Measure {}

  /**
   * The text that was said most often, over as many of the latest events as are kept; of those said
   * equally often the one that was said last. A {@link String}, empty where none was said.
   *
   * @param of the text; an event without it, or with an empty one, does not count
   */
  record Most(Expression of) implements Measure {}

  /**
   * A quantile of the values, over as many of the latest as are kept: the smallest value that at
   * least that share of them does not exceed (nearest rank). A {@link Long}.
   *
   * @param share between 0 and 1
   * @param of of what
   */
  record Quantile(double share, Expression of) implements Measure {
    public Quantile {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a quantile of " + share + "; it lies from 0 to 1");
      }
    }
  }

  /**
   * The mean time between two events, over as many of the latest as are kept. A {@link
   * java.time.Duration}, zero before there are two.
   */
  record Interval() implements Measure {}

  /**
   * Nothing is kept; it is worked out from other traits whenever somebody asks.
   *
   * @param of how
   * @param type of which type
   */
  record Computed(Expression of, ValueType type) implements Measure {
    public Computed {
      Objects.requireNonNull(type, "type");
    }
  }

  /** The type of what it gives. */
  default ValueType type() {
    if (this instanceof First first) {
      return first.type;
    }
    if (this instanceof Last last) {
      return last.type;
    }
    if (this instanceof Computed computed) {
      return computed.type;
    }
    if (this instanceof Most) {
      return ValueType.TEXT;
    }
    return this instanceof Interval ? ValueType.DURATION : ValueType.INTEGER;
  }
}
