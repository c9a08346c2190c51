package io.lifestage.metric;

import java.util.Objects;

/**
 * One countable thing that happened at a moment, for the rolling metrics.
 *
 * @param metric the metric's name, one of {@link Metrics}
 * @param dimension what splits it, such as {@code stage} or {@code journey}; empty for the total
 * @param label the dimension's value; empty for the total. Values come from outside, so one that is
 *     longer than {@value #LABEL_LENGTH} characters is cut
 * @param at when, epoch milliseconds
 * @param count how many; negative takes back what a late event has shown to be wrong
 * @param sum the quantity observed: money in minor units, a duration in milliseconds; else 0. Of a
 *     metric that tells customers apart, a hash of who it was, as long as it stands for one
 * @param sketch what the observations that this one stands for hold, where the metric has
 *     estimates; null for a single one
 */
public record Observation(
    String metric, String dimension, String label, long at, long count, long sum, Sketch sketch) {

  /** Longest label, in characters. */
  public static final int LABEL_LENGTH = 120;

  /** Checks that nothing is missing, and cuts a label that is too long. */
  public Observation {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(dimension, "dimension");
    label = cut(Objects.requireNonNull(label, "label"));
  }

  /** One that stands for itself. */
  public Observation(String metric, String dimension, String label, long at, long count, long sum) {
    this(metric, dimension, label, at, count, sum, null);
  }

  /** One more, split by a dimension. */
  public static Observation one(String metric, String dimension, String label, long at) {
    return new Observation(metric, dimension, label, at, 1, 0);
  }

  /** A quantity, split by a dimension. */
  public static Observation of(String metric, String dimension, String label, long at, long sum) {
    return new Observation(metric, dimension, label, at, 1, sum);
  }

  /** Somebody was there, for a metric that tells customers apart. */
  public static Observation of(
      String metric, String dimension, String label, long at, String customer) {
    return new Observation(metric, dimension, label, at, 1, hash(customer));
  }

  /** A level that was read off, of a metric whose kind is a reading: the count is the level. */
  public static Observation reading(
      String metric, String dimension, String label, long at, long level) {
    return new Observation(metric, dimension, label, at, level, 0);
  }

  /** The observation that takes this one back. */
  public Observation withdrawn() {
    return new Observation(metric, dimension, label, at, -count, -sum);
  }

  /** FNV-1a in 64 bits over the characters: two customers meet in one of 10^10 or so. */
  private static long hash(String customer) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < customer.length(); i++) {
      hash = (hash ^ customer.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Never between the two halves of one character. */
  private static String cut(String label) {
    if (label.length() <= LABEL_LENGTH) {
      return label;
    }
    boolean split = Character.isHighSurrogate(label.charAt(LABEL_LENGTH - 1));
    return label.substring(0, split ? LABEL_LENGTH - 1 : LABEL_LENGTH);
  }
}
