package io.lifestage.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * One figure over all rounds. With seven rounds the true median lies between the least and the
 * greatest with a certainty of 98 % (1 − 2 · ½⁷), whatever the distribution.
 */
record Spread(double least, double median, double greatest) {

  /** Of at least one value. */
  static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }

  /** Such as {@code 0.51 (0.48–0.55)}. */
  String shown(String number) {
    return String.format(
        Locale.ROOT, number + " (" + number + "–" + number + ")", median, least, greatest);
  }
}
