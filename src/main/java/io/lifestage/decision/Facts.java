package io.lifestage.decision;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folds an event into what is known of the customer: orders, carts, chats, views, consents. */
final class Facts {
  private static final List<String> TOUCH =
      List.of(Attribute.SOURCE, Attribute.MEDIUM, Attribute.CAMPAIGN, Attribute.REFERRER);

  /** Attributes under this prefix are what the shop says of the customer. */
  private static final String OF_CUSTOMER = "customer.";

  /** The order of which what is owned was bought with an order that is no longer known in full. */
  static final String FOR_GOOD = "";

  private Facts() {}

  static void fold(Draft draft, Event event) {
    if (EventType.isMade(event.type())) {
      // Of a product, and told to journeys: the customer has done nothing.
      return;
    }
    draft.events++;
    if (draft.firstSeenAt == 0) {
      draft.firstSeenAt = event.at();
    }
    if (draft.definitions.stages().activity().contains(event.type()) && !byStaff(event)) {
      Sightings.of(draft, event);
      draft.lastActivityAt = event.at();
      draft.lastActivity = event.cause();
    }
    if (draft.firstTouch.isEmpty()) {
      draft.firstTouch = touch(event);
    }
    draft.observe(Metrics.EVENTS, "type", event.type());
    switch (event.type()) {
      case EventType.PRODUCT_VIEWED -> look(draft, event);
      case EventType.PRODUCT_ADDED,
          EventType.PRODUCT_REMOVED,
          EventType.CART_VIEWED,
          EventType.COUPON_APPLIED ->
          cart(draft, event, null);
      case EventType.CHECKOUT_STARTED -> cart(draft, event, "started");
      case EventType.CHECKOUT_STEP_COMPLETED ->
          cart(draft, event, event.get(Attribute.CHECKOUT_STEP));
      case EventType.PAYMENT_FAILED ->
          draft.observe(Metrics.PAYMENT_FAILED, "method", event.get(Attribute.PAYMENT_METHOD));
      case EventType.CONTENT_VIEWED ->
          draft.observe(Metrics.CONTENT_READS, "content_type", event.get(Attribute.CONTENT_TYPE));
      case EventType.REFERRAL_SHARED -> draft.observe(Metrics.REFERRALS, "what", "shared");
      case EventType.REFERRAL_CONVERTED -> draft.observe(Metrics.REFERRALS, "what", "converted");
      case EventType.CONVERSATION_STARTED,
          EventType.MESSAGE_SENT,
          EventType.CONVERSATION_ASSIGNED,
          EventType.CONVERSATION_RESOLVED ->
          conversation(draft, event);
      case EventType.CONVERSATION_RATED -> rating(draft, event);
      case EventType.ORDER_PLACED,
          EventType.ORDER_PAID,
          EventType.ORDER_DELIVERED,
          EventType.ORDER_CANCELLED,
          EventType.ORDER_REFUNDED ->
          order(draft, event);
      case EventType.CONSENT_CHANGED ->
          consent(draft, event, event.says(Attribute.GRANTED, "true"));
      case EventType.TRIGGER_UNSUBSCRIBED -> consent(draft, event, false);
      case EventType.CUSTOMER_UPDATED -> customer(draft, event);
      default -> {
        // Counted by traits and journeys; no fact of its own.
      }
    }
  }

  private static boolean byStaff(Event event) {
    String sender = event.get(Attribute.SENDER);
    return sender != null && !sender.equals("customer");
  }

  private static Map<String, String> touch(Event event) {
    Map<String, String> touch = new LinkedHashMap<>();
    for (String name : TOUCH) {
      if (event.get(name) != null) {
        touch.put(name, event.get(name));
      }
    }
    return touch;
  }

  /** A product is looked at, and has a price: the event's if it says one, else the catalogue's. */
  private static void look(Draft draft, Event event) {
    String sku = event.get(Attribute.SKU);
    draft.viewed = Bounds.put(draft.viewed, sku, event.at(), Bounds.VIEWED);
    Product product = draft.catalogue.product(sku, event.at());
    Money price = event.value().minor() > 0 || product == null ? event.value() : product.price();
    draft.prices =
        price.minor() > 0
            ? Bounds.put(draft.prices, sku, price, Bounds.VIEWED)
            : Bounds.remove(draft.prices, sku);
  }

