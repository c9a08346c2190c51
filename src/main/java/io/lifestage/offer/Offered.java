package io.lifestage.offer;

/**
 * The measure for what customers are offered: the same ranks, and nothing that is not known to go
 * together.
 *
 * <p>To say what is bought next, a best-seller is a good guess, and a pair seen once better than
 * none. As an offer the one is no news to anybody and the other is chance; the category, which is
 * asked where nothing is left here, is better than both.
 *
 * @param ranks by what, and from how many baskets on a pair is believed
 */
public record Offered(Affinity ranks) implements Measure {

  /** Baskets with both, after decay, so that a pair ceases when it is no longer bought. */
  private static final double FRESH = 0.2;

  /** Times the weight that chance would give, see {@link Together#lift()}. */
  private static final double LIFT = 1.2;

  /**
   * Standard deviations above the number of baskets that chance would give, which is Poisson's. It
   * keeps a best-seller from a product with few baskets, in which two of three were with it.
   */
  private static final double DOUBT = 1;

  @Override
  public double of(Together t) {
    boolean known =
        t.times() >= ranks.support()
            && t.both() >= FRESH
            && t.lift() >= LIFT
            && t.both() >= t.expected() + DOUBT * StrictMath.sqrt(t.expected());
    return known ? ranks.of(t) : 0;
  }
}
