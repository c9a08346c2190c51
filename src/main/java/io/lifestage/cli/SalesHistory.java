package io.lifestage.cli;

import io.lifestage.importer.EventSink;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.offer.Basket;
import io.lifestage.offer.Sale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The orders of an import, in the order of their times, and which of them were cancelled. */
final class SalesHistory implements EventSink {
  private final List<Sale> sales = new ArrayList<>();
  private final Map<String, Basket> orders = new HashMap<>();
  private long unknown;

  @Override
  public void send(Event event) {
    String order = event.get(Attribute.ORDER_ID);
    switch (event.type()) {
      case EventType.ORDER_PLACED, EventType.ORDER_PAID -> buy(order, event);
      case EventType.ORDER_CANCELLED -> cancel(order, event);
      default -> {}
    }
  }

  private void buy(String order, Event event) {
    if (order == null || event.lines().isEmpty() || orders.containsKey(order)) {
      return;
    }
    Basket basket = Basket.ordered(event.at(), event.lines().stream().map(Line::sku).toList());
    orders.put(order, basket);
    sales.add(Sale.of(basket));
  }

  private void cancel(String order, Event event) {
    Basket basket = order == null ? null : orders.get(order);
    if (basket == null) {
      unknown++;
    } else {
      sales.add(new Sale(event.at(), basket, true));
      orders.put(order, Basket.ordered(event.at(), List.of()));
    }
  }

  /** In the order of times. */
  List<Sale> sales() {
    return sales;
  }

  /** Cancellations of orders that the file does not have. */
  long unknown() {
    return unknown;
  }
}
