package io.lifestage.offer;

/**
 * A line of a shop's history: a basket was bought, or was given back whole.
 *
 * @param at when that was, epoch milliseconds
 * @param basket as it was bought
 * @param undone whether it is given back
 */
public record Sale(long at, Basket basket, boolean undone) {

  /** A basket that is bought. */
  public static Sale of(Basket basket) {
    return new Sale(basket.at(), basket, false);
  }
}
