package io.lifestage.offer;

/**
 * What is bought with what: {@code (weight − ¼ chance) / one^¾}.
 *
 * <p>Each basket weighs one over its other products, so that a basket of two says more of its pair
 * than one of fifty does of each of its 1,225. The power of the first product's baskets is between
 * how much is known (0) and how likely it is (1): with several products given, one that is seldom
 * bought has its say beside the best-sellers, and one that was bought twice does not drown them.
 *
 * <p>A best-seller is in everybody's basket and goes with nothing in particular. To refuse all that
 * is hardly more than chance leaves a shop with few products next to nothing to name, for there the
 * best-seller is what is bought next; not to mind leaves nothing but best-sellers. So a quarter of
 * what chance would give does not count, see {@link Together#chance()}.
 *
 * <p>A pair that was seen once may be chance. Where products are bought often such pairs come last
 * anyway; in a shop with many products and few orders they are all there is. Without its support a
 * pair counts a share, and so comes after those that have it.
 *
 * <p>Both were chosen by measuring; {@code deploy/offers.md} has the figures. What customers are
 * offered has to hold more than this ({@link Offered}).
 *
 * @param support baskets with both, undecayed, before a pair is believed
 */
public record Affinity(double support) implements Measure {

  /** What a pair without the support counts. */
  private static final double UNSURE = 1.0 / 16;

  /** How much of what chance would give does not count. */
  private static final double CHANCE = 0.25;

  /** As measured on real baskets. */
  public static final Affinity DEFAULT = new Affinity(2);

  @Override
  public double of(Together t) {
    double root = StrictMath.sqrt(t.one());
    double score = (t.weight() - CHANCE * t.chance()) / (root * StrictMath.sqrt(root));
    return t.times() >= support ? score : UNSURE * score;
  }
}
