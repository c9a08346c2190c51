package io.lifestage.decision;

import io.lifestage.lifecycle.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the picture that every department sees from what is stored. */
final class Profiles {
  private Profiles() {}

  static Profile of(CustomerRecord record, Definitions definitions) {
    Customer customer = record.current();
    long at = record.changedAt();
    Map<String, Double> traits = new TreeMap<>();
    for (String name : definitions.traits().byName().keySet()) {
      traits.put(
          name, definitions.traits().value(customer.tallies(), name, at, customer.cycleSince()));
    }
    List<Order> orders = new ArrayList<>(customer.orders().values());
    Collections.reverse(orders);
    return new Profile(
        customer.key(),
        at,
        customer.stage(),
        customer.cycle(),
        customer.stageSince(),
        customer.firstSeenAt(),
        customer.lastActivityAt(),
        customer.firstTouch(),
        traits,
        List.copyOf(customer.carts().values()),
        List.copyOf(customer.conversations().values()),
        orders,
        customer.paidOrders(),
        customer.lifetimeValue(),
        customer.consents(),
        customer.attributes(),
        List.copyOf(customer.running().values()));
  }
}
