package io.lifestage.decision;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;

/** What a purchase tells the metrics. */
final class Sales {
  private Sales() {}

  /** The customer has bought, with the order booked already. */
  static void observe(Draft draft, Event event, Order order, boolean first) {
    draft.observeCustomer(Metrics.BUYERS, "", "");
    draft.observe(Metrics.ORDERS_PAID, "order", first ? "first" : "repeat");
    draft.observe(
        Metrics.ORDERS_PAID, "source", Sightings.orUnknown(draft.firstTouch.get(Attribute.SOURCE)));
    Sightings.observeIfSaid(draft, Metrics.ORDERS_PAID, "country", event.get(Attribute.COUNTRY));
    if (first) {
      long took = event.at() - draft.firstSeenAt;
      draft.observe(Metrics.TIME_TO_FIRST_ORDER, "", "", took);
    }
    long last = 0;
    for (Order other : draft.orders.values()) {
      if (other.counts() && !other.id().equals(order.id())) {
        last = Math.max(last, other.paidAt());
      }
    }
    if (last > 0) {
      draft.observe(Metrics.TIME_BETWEEN_ORDERS, "", "", event.at() - last);
    }
    for (Line line : order.lines()) {
      Product product = draft.catalogue.product(line.sku(), event.at());
      boolean known = product != null && !product.category().isEmpty();
      String category = known ? product.category() : Sightings.UNKNOWN;
      draft
          .effects
          .observations()
          .add(
              new Observation(
                  Metrics.UNITS_SOLD, "category", category, event.at(), line.quantity(), 0));
    }
    String currency = order.total().currency();
    if (earns(order)) {
      long worth = draft.lifetimeValue.getOrDefault(currency, 0L);
      draft.observe(Metrics.ORDER_VALUE, "currency", currency, order.total().minor());
      draft.observe(Metrics.LIFETIME_VALUE, "currency", currency, worth);
    }
  }

  /** Whether the order is revenue: a purchase of which the price is known. */
  static boolean earns(Order order) {
    return order.counts() && !order.total().equals(Money.NONE);
  }
}
