package io.lifestage.offer;

import java.util.Comparator;

/**
 * A product that goes with another one, or with several.
 *
 * @param sku the product
 * @param score how well, in millionths; whole, so that several can be summed in any order
 * @param support in how many baskets it was with them
 * @param lift how many times as often as by chance; of several the greatest
 */
public record Candidate(String sku, long score, double support, double lift) {
  private static final double UNIT = 1_000_000;

  /** By score, and by product where scores are equal. */
  public static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::score, Comparator.<Long>reverseOrder())
          .thenComparing(Candidate::sku);

  static long millionths(double measured) {
    return StrictMath.round(measured * UNIT);
  }

  /** Both as one. */
  Candidate and(Candidate more) {
    return new Candidate(
        sku, score + more.score, support + more.support, Math.max(lift, more.lift));
  }
}
