package io.lifestage.cluster;

import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events as tests need them, in the words of the shop. */
final class Happenings {
  private Happenings() {}

  static Event pageViewed(String customer, String id, Instant at) {
    return event(id, at, "page_viewed", customer, Map.of("page", "/"));
  }

  static Event orderPlaced(String customer, String order, Instant at) {
    return new Event(
        "placed-" + order,
        at.toEpochMilli(),
        "order_placed",
        customer,
        Map.of("order_id", order, "customer_id", customer),
        List.of(new Line("mug", 2, 450)),
        new Money(900, "EUR"));
  }

  static Event consentGiven(String customer, Instant at) {
    return consentGiven(customer, true, at);
  }

  /** Consent to marketing by e-mail, or that there is none. */
  static Event consentGiven(String customer, boolean granted, Instant at) {
    return event(
        "consent-" + customer,
        at,
        "consent_changed",
        customer,
        Map.of("channel", "email", "purpose", "marketing", "granted", Boolean.toString(granted)));
  }

  /** A product is viewed, or wished for. */
  static Event lookedAt(String customer, String sku, boolean wished, Instant at) {
    return event(
        "looked-" + customer + "-" + at.toEpochMilli(),
        at,
        wished ? "product_added_to_wishlist" : "product_viewed",
        customer,
        Map.of("sku", sku));
  }

  static Event putIntoCart(String customer, String cart, String sku, Instant at) {
    return new Event(
        "added-" + cart,
        at.toEpochMilli(),
        "product_added",
        customer,
        Map.of("cart_id", cart, "sku", sku, "quantity", "1"),
        List.of(),
        new Money(450, "EUR"));
  }

  static Event salesQuestion(String customer, String conversation, Instant at) {
    return question(customer, conversation, "sales", at);
  }

  static Event question(String customer, String conversation, String subject, Instant at) {
    return event(
        "asked-" + conversation,
        at,
        "message_sent",
        customer,
        Map.of("conversation_id", conversation, "sender", "customer", "subject", subject));
  }

  /** An event of the topic, of a type that the topic has. */
  static Event oneOf(Topic topic, String customer, String id, Instant at) {
    return switch (topic) {
      case CLICKSTREAM -> event(id, at, "content_viewed", customer, Map.of("content_type", "blog"));
      case CHAT -> event(id, at, "conversation_resolved", customer, Map.of("conversation_id", id));
      case ORDERS -> event(id, at, "order_shipped", customer, Map.of("order_id", id));
      case CUSTOMERS -> event(id, at, "customer_updated", customer, Map.of());
      case OUTCOMES -> event(id, at, "trigger_opened", customer, Map.of("trigger_id", id));
      default -> throw new IllegalArgumentException(topic + " carries no events");
    };
  }

  private static Event event(
      String id, Instant at, String type, String customer, Map<String, String> attributes) {
    return new Event(
        id,
        at.toEpochMilli(),
        type,
        CustomerKey.of(customer, null),
        attributes,
        List.of(),
        Money.NONE);
  }
}
