package io.lifestage.lifecycle;

import java.util.Objects;

/**
 * One product of an order or a cart.
 *
 * @param sku the product
 * @param quantity how many; positive
 * @param unitPrice price of one, in minor units of the currency of the event's value
 */
public record Line(String sku, long quantity, long unitPrice) {
  public Line {
    Objects.requireNonNull(sku, "sku");
  }
}
