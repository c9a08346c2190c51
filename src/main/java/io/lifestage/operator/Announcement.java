package io.lifestage.operator;

import io.lifestage.lifecycle.Product;
import io.lifestage.wire.Decoded;

/** Something that every customer's operator has to know. */
public sealed interface Announcement {

  /**
   * A version of a product.
   *
   * @param product the product
   */
  record OfProduct(Product product) implements Announcement {}

  /**
   * A version of a definition.
   *
   * @param record what was read, to be refused as it came where it does not work
   */
  record OfDefinition(Decoded.OfDefinition record) implements Announcement {}
}