  /**
   * A cart is touched.
   *
   * @param step the step of the checkout that it has reached, or null
   */
  private static void cart(Draft draft, Event event, String step) {
    String id = event.get(Attribute.CART_ID);
    if (id == null) {
      if (step != null) {
        draft.observe(Metrics.CHECKOUT_STEP, "step", step);
      }
      return;
    }
    Cart before = draft.carts.getOrDefault(id, Cart.opened(id, event.at()));
    Cart after = before.after(event).atMost(Bounds.LINES);
    if (before.isEmpty() && !after.isEmpty()) {
      draft.observe(Metrics.CARTS_OPENED, "", "");
    }
    if (step != null && after.isNewlyCountedAs(step)) {
      draft.observe(Metrics.CHECKOUT_STEP, "step", step);
      after = after.countedAs(step);
    }
    draft.carts = Bounds.put(draft.carts, id, after, Bounds.CARTS);
  }

  private static void conversation(Draft draft, Event event) {
    String id = event.get(Attribute.CONVERSATION_ID);
    Conversation known = draft.conversations.get(id);
    Conversation before = known == null ? Conversation.started(id, event.at()) : known;
    Conversation after = before.after(event);
    if (known == null && !event.type().equals(EventType.CONVERSATION_RESOLVED)) {
      draft.observe(Metrics.CHATS_STARTED, "subject", after.subject());
    }
    if (before.answeredAt() == 0 && after.answeredAt() > 0 && before.waiting()) {
      long waited = after.answeredAt() - before.askedAt();
      draft.observe(Metrics.CHAT_RESPONSE, "subject", after.subject(), waited);
    }
    Map<String, Conversation> open = draft.conversations;
    if (!event.type().equals(EventType.CONVERSATION_RESOLVED)) {
      draft.conversations = Bounds.put(open, id, after, Bounds.CONVERSATIONS);
    } else if (known != null) {
      boolean unanswered = known.waiting() && known.answeredAt() == 0;
      String answer = unanswered ? "unanswered" : "answered";
      long took = event.at() - known.startedAt();
      draft.observe(Metrics.CHATS_RESOLVED, "answer", answer);
      draft.observe(Metrics.RESOLUTION_TIME, "subject", after.subject(), took);
      draft.conversations = Bounds.remove(open, id);
    }
    Questions.observe(draft, open);
  }

  /** A conversation is often rated once it is over; then only the event may know its subject. */
  private static void rating(Draft draft, Event event) {
    Conversation open = draft.conversations.get(event.get(Attribute.CONVERSATION_ID));
    String told = event.get(Attribute.SUBJECT);
    String subject = told == null && open != null ? open.subject() : told;
    String rating = event.get(Attribute.RATING);
    if (rating != null) {
      draft.observe(Metrics.SATISFACTION, "subject", subject, Long.parseLong(rating));
    }
  }

  private static void order(Draft draft, Event event) {
    String id = event.get(Attribute.ORDER_ID);
    Order before = draft.orders.getOrDefault(id, Order.unknown(id));
    Order after = bounded(before.after(event));
    draft.orders = Bounds.put(draft.orders, id, after, Bounds.ORDERS);
    forgetOldLines(draft);
    boolean bought = after.counts() && !before.counts();
    boolean first = draft.paidOrders == 0;
    account(draft, event, before, after);
    if (bought) {
      Sales.observe(draft, event, after, first);
    }
    Rhythms.note(draft, before, after);
    own(draft, before, after);
    Together.learn(draft, before, after);
    switch (event.type()) {
      case EventType.ORDER_PLACED -> {
        String cart = event.get(Attribute.CART_ID);
        draft.carts = cart == null ? Map.of() : Bounds.remove(draft.carts, cart);
        draft.observe(Metrics.CHECKOUT_STEP, "step", "placed");
      }
      case EventType.ORDER_PAID -> {
        if (after.counts() && !before.paid()) {
          draft.observe(Metrics.CHECKOUT_STEP, "step", "paid");
          String method = Sightings.orUnknown(event.get(Attribute.PAYMENT_METHOD));
          draft.observe(Metrics.PAYMENT_SUCCEEDED, "method", method);
        }
      }
      case EventType.ORDER_CANCELLED -> {
        if (before.cancelledAt() == 0) {
          draft.observe(Metrics.CANCELLATIONS, "", "");
        }
      }
      default -> {
        // Delivered, refunded: the money says it all.
      }
    }
  }

  /** Books what the event has changed in what the shop has of the order. */
  private static void account(Draft draft, Event event, Order before, Order after) {
    draft.paidOrders += (after.counts() ? 1 : 0) - (before.counts() ? 1 : 0);
    boolean booked = Sales.earns(after) && !Sales.earns(before);
    long change = after.kept() - before.kept();
    if (change == 0 && !booked) {
      return;
    }
    String currency = after.total().currency();
    gain(draft, -before.kept(), before.total().currency());
    gain(draft, after.kept(), currency);
    boolean comesIn = after.paid() && (booked || change > 0);
    draft
        .effects
        .observations()
        .add(
            !comesIn
                ? new Observation(
                    Metrics.REFUNDS, "currency", currency, event.at(), change < 0 ? 1 : -1, -change)
                : new Observation(
                    Metrics.REVENUE, "currency", currency, event.at(), booked ? 1 : 0, change));
  }

