package io.lifestage.decision;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.RollingMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Folds an event into what is known of the customer: orders, carts, chats, views, consents. */
final class Facts {
  private static final List<String> TOUCH =
      List.of(Attribute.SOURCE, Attribute.MEDIUM, Attribute.CAMPAIGN, Attribute.REFERRER);

  /** Attributes under this prefix are what the shop says of the customer. */
  private static final String OF_CUSTOMER = "customer.";

  /** By these a customer does more than look around. */
  private static final Set<String> ENGAGING =
      Set.of(
          EventType.PRODUCTS_SEARCHED,
          EventType.PRODUCT_VIEWED,
          EventType.CONTENT_VIEWED,
          EventType.CONVERSATION_STARTED,
          EventType.MESSAGE_SENT,
          EventType.PRODUCT_ADDED,
          EventType.PRODUCT_ADDED_TO_WISHLIST,
          EventType.PRODUCT_REVIEWED);

  /** Media that are paid for, as in the default channel groups of Google Analytics 4. */
  private static final Pattern PAID_MEDIUM =
      Pattern.compile(".*cp.*|ppc|retargeting|paid.*", Pattern.CASE_INSENSITIVE);

  /** The label where nobody says. */
  private static final String UNKNOWN = "unknown";

  private Facts() {}

