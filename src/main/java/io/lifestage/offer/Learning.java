package io.lifestage.offer;

import java.time.Duration;

/**
 * How complements are learnt.
 *
 * @param halfLife after which a basket counts half
 * @param bound how many others are surely kept for each product
 * @param measure how well two products go together
 * @param answers how many candidates each product of an order names
 */
public record Learning(Duration halfLife, int bound, Measure measure, int answers) {

  public Learning {
    if (bound < 1 || answers < 1) {
      throw new IllegalArgumentException("a bound of %d, %d answers".formatted(bound, answers));
    }
    Decay.check(halfLife);
  }

  /** As measured on real baskets; {@code deploy/offers.md} has the figures. */
  public static final Learning DEFAULT =
      new Learning(Duration.ofDays(60), 200, Affinity.DEFAULT, 100);

  /**
   * As offers are made: learnt alike, and nothing is offered that has not the floors of {@link
   * Offered}, however little is known.
   */
  public static final Learning OFFERED =
      new Learning(
          DEFAULT.halfLife(), DEFAULT.bound(), new Offered(Affinity.DEFAULT), DEFAULT.answers());
}
