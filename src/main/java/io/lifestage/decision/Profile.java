package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Order;
import java.util.List;
import java.util.Map;

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
 * @param traits every trait by name, as of {@code at}: a rolling one decays without a new profile
 * @param openCarts carts that have not become orders
 * @param openConversations chats that are not resolved
 * @param orders the latest orders, the latest first
 * @param paidOrders how many orders were paid and kept, ever
 * @param lifetimeValue minor units paid less paid back, by currency
 * @param consents whether the customer agreed, by {@code channel:purpose}
 * @param attributes what the shop says of the customer (e-mail, locale, …)
 * @param journeys runs under way
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
    Map<String, Double> traits,
    List<Cart> openCarts,
    List<Conversation> openConversations,
    List<Order> orders,
    long paidOrders,
    Map<String, Long> lifetimeValue,
    Map<String, Boolean> consents,
    Map<String, String> attributes,
    List<Instance> journeys) {}
