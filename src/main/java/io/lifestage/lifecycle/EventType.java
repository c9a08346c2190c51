package io.lifestage.lifecycle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The vocabulary of events: for each topic its types, and for each type what it cannot do without.
 * Names are the Segment e-commerce specification's and GA4's in snake case, where those have one.
 */
public final class EventType {
  public static final String PAGE_VIEWED = "page_viewed";
  public static final String PRODUCTS_SEARCHED = "products_searched";
  public static final String PRODUCT_VIEWED = "product_viewed";
  public static final String CONTENT_VIEWED = "content_viewed";
  public static final String CAMPAIGN_CLICKED = "campaign_clicked";
  public static final String SIGNED_UP = "signed_up";
  public static final String LOGGED_IN = "logged_in";
  public static final String PRODUCT_ADDED = "product_added";
  public static final String PRODUCT_REMOVED = "product_removed";
  public static final String CART_VIEWED = "cart_viewed";
  public static final String CHECKOUT_STARTED = "checkout_started";
  public static final String CHECKOUT_STEP_COMPLETED = "checkout_step_completed";
  public static final String PAYMENT_FAILED = "payment_failed";
  public static final String COUPON_APPLIED = "coupon_applied";
  public static final String PRODUCT_ADDED_TO_WISHLIST = "product_added_to_wishlist";
  public static final String PRODUCT_REVIEWED = "product_reviewed";
  public static final String REFERRAL_SHARED = "referral_shared";

  public static final String CONVERSATION_STARTED = "conversation_started";
  public static final String MESSAGE_SENT = "message_sent";
  public static final String CONVERSATION_ASSIGNED = "conversation_assigned";
  public static final String CONVERSATION_RESOLVED = "conversation_resolved";
  public static final String CONVERSATION_RATED = "conversation_rated";

  public static final String ORDER_PLACED = "order_placed";
  public static final String ORDER_PAID = "order_paid";
  public static final String ORDER_SHIPPED = "order_shipped";
  public static final String ORDER_DELIVERED = "order_delivered";
  public static final String ORDER_CANCELLED = "order_cancelled";
  public static final String ORDER_REFUNDED = "order_refunded";

  public static final String IDENTITY_LINKED = "identity_linked";
  public static final String CUSTOMER_UPDATED = "customer_updated";
  public static final String CONSENT_CHANGED = "consent_changed";
  public static final String ERASURE_REQUESTED = "erasure_requested";

  /** A friend whom this customer referred has bought; sent by the referral programme. */
  public static final String REFERRAL_CONVERTED = "referral_converted";

  public static final String TRIGGER_SENT = "trigger_sent";
  public static final String TRIGGER_DELIVERED = "trigger_delivered";
  public static final String TRIGGER_BOUNCED = "trigger_bounced";
  public static final String TRIGGER_OPENED = "trigger_opened";
  public static final String TRIGGER_CLICKED = "trigger_clicked";
  public static final String TRIGGER_CONVERTED = "trigger_converted";
  public static final String TRIGGER_UNSUBSCRIBED = "trigger_unsubscribed";

  /** A product that this customer watches costs less. Made by the job, as are the next two. */
  public static final String PRICE_DROPPED = "price_dropped";

  /** A product that this customer watches can be bought again. */
  public static final String BACK_IN_STOCK = "back_in_stock";

  /** A product is new in a category that this customer is interested in. */
  public static final String NEW_ARRIVAL = "new_arrival";

  /**
   * What stands for a topic where events are made by the job: it is none, and nobody can send them.
   */
  public static final String MADE = "lifestage";

