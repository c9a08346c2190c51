package io.lifestage.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/** How long some customers waited, in milliseconds. */
final class Waits {
  private final long[] sorted;

  private Waits(long[] sorted) {
    this.sorted = sorted;
  }

  static Waits of(LongStream millis) {
    long[] sorted = millis.toArray();
    Arrays.sort(sorted);
    return new Waits(sorted);
  }

  int count() {
    return sorted.length;
  }

  /** So long waited at most this share of them; 0 where there was nobody. */
  long within(double share) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  long longest() {
    return within(1);
  }

  /** How many times as long the same share of others waited. */
  String timesAsLongAs(Waits others) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f, p95 %.2f, p99 %.2f",
        ratio(others, 0.5),
        ratio(others, 0.95),
        ratio(others, 0.99));
  }

  private double ratio(Waits others, double share) {
    return (double) within(share) / Math.max(1, others.within(share));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,7d waited p50 %,6d  p95 %,6d  p99 %,6d  longest %,6d ms",
        count(),
        within(0.5),
        within(0.95),
        within(0.99),
        longest());
  }
}
