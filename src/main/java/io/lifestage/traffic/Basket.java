package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A person's cart, kept over visits until it is ordered or too old. */
final class Basket {
  private static final long KEPT = 10 * Rhythm.DAY;

  /** By product, in the order in which they were added. */
  private Map<String, Long> quantities = Map.of();

  private String id;
  private String coupon;
  private long touchedAt;

  /** Empties a cart that nobody has touched for days; shops do. */
  void expire(long now) {
    if (id != null && now - touchedAt > KEPT) {
      clear();
    }
  }

  void add(String sku, long quantity, long now, Dice dice) {
    if (id == null) {
      id = "cart-" + dice.word(12);
      quantities = new LinkedHashMap<>();
    }
    quantities.merge(sku, quantity, Long::sum);
    touchedAt = now;
  }

  /** Takes one product out wholly. */
  void takeOut(String sku, Shop shop, Journal journal) {
    touchedAt = journal.now();
    journal.note(
        EventType.PRODUCT_REMOVED,
        shop.product(sku, journal.now()),
        Attribute.CART_ID,
        id,
        Attribute.QUANTITY,
        Long.toString(quantities.remove(sku)));
  }

  /** Takes out what can't be bought any more; true if there was any. */
  boolean takeOutWhatIsGone(Shop shop, Journal journal) {
    List<String> gone =
        products().stream().filter(sku -> !shop.product(sku, journal.now()).available()).toList();
    gone.forEach(sku -> takeOut(sku, shop, journal));
    return !gone.isEmpty();
  }

  void redeem(String code) {
    coupon = code;
  }

  void clear() {
    quantities = Map.of();
    id = null;
    coupon = null;
  }

  String id() {
    return id;
  }

  /** The coupon's code, or null. */
  String coupon() {
    return coupon;
  }

  boolean isEmpty() {
    return quantities.isEmpty();
  }

  List<String> products() {
    return List.copyOf(quantities.keySet());
  }

  /** What lies in it, at the prices of a moment. */
  List<Line> lines(Shop shop, long at) {
    return quantities.entrySet().stream()
        .map(e -> new Line(e.getKey(), e.getValue(), price(shop, e.getKey(), at)))
        .toList();
  }

  private static long price(Shop shop, String sku, long at) {
    return shop.product(sku, at).price().minor();
  }

  /** What its products cost together at a moment, without the coupon. */
  Money value(Shop shop, long at) {
    long sum = lines(shop, at).stream().mapToLong(l -> l.quantity() * l.unitPrice()).sum();
    return new Money(sum, Assortment.CURRENCY);
  }
}