  /** Required attributes by type, by topic (without a prefix). */
  private static final Map<String, Map<String, Set<String>>> TOPICS =
      Map.of(
          "clickstream",
          types(
              type(PAGE_VIEWED),
              type(PRODUCTS_SEARCHED),
              type(PRODUCT_VIEWED, Attribute.SKU),
              type(CONTENT_VIEWED, Attribute.CONTENT_TYPE),
              type(CAMPAIGN_CLICKED, Attribute.CAMPAIGN),
              type(SIGNED_UP, Attribute.CUSTOMER_ID),
              type(LOGGED_IN, Attribute.CUSTOMER_ID),
              type(PRODUCT_ADDED, Attribute.CART_ID, Attribute.SKU),
              type(PRODUCT_REMOVED, Attribute.CART_ID, Attribute.SKU),
              type(CART_VIEWED, Attribute.CART_ID),
              type(CHECKOUT_STARTED, Attribute.CART_ID),
              type(CHECKOUT_STEP_COMPLETED, Attribute.CART_ID, Attribute.CHECKOUT_STEP),
              type(PAYMENT_FAILED, Attribute.PAYMENT_METHOD),
              type(COUPON_APPLIED, Attribute.COUPON),
              type(PRODUCT_ADDED_TO_WISHLIST, Attribute.SKU),
              type(PRODUCT_REVIEWED, Attribute.SKU),
              type(REFERRAL_SHARED)),
          "chat",
          types(
              type(CONVERSATION_STARTED, Attribute.CONVERSATION_ID),
              type(MESSAGE_SENT, Attribute.CONVERSATION_ID, Attribute.SENDER),
              type(CONVERSATION_ASSIGNED, Attribute.CONVERSATION_ID),
              type(CONVERSATION_RESOLVED, Attribute.CONVERSATION_ID),
              type(CONVERSATION_RATED, Attribute.CONVERSATION_ID, Attribute.RATING)),
          "orders",
          types(
              type(ORDER_PLACED, Attribute.ORDER_ID),
              type(ORDER_PAID, Attribute.ORDER_ID),
              type(ORDER_SHIPPED, Attribute.ORDER_ID),
              type(ORDER_DELIVERED, Attribute.ORDER_ID),
              type(ORDER_CANCELLED, Attribute.ORDER_ID),
              type(ORDER_REFUNDED, Attribute.ORDER_ID)),
          "customers",
          types(
              type(IDENTITY_LINKED, Attribute.CUSTOMER_ID, Attribute.ANONYMOUS_ID),
              type(CUSTOMER_UPDATED),
              type(CONSENT_CHANGED, Attribute.CHANNEL, Attribute.PURPOSE, Attribute.GRANTED),
              type(ERASURE_REQUESTED),
              type(REFERRAL_CONVERTED)),
          "outcomes",
          types(
              type(TRIGGER_SENT, Attribute.TRIGGER_ID),
              type(TRIGGER_DELIVERED, Attribute.TRIGGER_ID),
              type(TRIGGER_BOUNCED, Attribute.TRIGGER_ID),
              type(TRIGGER_OPENED, Attribute.TRIGGER_ID),
              type(TRIGGER_CLICKED, Attribute.TRIGGER_ID),
              type(TRIGGER_CONVERTED, Attribute.TRIGGER_ID),
              type(TRIGGER_UNSUBSCRIBED, Attribute.TRIGGER_ID)));

  /** Of what the job makes itself. */
  private static final Map<String, Set<String>> MADE_TYPES =
      types(
          type(PRICE_DROPPED, Attribute.SKU),
          type(BACK_IN_STOCK, Attribute.SKU),
          type(NEW_ARRIVAL, Attribute.SKU));

  private EventType() {}

  /**
   * Whether the job makes events of this type. They tell a customer's journeys of something that
   * happened to a product: no fact about the customer, and no sign of life.
   */
  public static boolean isMade(String type) {
    return MADE_TYPES.containsKey(type);
  }

  /** The topics that carry events, without a prefix. */
  public static Set<String> topics() {
    return TOPICS.keySet();
  }

  /** The types a topic may carry; empty for a topic without events. */
  public static Set<String> of(String topic) {
    return TOPICS.getOrDefault(topic, Map.of()).keySet();
  }

