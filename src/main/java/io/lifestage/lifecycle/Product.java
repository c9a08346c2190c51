package io.lifestage.lifecycle;

import java.util.List;
import java.util.Objects;

/**
 * A product of the catalogue as it is from {@code effectiveAt} on.
 *
 * @param sku its number
 * @param effectiveAt from when this is so, epoch milliseconds
 * @param name what people call it
 * @param category its category, or empty
 * @param price what it costs
 * @param available whether it can be bought
 * @param complements products that go with it, chosen by hand, best first
 */
public record Product(
    String sku,
    long effectiveAt,
    String name,
    String category,
    Money price,
    boolean available,
    List<String> complements) {

  public Product {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(price, "price");
    Objects.requireNonNull(complements, "complements");
  }
}
