package io.lifestage.lifecycle;

/** The products as they were at a moment. */
@FunctionalInterface
public interface Catalogue {

  /** No product is known. */
  Catalogue EMPTY = (sku, at) -> null;

  /**
   * The greatest version of a product with {@code effectiveAt <= at}.
   *
   * @param sku the product
   * @param at the moment, epoch milliseconds
   * @return the product as it was then, or null where the catalogue did not have it
   */
  Product product(String sku, long at);
}
