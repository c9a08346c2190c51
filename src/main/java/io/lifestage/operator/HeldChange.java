package io.lifestage.operator;

import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Look;
import java.util.Comparator;

/**
 * A look or a version of a product that time has not reached. In their order a look comes before a
 * change of the same moment: who looked then had looked.
 *
 * @param at when its turn is, epoch milliseconds
 * @param look the look, or null
 * @param product the version, or null
 */
record HeldChange(long at, Look look, Product product) {
  static final Comparator<HeldChange> BY_TIME =
      Comparator.comparingLong(HeldChange::at)
          .thenComparing(held -> held.product() != null)
          .thenComparing(HeldChange::about)
          .thenComparing(held -> held.product() == null ? 0 : held.product().effectiveAt())
          .thenComparing(HeldChange::toString);

  static HeldChange of(Look look) {
    return new HeldChange(look.at(), look, null);
  }

  private String about() {
    return product == null ? look.customer() : product.sku();
  }
}
