package io.lifestage.offer;

/**
 * What is known of two products, the one that was bought and the one that may go with it. All but
 * {@code times} decay.
 *
 * @param times in how many baskets both were, in the last 16 half-lives at least
 * @param both in how many baskets both were
 * @param weight the same, each basket counting as one over the number of the other products in it
 * @param one in how many baskets the first one was
 * @param other in how many baskets the second one was
 * @param baskets how many baskets there were
 * @param products how many products were in all of them
 */
public record Together(
    double times,
    double both,
    double weight,
    double one,
    double other,
    double baskets,
    double products) {

  /**
   * The weight that the two would have if baskets of the same sizes were filled by chance: the null
   * model of M. E. J. Newman, "Modularity and community structure in networks", PNAS 103(23), 2006.
   */
  double chance() {
    return products > 0 ? one * other / products : 0;
  }

  /**
   * How many times as much weight the two have as by chance. The usual lift, {@code both · baskets
   * / (one · other)}, takes large baskets for affinity: in them all products are together with all
   * others.
   */
  public double lift() {
    return chance() > 0 ? weight / chance() : 0;
  }

  /** In how many baskets both would be if one had nothing to do with the other. */
  double expected() {
    return baskets > 0 ? one * other / baskets : 0;
  }
}
