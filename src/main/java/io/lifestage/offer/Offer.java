package io.lifestage.offer;

/**
 * A product that is offered.
 *
 * @param sku the product
 * @param source why it is offered
 * @param score how well it goes with what was bought, in millionths; of what was chosen by hand,
 *     how many of the products name it; 0 of a category's
 * @param support in how many baskets it was with them, decayed; 0 if it was not learnt
 * @param lift how many times as often as by chance; 0 if it was not learnt
 */
public record Offer(String sku, Source source, long score, double support, double lift) {

  /** Why a product is offered; the first ones come first. */
  public enum Source {
    /** The catalogue names it as a complement. */
    CHOSEN,
    /** It is really bought together. */
    LEARNT,
    /** It is much bought in the same category, and nothing better is known. */
    CATEGORY
  }
}
