package io.lifestage.lifecycle;

/** All that a condition may ask about: the event, the customer as it leaves them, the moment. */
public interface Scope {

  /** The event being decided, or null where a deadline asks. */
  Event event();

  /** The moment of the question, epoch milliseconds. */
  long now();

  /** The customer's stage, or null before the first. */
  String stage();

  /** The customer's cycle, 1 for the first; 0 before it began. */
  int cycle();

  /** A trait's value with the event counted in; 0 for one that has seen nothing. */
  double trait(String name);

  /** A trait's value as it was before the event; equal to {@link #trait} where a deadline asks. */
  double traitBefore(String name);

  /** The order that the event or the journey's run is about, as the event leaves it; or null. */
  Order order();

  /** The cart that the event or the journey's run is about, as the event leaves it; or null. */
  Cart cart();

  /** The conversation that the event or the journey's run is about; or null. */
  Conversation conversation();

  /** Whether the customer has ever bought the product and kept it. */
  boolean owns(String sku);
}
