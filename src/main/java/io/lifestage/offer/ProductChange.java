package io.lifestage.offer;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened to a product that customers may want to know.
 *
 * @param type the type of the event that tells it
 * @param sku the product
 * @param category its category, or empty
 * @param at from when the product is so, epoch milliseconds
 * @param price what it costs now
 * @param before what it cost before in minor units of the same currency, or 0 where nobody knows
 */
public record ProductChange(
    String type, String sku, String category, long at, Money price, long before) {

  /**
   * What has become of a product, or null where it is nothing to tell. A price has dropped where it
   * is below the version's before, in the same currency, and both are prices: 0 is none. What comes
   * back cheaper has come back, and is told once.
   */
  public static ProductChange between(Product before, Product now) {
    if (!now.available()) {
      return null;
    }
    boolean comparable =
        before.price().currency().equals(now.price().currency())
            && before.price().minor() > 0
            && now.price().minor() > 0;
    if (!before.available()) {
      return of(EventType.BACK_IN_STOCK, now, comparable ? before.price().minor() : 0);
    }
    return comparable && now.price().minor() < before.price().minor()
        ? of(EventType.PRICE_DROPPED, now, before.price().minor())
        : null;
  }

  /** That a product is new, or null where it can't be bought or belongs nowhere. */
  public static ProductChange arrival(Product product) {
    boolean told = product.available() && !product.category().isEmpty();
    return told ? of(EventType.NEW_ARRIVAL, product, 0) : null;
  }

  private static ProductChange of(String type, Product now, long before) {
    return new ProductChange(
        type, now.sku(), now.category(), now.effectiveAt(), now.price(), before);
  }

  /** Whether a later version makes it untrue, so that nobody else should hear of it. */
  public boolean isUndoneBy(Product later) {
    if (!later.available()) {
      return true;
    }
    return type.equals(EventType.PRICE_DROPPED)
        && (!later.price().currency().equals(price.currency())
            || later.price().minor() > price.minor());
  }

  /**
   * The event that tells a customer. Its id says all that it depends on, so however often it is
   * made it is the same event, and people can read it.
   *
   * @param moment when the customer's turn is, epoch milliseconds
   */
  public Event toldTo(String customer, long moment) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(Attribute.SKU, sku);
    if (!category.isEmpty()) {
      attributes.put(Attribute.CATEGORY, category);
    }
    if (before > 0) {
      attributes.put(Attribute.PRICE_BEFORE, Long.toString(before));
    }
    String id = String.join("/", type, sku, Long.toString(at), customer);
    return new Event(id, moment, type, customer, attributes, List.of(), price);
  }
}
