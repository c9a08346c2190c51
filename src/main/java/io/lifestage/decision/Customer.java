package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.trait.Tally;
import java.util.List;
import java.util.Map;

/**
 * What is decided of a customer up to a moment. Immutable; the maps keep their order, and are
 * bounded by {@link Bounds}. Times are epoch milliseconds, 0 where it has not happened.
 *
 * @param key who
 * @param stage the stage, or null before the first
 * @param stageSince when it was entered
 * @param stageCause the event that led into it, or that the deadline counted from; null before the
 *     first
 * @param cycle the cycle, 0 before the first
 * @param cycleSince when the cycle began
 * @param firstSeenAt the first event ever
 * @param lastActivityAt the last sign of life
 * @param lastActivity the event that was it, or null
 * @param firstTouch source, medium, campaign and referrer of the first event that had any
 * @param tallies trait states by trait name
 * @param orders by order id, the oldest first
 * @param carts not yet ordered, by cart id
 * @param conversations not yet resolved, by conversation id
 * @param viewed when each product was last looked at, by sku, the oldest first
 * @param owned the order that each product was last bought with, by sku; empty where it was bought
 *     with one whose lines are forgotten, and stays the customer's
 * @param consents whether the customer agreed, by {@code channel:purpose}
 * @param attributes what the shop says of the customer
 * @param paidOrders orders paid and kept, ever
 * @param lifetimeValue minor units paid less paid back, by currency
 * @param segments since when the customer is in each segment, by its name
 * @param running journey runs under way, by the name that {@link Register} gives them
 * @param entered when a run last began, by {@link #run}
 * @param sent the triggers of marketing that caps and choices count, the oldest first
 * @param choosesAt when the best of the triggers that wait for each other is chosen; 0 where none
 *     waits
 * @param events how many events are folded in, ever: what came in and is not refused is here
 * @param prices what each product cost when it was last looked at, by sku, where that is known
 * @param rebought when what was bought more than once was bought, see {@link Rhythms}
 */
public record Customer(
    String key,
    String stage,
    long stageSince,
    Cause stageCause,
    int cycle,
    long cycleSince,
    long firstSeenAt,
    long lastActivityAt,
    Cause lastActivity,
    Map<String, String> firstTouch,
    Map<String, Tally> tallies,
    Map<String, Order> orders,
    Map<String, Cart> carts,
    Map<String, Conversation> conversations,
    Map<String, Long> viewed,
    Map<String, String> owned,
    Map<String, Boolean> consents,
    Map<String, String> attributes,
    long paidOrders,
    Map<String, Long> lifetimeValue,
    Map<String, Long> segments,
    Map<String, Instance> running,
    Map<String, Long> entered,
    List<Sent> sent,
    long choosesAt,
    long events,
    Map<String, Money> prices,
    Map<String, List<Long>> rebought) {

  /** Somebody of whom nothing is known. */
  public static Customer unknown(String key) {
    return new Customer(
        key, null, 0, null, 0, 0, 0, 0, null, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(),
        Map.of(), Map.of(), Map.of(), Map.of(), 0, Map.of(), Map.of(), Map.of(), Map.of(),
        List.of(), 0, 0, Map.of(), Map.of());
  }

  /** The name of a run: the journey and what it is about. */
  static String run(String journey, String instanceKey) {
    return journey + '|' + instanceKey;
  }
}