  static void fold(Draft draft, Event event) {
    draft.events++;
    if (draft.firstSeenAt == 0) {
      draft.firstSeenAt = event.at();
    }
    if (draft.definitions.stages().activity().contains(event.type()) && !byStaff(event)) {
      observePresence(draft, event);
      draft.lastActivityAt = event.at();
      draft.lastActivity = event.cause();
    }
    if (draft.firstTouch.isEmpty()) {
      draft.firstTouch = touch(event);
    }
    observe(draft, event, Metrics.EVENTS, "type", event.type());
    switch (event.type()) {
      case EventType.PRODUCT_VIEWED ->
          draft.viewed =
              Bounds.put(draft.viewed, event.get(Attribute.SKU), event.at(), Bounds.VIEWED);
      case EventType.PRODUCT_ADDED,
          EventType.PRODUCT_REMOVED,
          EventType.CART_VIEWED,
          EventType.COUPON_APPLIED ->
          cart(draft, event);
      case EventType.CHECKOUT_STARTED -> {
        cart(draft, event);
        observe(draft, event, Metrics.CHECKOUT_STEP, "step", "started");
      }
      case EventType.CHECKOUT_STEP_COMPLETED -> {
        cart(draft, event);
        observe(draft, event, Metrics.CHECKOUT_STEP, "step", event.get(Attribute.CHECKOUT_STEP));
      }
      case EventType.PAYMENT_FAILED ->
          observe(
              draft, event, Metrics.PAYMENT_FAILED, "method", event.get(Attribute.PAYMENT_METHOD));
      case EventType.CONTENT_VIEWED ->
          observe(
              draft,
              event,
              Metrics.CONTENT_READS,
              "content_type",
              event.get(Attribute.CONTENT_TYPE));
      case EventType.REFERRAL_SHARED -> observe(draft, event, Metrics.REFERRALS, "what", "shared");
      case EventType.REFERRAL_CONVERTED ->
          observe(draft, event, Metrics.REFERRALS, "what", "converted");
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

  /** Who was there, and what brought them; the customer's last sign of life is the one before. */
  private static void observePresence(Draft draft, Event event) {
    String source = event.get(Attribute.SOURCE);
    String campaign = event.get(Attribute.CAMPAIGN);
    if (draft.lastActivityAt == 0) {
      String medium = event.get(Attribute.MEDIUM);
      boolean paid = medium != null && PAID_MEDIUM.matcher(medium).matches();
      observe(draft, event, Metrics.NEW_VISITORS, "source", orUnknown(source));
      observe(draft, event, Metrics.NEW_VISITORS, "touch", paid ? "paid" : "unpaid");
      observeIfSaid(draft, event, Metrics.NEW_VISITORS, "campaign", campaign);
      observeIfSaid(draft, event, Metrics.NEW_VISITORS, "country", event.get(Attribute.COUNTRY));
    }
    // Once for each pane is enough to be told apart in it.
    if (RollingMetric.finestPane(draft.lastActivityAt) != RollingMetric.finestPane(event.at())) {
      meet(draft, event, Metrics.ACTIVE_CUSTOMERS, "", "");
    }
    if (source != null) {
      meet(draft, event, Metrics.REACH, "source", source);
    }
    if (campaign != null) {
      meet(draft, event, Metrics.REACH, "campaign", campaign);
    }
    if (ENGAGING.contains(event.type())) {
      meet(draft, event, Metrics.ENGAGED_CUSTOMERS, "", "");
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

  private static void cart(Draft draft, Event event) {
    String id = event.get(Attribute.CART_ID);
    if (id == null) {
      return;
    }
    Cart before = draft.carts.getOrDefault(id, Cart.opened(id, event.at()));
    Cart after = before.after(event).atMost(Bounds.LINES);
    if (before.isEmpty() && !after.isEmpty()) {
      observe(draft, event, Metrics.CARTS_OPENED, "", "");
    }
    draft.carts = Bounds.put(draft.carts, id, after, Bounds.CARTS);
  }

  private static void conversation(Draft draft, Event event) {
    String id = event.get(Attribute.CONVERSATION_ID);
    Conversation known = draft.conversations.get(id);
    Conversation before = known == null ? Conversation.started(id, event.at()) : known;
    Conversation after = before.after(event);
    if (known == null && !event.type().equals(EventType.CONVERSATION_RESOLVED)) {
      observe(draft, event, Metrics.CHATS_STARTED, "subject", after.subject());
    }
    if (before.answeredAt() == 0 && after.answeredAt() > 0 && before.waiting()) {
      long waited = after.answeredAt() - before.askedAt();
      observe(draft, event, Metrics.CHAT_RESPONSE, "subject", after.subject(), waited);
    }
    Map<String, Conversation> open = draft.conversations;
    if (!event.type().equals(EventType.CONVERSATION_RESOLVED)) {
      draft.conversations = Bounds.put(open, id, after, Bounds.CONVERSATIONS);
    } else if (known != null) {
      boolean unanswered = known.waiting() && known.answeredAt() == 0;
      String answer = unanswered ? "unanswered" : "answered";
      long took = event.at() - known.startedAt();
      observe(draft, event, Metrics.CHATS_RESOLVED, "answer", answer);
      observe(draft, event, Metrics.RESOLUTION_TIME, "subject", after.subject(), took);
      draft.conversations = Bounds.remove(open, id);
    }
    observeWaiting(draft, open);
  }

  /** Who waits for a person now, and who did before; also of conversations that are forgotten. */
  private static void observeWaiting(Draft draft, Map<String, Conversation> before) {
    for (Conversation chat : before.values()) {
      if (chat.waiting() && !waitsAlike(chat, draft.conversations.get(chat.id()))) {
        draft.effects.observations().add(waiting(draft, chat).withdrawn());
      }
    }
    for (Conversation chat : draft.conversations.values()) {
      if (chat.waiting() && !waitsAlike(chat, before.get(chat.id()))) {
        draft.effects.observations().add(waiting(draft, chat));
      }
    }
  }

  private static boolean waitsAlike(Conversation chat, Conversation other) {
    return other != null && other.waiting() && other.subject().equals(chat.subject());
  }

  private static Observation waiting(Draft draft, Conversation chat) {
    return Observation.one(Metrics.QUESTIONS_WAITING, "subject", chat.subject(), draft.now());
  }

  /** A conversation is often rated once it is over; then only the event may know its subject. */
  private static void rating(Draft draft, Event event) {
    Conversation open = draft.conversations.get(event.get(Attribute.CONVERSATION_ID));
    String told = event.get(Attribute.SUBJECT);
    String subject = told == null && open != null ? open.subject() : told;
    String rating = event.get(Attribute.RATING);
    if (rating != null) {
      observe(draft, event, Metrics.SATISFACTION, "subject", subject, Long.parseLong(rating));
    }
  }

  private static void order(Draft draft, Event event) {
    String id = event.get(Attribute.ORDER_ID);
    Order before = draft.orders.getOrDefault(id, Order.unknown(id));
    Order after = bounded(before.after(event));
    draft.orders = withoutOldLines(Bounds.put(draft.orders, id, after, Bounds.ORDERS));
    boolean bought = after.counts() && !before.counts();
    boolean first = draft.paidOrders == 0;
    account(draft, event, before, after);
    if (bought) {
      observePurchase(draft, event, after, first);
    }
    own(draft, before, after);
    switch (event.type()) {
      case EventType.ORDER_PLACED -> {
        String cart = event.get(Attribute.CART_ID);
        draft.carts = cart == null ? Map.of() : Bounds.remove(draft.carts, cart);
        observe(draft, event, Metrics.CHECKOUT_STEP, "step", "placed");
      }
      case EventType.ORDER_PAID -> {
        if (after.counts() && !before.paid()) {
          observe(draft, event, Metrics.CHECKOUT_STEP, "step", "paid");
          String method = orUnknown(event.get(Attribute.PAYMENT_METHOD));
          observe(draft, event, Metrics.PAYMENT_SUCCEEDED, "method", method);
        }
      }
      case EventType.ORDER_CANCELLED -> {
        if (before.cancelledAt() == 0) {
          observe(draft, event, Metrics.CANCELLATIONS, "", "");
        }
      }
      default -> {
        // Delivered, refunded: the money says it all.
      }
    }
  }

  /** The customer has bought, with the order booked already. */
  private static void observePurchase(Draft draft, Event event, Order order, boolean first) {
    meet(draft, event, Metrics.BUYERS, "", "");
    observe(draft, event, Metrics.ORDERS_PAID, "order", first ? "first" : "repeat");
    observe(
        draft,
        event,
        Metrics.ORDERS_PAID,
        "source",
        orUnknown(draft.firstTouch.get(Attribute.SOURCE)));
    observeIfSaid(draft, event, Metrics.ORDERS_PAID, "country", event.get(Attribute.COUNTRY));
    if (first) {
      long took = event.at() - draft.firstSeenAt;
      observe(draft, event, Metrics.TIME_TO_FIRST_ORDER, "", "", took);
    }
    long last = 0;
    for (Order other : draft.orders.values()) {
      if (other.counts() && !other.id().equals(order.id())) {
        last = Math.max(last, other.paidAt());
      }
    }
    if (last > 0) {
      observe(draft, event, Metrics.TIME_BETWEEN_ORDERS, "", "", event.at() - last);
    }
    String currency = order.total().currency();
    if (earns(order)) {
      long worth = draft.lifetimeValue.getOrDefault(currency, 0L);
      observe(draft, event, Metrics.ORDER_VALUE, "currency", currency, order.total().minor());
      observe(draft, event, Metrics.LIFETIME_VALUE, "currency", currency, worth);
    }
  }

  /** Books what the event has changed in what the shop has of the order. */
  private static void account(Draft draft, Event event, Order before, Order after) {
    draft.paidOrders += (after.counts() ? 1 : 0) - (before.counts() ? 1 : 0);
    boolean booked = earns(after) && !earns(before);
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

  /** Whether the order is revenue: a purchase of which the price is known. */
  private static boolean earns(Order order) {
    return order.counts() && !order.total().equals(Money.NONE);
  }

  private static void gain(Draft draft, long minor, String currency) {
    if (minor != 0) {
      long before = draft.lifetimeValue.getOrDefault(currency, 0L);
      draft.lifetimeValue = Bounds.put(draft.lifetimeValue, currency, before + minor, 16);
    }
  }

  private static void own(Draft draft, Order before, Order after) {
    if (after.counts() && !(before.counts() && before.lines().equals(after.lines()))) {
      for (Line line : after.lines()) {
        draft.owned = Bounds.put(draft.owned, line.sku(), after.id(), Bounds.OWNED);
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

  private static Map<String, Order> withoutOldLines(Map<String, Order> orders) {
    int surplus = orders.size() - Bounds.ORDERS_WITH_LINES;
    if (surplus <= 0) {
      return orders;
    }
    for (Map.Entry<String, Order> entry : orders.entrySet()) {
      if (surplus-- <= 0) {
        break;
      }
      if (!entry.getValue().lines().isEmpty()) {
        entry.setValue(withLines(entry.getValue(), List.of()));
      }
    }
    return orders;
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
      observeWaiting(draft, open);
    }
    draft.viewed = without(draft.viewed, at -> at < horizon);
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

  private static String orUnknown(String label) {
    return label == null ? UNKNOWN : label;
  }

  private static void observe(
      Draft draft, Event event, String metric, String dimension, String label) {
    observe(draft, event, metric, dimension, label, 0);
  }

  private static void observeIfSaid(
      Draft draft, Event event, String metric, String dimension, String label) {
    if (label != null) {
      observe(draft, event, metric, dimension, label, 0);
    }
  }

  private static void observe(
      Draft draft, Event event, String metric, String dimension, String label, long quantity) {
    String value = label == null ? "" : label;
    draft
        .effects
        .observations()
        .add(Observation.of(metric, dimension, value, event.at(), quantity));
  }

  /** The customer was there, and is told apart from others. */
  private static void meet(
      Draft draft, Event event, String metric, String dimension, String label) {
    draft
        .effects
        .observations()
        .add(Observation.of(metric, dimension, label, event.at(), draft.key));
  }
}
