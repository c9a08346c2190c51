package io.lifestage.offer;

/**
 * The measure that offers are made by: {@code weight / one^¾}, for pairs that are surely no chance.
 *
 * <p>Each basket weighs one over its other products, so that a basket of two says more of its pair
 * than one of fifty does of each of its 1,225. The power of the first product's baskets is between
 * how much is known (0) and how likely it is (1): with several products given, one that is seldom
 * bought has its say beside the best-sellers, and one that was bought twice does not drown them. It
 * was chosen by measuring; {@code deploy/offers.md} has the figures.
 *
 * <p>A best-seller is in everybody's basket and goes with nothing in particular. So a pair needs
 *
 * @param support baskets with both, undecayed, before it is believed
 * @param fresh of them after decay, so that it ceases when it is no longer bought
 * @param lift times the weight that chance would give, see {@link Together#lift()}
 * @param doubt standard deviations above the number of baskets that chance would give, which is
 *     Poisson's. It keeps a best-seller from a product with few baskets, in which two of three were
 *     with it
 */
public record Affinity(double support, double fresh, double lift, double doubt) implements Measure {

  /** As measured on real baskets. */
  public static final Affinity DEFAULT = new Affinity(2, 0.2, 1.2, 1);

  /** The same, where one basket is enough. */
  public static final Affinity AT_ONCE = new Affinity(1, 0, 1.2, 1);

  @Override
  public double of(Together t) {
    boolean believed =
        t.times() >= support
            && t.both() >= fresh
            && t.lift() >= lift
            && t.both() >= t.expected() + doubt * StrictMath.sqrt(t.expected());
    if (!believed) {
      return 0;
    }
    double root = StrictMath.sqrt(t.one());
    return t.weight() / (root * StrictMath.sqrt(root));
  }
}