  /** The topic that carries a type, or null for a type nobody knows. */
  public static String topicOf(String type) {
    return TOPICS.entrySet().stream()
        .filter(topic -> topic.getValue().containsKey(type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** The topic that carries a type, or {@link #MADE}; null for a type nobody knows. */
  public static String sourceOf(String type) {
    return isMade(type) ? MADE : topicOf(type);
  }

  /** The attributes without which an event of this type says nothing usable. */
  public static Set<String> required(String topic, String type) {
    if (topic.equals(MADE)) {
      return MADE_TYPES.getOrDefault(type, Set.of());
    }
    return TOPICS.getOrDefault(topic, Map.of()).getOrDefault(type, Set.of());
  }

  private static final List<String> WHO = List.of(Attribute.CUSTOMER_ID, Attribute.ANONYMOUS_ID);

  private static final List<String> WHENCE =
      List.of(
          Attribute.SESSION_ID,
          Attribute.SOURCE,
          Attribute.MEDIUM,
          Attribute.CAMPAIGN,
          Attribute.REFERRER,
          Attribute.DEVICE,
          Attribute.COUNTRY);

  /** What events may say beside that, by topic. */
  private static final Map<String, List<String>> ATTRIBUTES =
      Map.of(
          "clickstream",
          List.of(
              Attribute.PAGE,
              Attribute.QUERY,
              Attribute.SKU,
              Attribute.CATEGORY,
              Attribute.QUANTITY,
              Attribute.CONTENT_ID,
              Attribute.CONTENT_TYPE,
              Attribute.CART_ID,
              Attribute.CHECKOUT_STEP,
              Attribute.PAYMENT_METHOD,
              Attribute.FAILURE_REASON,
              Attribute.COUPON,
              Attribute.REFERRAL_CODE,
              Attribute.RATING),
          "chat",
          List.of(
              Attribute.CONVERSATION_ID,
              Attribute.SENDER,
              Attribute.SUBJECT,
              Attribute.AGENT_ID,
              Attribute.TEXT,
              Attribute.RATING,
              Attribute.PAGE,
              Attribute.SKU),
          "orders",
          List.of(
              Attribute.ORDER_ID,
              Attribute.CART_ID,
              Attribute.PAYMENT_METHOD,
              Attribute.COUPON,
              Attribute.REFERRAL_CODE,
              Attribute.REASON),
          "customers",
          List.of(
              Attribute.CHANNEL,
              Attribute.PURPOSE,
              Attribute.GRANTED,
              Attribute.REFERRAL_CODE,
              Attribute.ORDER_ID,
              Attribute.REASON),
          "outcomes",
          List.of(Attribute.TRIGGER_ID, Attribute.CHANNEL, Attribute.REASON, Attribute.ORDER_ID),
          MADE,
          List.of(Attribute.SKU, Attribute.CATEGORY, Attribute.PRICE_BEFORE));

  /** Every type there is, also what the job makes. */
  public static Set<String> all() {
    return Stream.concat(TOPICS.values().stream(), Stream.of(MADE_TYPES))
        .flatMap(types -> types.keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The attributes that events of a topic may have, without what the shop says of customers. */
  public static Set<String> attributes(String topic) {
    Set<String> names = new TreeSet<>(WHO);
    names.addAll(ATTRIBUTES.getOrDefault(topic, List.of()));
    if (!topic.equals("outcomes") && !topic.equals(MADE)) {
      names.addAll(WHENCE);
    }
    return names;
  }

  private record Type(String name, Set<String> required) {}

  private static Type type(String name, String... required) {
    return new Type(name, Set.of(required));
  }

  private static Map<String, Set<String>> types(Type... types) {
    return Arrays.stream(types).collect(Collectors.toUnmodifiableMap(Type::name, Type::required));
  }
}
