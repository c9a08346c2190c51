package io.lifestage.journey;

import io.lifestage.lifecycle.Event;

/** What one run of a journey is about. */
public sealed interface InstanceKey {

  /**
   * One run per value of an event attribute: a cart, an order, a conversation, a product.
   *
   * @param attribute the attribute; an event without it starts no run
   */
  record ByAttribute(String attribute) implements InstanceKey {}

  /** One run per cycle of the customer. */
  record PerCycle() implements InstanceKey {}

  /** One run per customer. */
  record PerCustomer() implements InstanceKey {}

  /**
   * The key of the run that an event starts or speaks of.
   *
   * @param event the event, or null where a deadline moved the customer
   * @param cycle the customer's cycle
   * @return the key, or null where the event names none
   */
  default String of(Event event, int cycle) {
    if (this instanceof ByAttribute by) {
      return event == null ? null : event.get(by.attribute());
    }
    return this instanceof PerCycle ? "cycle-" + cycle : "customer";
  }
}
