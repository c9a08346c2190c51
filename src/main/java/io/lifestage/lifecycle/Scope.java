package io.lifestage.lifecycle;

import java.util.List;
import java.util.Map;

/** All that a condition may ask about: the event, the customer as it leaves them, the moment. */
public interface Scope {

  /** The event being decided, or null where a deadline asks. */
  Event event();

  /** The moment of the question, epoch milliseconds. */
  long now();

  /** Whom it is about. */
  String customer();

  /** The customer's stage, or null before the first. */
  String stage();

  /** When the stage was entered, epoch milliseconds; 0 before the first. */
  long stageSince();

  /** The customer's cycle, 1 for the first; 0 before it began. */
  int cycle();

  /** When the customer was first seen, epoch milliseconds; 0 for never. */
  long firstSeenAt();

  /** The customer's last sign of life, epoch milliseconds; 0 for never. */
  long lastActivityAt();

  /** Source, medium, campaign and referrer of the first event that had any. */
  Map<String, String> firstTouch();

  /**
   * A trait with the event counted in: a {@link Long}, a {@link Double}, a {@link String}, a {@link
   * Boolean}, an {@link java.time.Instant} or a {@link java.time.Duration}, as the trait's type
   * says; zero, empty, 1970 for one that has seen nothing.
   */
  Object trait(String name);

  /** A trait as it was before the event; equal to {@link #trait} where a deadline asks. */
  Object traitBefore(String name);

  /** A trait that is a number. */
  default double number(String trait) {
    return trait(trait) instanceof Number number ? number.doubleValue() : 0;
  }

  /** A trait that is a number, as it was before the event. */
  default double numberBefore(String trait) {
    return traitBefore(trait) instanceof Number number ? number.doubleValue() : 0;
  }

  /** Whether the customer is in a segment. */
  boolean in(String segment);

  /** What the shop says of the customer, by name. */
  Map<String, String> attributes();

  /** Whether the customer agreed, by {@code channel:purpose}; absent where nobody asked. */
  Map<String, Boolean> consents();

  /** The products the customer bought and kept, with the order of each, by sku. */
  Map<String, String> owned();

  /**
   * The products that the customer bought on more than one day, and kept: those are bought again by
   * nature, as far as this customer goes.
   */
  List<String> boughtAgain();

  /**
   * When a product is due, by the customer's own rhythm of buying it, epoch milliseconds; 0 where
   * they have none.
   *
   * @param sku may be null
   */
  long due(String sku);

  /** When each product was last looked at, by sku. */
  Map<String, Long> viewed();

  /** Orders paid and kept, ever. */
  long paidOrders();

  /** Minor units paid less paid back, by currency. */
  Map<String, Long> lifetimeValue();

  /** The orders remembered, by id. */
  Map<String, Order> orders();

  /** The carts that have not become orders, by id. */
  Map<String, Cart> carts();

  /** The conversations not resolved, by id. */
  Map<String, Conversation> conversations();

  /** The products as they were. */
  Catalogue catalogue();

  /** The order that the event or the journey's run is about, as the event leaves it; or null. */
  Order order();

  /** The cart that the event or the journey's run is about, as the event leaves it; or null. */
  Cart cart();

  /** The conversation that the event or the journey's run is about; or null. */
  Conversation conversation();

  /**
   * What the journey's run remembers of the event that started it, by attribute; empty where no run
   * asks.
   */
  Map<String, String> run();

  /** Whether the customer has bought the product and kept it. */
  default boolean owns(String sku) {
    return owned().containsKey(sku);
  }

  /** Whether the customer buys the product again and again: what they own of it says little. */
  default boolean buysAgain(String sku) {
    return boughtAgain().contains(sku);
  }
}
