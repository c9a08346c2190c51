package io.lifestage.ops;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Orders and money, as the events themselves say: the engine's word is not asked. */
final class Purchases {
  private final Fingerprints orders = new Fingerprints();
  private final Map<String, Integer> ordersOfKnown = new HashMap<>();
  private final Map<String, Long> paid = new TreeMap<>();
  private final Map<String, Long> givenBack = new TreeMap<>();
  private long cancellations;
  private long refunds;

  void take(Event event) {
    switch (event.type()) {
      case EventType.ORDER_PLACED -> order(event);
      case EventType.ORDER_PAID -> {
        order(event);
        add(paid, event.value());
      }
      case EventType.ORDER_CANCELLED -> {
        cancellations++;
        add(givenBack, event.value());
      }
      case EventType.ORDER_REFUNDED -> {
        refunds++;
        add(givenBack, event.value());
      }
      default -> {
        // No purchase.
      }
    }
  }

  private void order(Event event) {
    boolean first = orders.add(event.get(Attribute.ORDER_ID));
    if (first && !CustomerKey.isAnonymous(event.customer())) {
      ordersOfKnown.merge(event.customer(), 1, Integer::sum);
    }
  }

  private static void add(Map<String, Long> sums, Money amount) {
    if (!amount.equals(Money.NONE)) {
      sums.merge(amount.currency(), Math.abs(amount.minor()), Long::sum);
    }
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("orders", orders.size());
    map.put("cancellations", cancellations);
    map.put("refunds", refunds);
    map.put("buyers", ordersOfKnown.size());
    map.put("repeat_buyers", ordersOfKnown.values().stream().filter(count -> count > 1).count());
    map.put("paid_minor", paid);
    map.put("given_back_minor", givenBack);
    return map;
  }
}