  private static void gain(Draft draft, long minor, String currency) {
    if (minor != 0) {
      long before = draft.lifetimeValue.getOrDefault(currency, 0L);
      draft.lifetimeValue = Bounds.put(draft.lifetimeValue, currency, before + minor, 16);
    }
  }

  private static void own(Draft draft, Order before, Order after) {
    if (after.counts() && !(before.counts() && before.lines().equals(after.lines()))) {
      if (before.counts()) {
        disown(draft, after.id());
      }
      for (Line line : after.lines()) {
        own(draft, line.sku(), after.id());
      }
    } else if (before.counts() && !after.counts()) {
      disown(draft, after.id());
    }
  }

  /** What was last bought with this order is the customer's only by another order, if any. */
  private static void disown(Draft draft, String orderId) {
    Map<String, String> kept = new LinkedHashMap<>(draft.owned);
    kept.values().removeIf(orderId::equals);
    for (Order other : draft.orders.values()) {
      if (other.counts()) {
        other.lines().forEach(line -> kept.putIfAbsent(line.sku(), other.id()));
      }
    }
    draft.owned = kept;
  }

  private static Order bounded(Order order) {
    return order.lines().size() <= Bounds.LINES
        ? order
        : withLines(order, List.copyOf(order.lines().subList(0, Bounds.LINES)));
  }

  /** What an order brought of which that is forgotten stays the customer's, whatever comes. */
  private static void forgetOldLines(Draft draft) {
    int surplus = draft.orders.size() - Bounds.ORDERS_WITH_LINES;
    for (Map.Entry<String, Order> entry : draft.orders.entrySet()) {
      if (surplus-- <= 0) {
        break;
      }
      Order order = entry.getValue();
      if (!order.lines().isEmpty()) {
        if (order.counts()) {
          order.lines().forEach(line -> own(draft, line.sku(), FOR_GOOD));
        }
        entry.setValue(withLines(order, List.of()));
      }
    }
  }

  private static void own(Draft draft, String sku, String order) {
    boolean stays = FOR_GOOD.equals(draft.owned.get(sku));
    draft.owned = Bounds.put(draft.owned, sku, stays ? FOR_GOOD : order, Bounds.OWNED);
  }

  private static Order withLines(Order order, List<Line> lines) {
    return new Order(
        order.id(),
        lines,
        order.total(),
        order.refunded(),
        order.placedAt(),
        order.paidAt(),
        order.deliveredAt(),
        order.cancelledAt());
  }

  private static void consent(Draft draft, Event event, boolean granted) {
    String channel = event.get(Attribute.CHANNEL) == null ? "email" : event.get(Attribute.CHANNEL);
    String purpose =
        event.get(Attribute.PURPOSE) == null ? "marketing" : event.get(Attribute.PURPOSE);
    draft.consents =
        Bounds.put(draft.consents, channel + ":" + purpose, granted, Bounds.ATTRIBUTES);
  }

  private static void customer(Draft draft, Event event) {
    for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
      if (attribute.getKey().startsWith(OF_CUSTOMER)) {
        draft.attributes =
            Bounds.put(
                draft.attributes,
                attribute.getKey().substring(OF_CUSTOMER.length()),
                attribute.getValue(),
                Bounds.ATTRIBUTES);
      }
    }
  }

  /** What is too old to say anything goes: carts, chats and views. */
  static void forgetTheStale(Draft draft) {
    long horizon = draft.now() - Bounds.STALE.toMillis();
    draft.carts = without(draft.carts, cart -> cart.changedAt() < horizon);
    Map<String, Conversation> open = draft.conversations;
    draft.conversations =
        without(
            open,
            chat ->
                Math.max(chat.startedAt(), Math.max(chat.askedAt(), chat.answeredAt())) < horizon);
    if (draft.conversations.size() < open.size()) {
      Questions.observe(draft, open);
    }
    Map<String, Long> viewed = draft.viewed;
    draft.viewed = without(viewed, at -> at < horizon);
    if (draft.viewed.size() < viewed.size()) {
      draft.prices = new LinkedHashMap<>(draft.prices);
      draft.prices.keySet().retainAll(draft.viewed.keySet());
    }
  }

  private static <V> Map<String, V> without(
      Map<String, V> map, java.util.function.Predicate<V> stale) {
    List<String> gone = new ArrayList<>();
    map.forEach(
        (id, value) -> {
          if (stale.test(value)) {
            gone.add(id);
          }
        });
    Map<String, V> next = map;
    for (String id : gone) {
      next = Bounds.remove(next, id);
    }
    return next;
  }
}
