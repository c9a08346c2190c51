package io.lifestage.decision;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that happens in a {@link Story}: an event without customer, with or without a time.
 *
 * @param id the event's id, or null where the story numbers it
 * @param at when: an instant, or an offset from the story's beginning such as {@code +5m}, {@code
 *     +90d-1ms}; null for a second after what happened before
 */
record Happening(
    String id,
    String at,
    String type,
    Map<String, String> attributes,
    List<Line> lines,
    Money value) {

  static Happening of(String type, String... attributes) {
    Map<String, String> named = new TreeMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      named.put(attributes[i], attributes[i + 1]);
    }
    return new Happening(null, null, type, named, List.of(), Money.NONE);
  }

  static Happening pageViewed() {
    return of(EventType.PAGE_VIEWED, Attribute.PAGE, "/");
  }

  static Happening productViewed(String sku) {
    return of(EventType.PRODUCT_VIEWED, Attribute.SKU, sku);
  }

  static Happening contentViewed() {
    return of(EventType.CONTENT_VIEWED, Attribute.CONTENT_TYPE, "article");
  }

  static Happening productAdded(String cart, String sku, long price) {
    return of(EventType.PRODUCT_ADDED, Attribute.CART_ID, cart, Attribute.SKU, sku).worth(price);
  }

  static Happening productRemoved(String cart, String sku) {
    return of(EventType.PRODUCT_REMOVED, Attribute.CART_ID, cart, Attribute.SKU, sku);
  }

  static Happening checkoutStarted(String cart) {
    return of(EventType.CHECKOUT_STARTED, Attribute.CART_ID, cart);
  }

  static Happening orderPlaced(String order, String... skus) {
    return of(EventType.ORDER_PLACED, Attribute.ORDER_ID, order).worth(1000).holding(skus);
  }

  static Happening orderPaid(String order, String... skus) {
    return of(EventType.ORDER_PAID, Attribute.ORDER_ID, order).worth(1000).holding(skus);
  }

  static Happening orderDelivered(String order) {
    return of(EventType.ORDER_DELIVERED, Attribute.ORDER_ID, order);
  }

  static Happening orderCancelled(String order) {
    return of(EventType.ORDER_CANCELLED, Attribute.ORDER_ID, order);
  }

  static Happening orderRefunded(String order, long minor) {
    return of(EventType.ORDER_REFUNDED, Attribute.ORDER_ID, order).worth(minor);
  }

  static Happening message(String conversation, String sender) {
    return of(
        EventType.MESSAGE_SENT, Attribute.CONVERSATION_ID, conversation, Attribute.SENDER, sender);
  }

  static Happening salesQuestion(String conversation) {
    return message(conversation, "customer").with(Attribute.SUBJECT, "sales");
  }

  static Happening chatResolved(String conversation) {
    return of(EventType.CONVERSATION_RESOLVED, Attribute.CONVERSATION_ID, conversation);
  }

  static Happening referralConverted() {
    return of(EventType.REFERRAL_CONVERTED);
  }

  static Happening consent(String channel, boolean granted) {
    return of(
        EventType.CONSENT_CHANGED,
        Attribute.CHANNEL,
        channel,
        Attribute.PURPOSE,
        "marketing",
        Attribute.GRANTED,
        String.valueOf(granted));
  }

  Happening at(String when) {
    return new Happening(id, when, type, attributes, lines, value);
  }

  Happening id(String known) {
    return new Happening(known, at, type, attributes, lines, value);
  }

  Happening with(String attribute, String said) {
    Map<String, String> more = new TreeMap<>(attributes);
    more.put(attribute, said);
    return new Happening(id, at, type, more, lines, value);
  }

  Happening worth(long minor) {
    return new Happening(id, at, type, attributes, lines, new Money(minor, "EUR"));
  }

  Happening holding(String... skus) {
    List<Line> held = List.of(skus).stream().map(sku -> new Line(sku, 1, 500)).toList();
    return new Happening(id, at, type, attributes, held, value);
  }

  /** The event that it is for a customer, at its number in the story. */
  Event event(String customer, int number, long moment) {
    String named = id == null ? "e%05d".formatted(number) : id;
    return new Event(named, moment, type, customer, attributes, lines, value);
  }
}
