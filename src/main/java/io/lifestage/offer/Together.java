package io.lifestage.offer;

/**
 * What is known of two products, the one that was bought and the one that may go with it. All but
 * {@code times} and {@code kinds} decay.
 *
 * @param times in how many baskets both were, in the last 16 half-lives at least
 * @param both in how many baskets both were
 * @param weight the same, each basket counting as one over the number of the other products in it
 * @param one in how many baskets the first one was
 * @param other in how many baskets the second one was
 * @param baskets how many baskets there were
 * @param products how many products were in all of them
 * @param kinds how many different ones; this does not decay
 */
public record Together(
    double times,
    double both,
    double weight,
    double one,
    double other,
    double baskets,
    double products,
    double kinds) {

  /**
   * How many times as much weight the two have as they would if baskets of the same sizes were
   * filled by chance. That weight is {@code one · other / products}, the null model of M. E. J.
   * Newman, "Modularity and community structure in networks", PNAS 103(23), 2006. The usual lift,
   * {@code both · baskets / (one · other)}, takes large baskets for affinity: in them all products
   * are together with all others.
   */
  public double lift() {
    double expected = one * other / products;
    return expected > 0 ? weight / expected : 0;
  }

  /** In how many baskets a product is on average. */
  double density() {
    return kinds > 0 ? products / kinds : 0;
  }

  /** In how many baskets both would be if one had nothing to do with the other. */
  double expected() {
    return baskets > 0 ? one * other / baskets : 0;
  }
}
