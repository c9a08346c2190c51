package io.lifestage.traffic;

import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A person's cart, kept over visits until it is ordered or too old. */
final class Basket {
  private static final long KEPT = 10 * Rhythm.DAY;

  /** In the order in which they were added. */
  private Map<Product, Long> quantities = Map.of();

  private String id;
  private String coupon;
  private long touchedAt;

  /** Empties a cart that nobody has touched for days; shops do. */
  void expire(long now) {
    if (id != null && now - touchedAt > KEPT) {
      clear();
    }
  }

  void add(Product product, long quantity, long now, Dice dice) {
    if (id == null) {
      id = "cart-" + dice.word(12);
      quantities = new LinkedHashMap<>();
    }
    quantities.merge(product, quantity, Long::sum);
    touchedAt = now;
  }

  /** Takes one product out wholly, and says how many that were. */
  long remove(Product product, long now) {
    touchedAt = now;
    return quantities.remove(product);
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

  List<Product> products() {
    return List.copyOf(quantities.keySet());
  }

  List<Line> lines() {
    return quantities.entrySet().stream()
        .map(e -> new Line(e.getKey().sku(), e.getValue(), e.getKey().price().minor()))
        .toList();
  }

  /** What its products cost together, without the coupon. */
  Money value() {
    long sum = lines().stream().mapToLong(l -> l.quantity() * l.unitPrice()).sum();
    return new Money(sum, Assortment.CURRENCY);
  }
}
