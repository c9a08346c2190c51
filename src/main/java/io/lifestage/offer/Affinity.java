package io.lifestage.offer;

/**
 * The measure that offers are made by: {@code weight / one^¾}, for pairs that are no chance.
 *
 * <p>Each basket weighs one over its other products, so that a basket of two says more of its pair
 * than one of fifty does of each of its 1,225. The power of the first product's baskets is between
 * how much is known (0) and how likely it is (1): with several products given, one that is seldom
 * bought has its say beside the best-sellers, and one that was bought twice does not drown them. It
 * was chosen by measuring; {@code deploy/offers.md} has the figures.
 *
 * <p>A best-seller is in everybody's basket and goes with nothing in particular. So a pair needs
 * more than chance would give. Once is chance, too, but all that a shop with many products and few
 * orders has: there a pair with less than the support is named after those that have it, for it
 * counts a sixteenth. Where products are bought often it is not named at all.
 *
 * @param support baskets with both, undecayed, before a pair is believed
 * @param fresh of them after decay, so that it ceases when it is no longer bought
 * @param lift times the weight that chance would give, see {@link Together#lift()}
 * @param doubt standard deviations above the number of baskets that chance would give, which is
 *     Poisson's. It keeps a best-seller from a product with few baskets, in which two of three were
 *     with it
 * @param often from how many baskets for each product on, see {@link Together#density()}, a pair
 *     without the support is not named
 */
public record Affinity(double support, double fresh, double lift, double doubt, double often)
    implements Measure {

  /** What a pair without the support counts. */
  private static final double UNSURE = 1.0 / 16;

  /** As measured on real baskets. */
  public static final Affinity DEFAULT = new Affinity(2, 0.2, 1.2, 1, 4);

  /** The same, where nothing is named without its support. */
  public static final Affinity SUPPORTED = new Affinity(2, 0.2, 1.2, 1, 0);

  /** The same, where one basket is as good as two. */
  public static final Affinity AT_ONCE = new Affinity(1, 0, 1.2, 1, 0);

  /** The same with another floor. */
  public Affinity withSupport(double baskets) {
    return new Affinity(baskets, fresh, lift, doubt, often);
  }

  @Override
  public double of(Together t) {
    boolean sure = t.times() >= support;
    boolean named =
        t.times() >= 1
            && (sure || t.density() < often)
            && t.both() >= fresh
            && t.lift() >= lift
            && t.both() >= t.expected() + doubt * StrictMath.sqrt(t.expected());
    if (!named) {
      return 0;
    }
    double root = StrictMath.sqrt(t.one());
    return (sure ? 1 : UNSURE) * t.weight() / (root * StrictMath.sqrt(root));
  }
}
