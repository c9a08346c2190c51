package io.lifestage.operator;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What customers do in the tests of operators; times are offsets from one noon. */
final class Shopping {
  static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  private Shopping() {}

  static long noonPlus(Duration later) {
    return NOON + later.toMillis();
  }

  static Event consent(String customer, Duration later) {
    return event(
        "agrees-" + customer,
        EventType.CONSENT_CHANGED,
        customer,
        later,
        Money.NONE,
        Map.of(Attribute.CHANNEL, "email", Attribute.PURPOSE, "marketing", "granted", "true"));
  }

  static Event added(String customer, String cart, Duration later) {
    return event(
        "adds-" + cart,
        EventType.PRODUCT_ADDED,
        customer,
        later,
        new Money(500, "EUR"),
        Map.of(Attribute.CART_ID, cart, Attribute.SKU, "mug"));
  }

  static Event viewed(String customer, Duration later) {
    return event(
        "views-" + customer + later,
        EventType.PRODUCT_VIEWED,
        customer,
        later,
        Money.NONE,
        Map.of(Attribute.SKU, "mug"));
  }

  static Event placed(String customer, String order, Duration later) {
    return order("places-" + order, EventType.ORDER_PLACED, customer, order, later);
  }

  static Event paid(String customer, String order, Duration later) {
    return order("pays-" + order, EventType.ORDER_PAID, customer, order, later);
  }

  static Event delivered(String customer, String order, Duration later) {
    return order("gets-" + order, EventType.ORDER_DELIVERED, customer, order, later);
  }

  private static Event order(
      String id, String type, String customer, String order, Duration later) {
    Event bare =
        event(
            id, type, customer, later, new Money(19_900, "EUR"), Map.of(Attribute.ORDER_ID, order));
    return new Event(
        bare.id(),
        bare.at(),
        type,
        customer,
        bare.attributes(),
        List.of(new Line("camera", 1, 19_900)),
        bare.value());
  }

  private static Event event(
      String id,
      String type,
      String customer,
      Duration later,
      Money value,
      Map<String, String> attributes) {
    return new Event(
        id, noonPlus(later), type, customer, new TreeMap<>(attributes), List.of(), value);
  }

  static Product product(
      String sku, Duration from, boolean available, long price, String... complements) {
    return new Product(
        sku,
        noonPlus(from),
        "A " + sku,
        "photo",
        new Money(price, "EUR"),
        available,
        List.of(complements));
  }
}
