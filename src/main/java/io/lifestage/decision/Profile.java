package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.journey.Journey;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole picture of a customer, the same for every department. Times are epoch milliseconds.
 *
 * @param customer who
 * @param at when it was so: the last event or deadline that changed it
 * @param stage the stage, or null for a customer without one
 * @param cycle the cycle, 1 for the first
 * @param stageSince when the stage was entered
 * @param firstSeenAt the first event ever
 * @param lastActivityAt the last sign of life
 * @param firstTouch source, medium, campaign and referrer of the first event that had any
 * @param traits every trait by name, as of {@code at}, of the type that its measure says: a rolling
 *     one decays without a new profile
 * @param segments the segments that the customer is in, by name
 * @param openCarts carts that have not become orders
 * @param openConversations chats that are not resolved
 * @param orders the latest orders, the latest first
 * @param paidOrders how many orders were paid and kept, ever
 * @param lifetimeValue minor units paid less paid back, by currency
 * @param consents whether the customer agreed, by {@code channel:purpose}
 * @param attributes what the shop says of the customer (e-mail, locale, …)
 * @param journeys runs under way
 * @param events how many events all of this rests on
 */
public record Profile(
    String customer,
    long at,
    String stage,
    int cycle,
    long stageSince,
    long firstSeenAt,
    long lastActivityAt,
    Map<String, String> firstTouch,
    Map<String, Object> traits,
    List<String> segments,
    List<Cart> openCarts,
    List<Conversation> openConversations,
    List<Order> orders,
    long paidOrders,
    Map<String, Long> lifetimeValue,
    Map<String, Boolean> consents,
    Map<String, String> attributes,
    List<Run> journeys,
    long events) {

  /**
   * A run under way.
   *
   * @param instance the run
   * @param step the name of the step in which it waits; empty where its definition is gone
   */
  public record Run(Instance instance, String step) {}

  private static String stepOf(Instance run, Definitions definitions) {
    Journey journey = definitions.journey(run);
    return journey == null ? "" : journey.nameOfStep(run.step());
  }

  /** The picture of a customer as the last event or deadline has left it. */
  public static Profile of(CustomerRecord record, Definitions definitions) {
    Customer customer = record.current();
    long at = record.changedAt();
    Draft scope =
        new Draft(customer, new Draft.Source(definitions, Catalogue.EMPTY, Policy.DEFAULT));
    scope.turnToDeadline(at);
    Map<String, Object> traits = new TreeMap<>();
    for (String name : definitions.traits().byName().keySet()) {
      traits.put(name, scope.trait(name));
    }
    List<Order> latestFirst = new ArrayList<>(customer.orders().values());
    Collections.reverse(latestFirst);
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
        customer.segments().keySet().stream().sorted().toList(),
        List.copyOf(customer.carts().values()),
        List.copyOf(customer.conversations().values()),
        latestFirst,
        customer.paidOrders(),
        customer.lifetimeValue(),
        customer.consents(),
        customer.attributes(),
        customer.running().values().stream()
            .filter(run -> run.step() >= 0)
            .map(run -> new Run(run, stepOf(run, definitions)))
            .toList(),
        customer.events());
  }
}
