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
 * @param group of what it is one of several sizes or colours, or empty: the {@code item_group_id}
 *     of Google's product data specification
 */
public record Product(
    String sku,
    long effectiveAt,
    String name,
    String category,
    Money price,
    boolean available,
    List<String> complements,
    String group) {

  public Product {
    Objects.requireNonNull(sku, "sku");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(price, "price");
    Objects.requireNonNull(complements, "complements");
    Objects.requireNonNull(group, "group");
  }

  /** A product that comes in one size and colour. */
  public Product(
      String sku,
      long effectiveAt,
      String name,
      String category,
      Money price,
      boolean available,
      List<String> complements) {
    this(sku, effectiveAt, name, category, price, available, complements, "");
  }

  /** The same, as a version that begins at this moment, epoch milliseconds. */
  public Product from(long moment) {
    return new Product(sku, moment, name, category, price, available, complements, group);
  }

  /** Whether the two are one in several sizes or colours. */
  public boolean isVariantOf(Product other) {
    return !group.isEmpty() && group.equals(other.group);
  }
}
