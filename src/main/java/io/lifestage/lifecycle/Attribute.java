package io.lifestage.lifecycle;

/** Names of event attributes. They are the field names of the Avro contracts. */
public final class Attribute {
  public static final String CUSTOMER_ID = "customer_id";
  public static final String ANONYMOUS_ID = "anonymous_id";
  public static final String SESSION_ID = "session_id";
  public static final String SOURCE = "source";
  public static final String MEDIUM = "medium";
  public static final String CAMPAIGN = "campaign";
  public static final String REFERRER = "referrer";
  public static final String DEVICE = "device";
  public static final String COUNTRY = "country";

  public static final String PAGE = "page";
  public static final String QUERY = "query";
  public static final String SKU = "sku";
  public static final String CATEGORY = "category";
  public static final String QUANTITY = "quantity";
  public static final String CONTENT_ID = "content_id";
  public static final String CONTENT_TYPE = "content_type";
  public static final String CART_ID = "cart_id";
  public static final String CHECKOUT_STEP = "checkout_step";
  public static final String PAYMENT_METHOD = "payment_method";
  public static final String FAILURE_REASON = "failure_reason";
  public static final String COUPON = "coupon";
  public static final String REFERRAL_CODE = "referral_code";
  public static final String RATING = "rating";

  public static final String CONVERSATION_ID = "conversation_id";

  /** Who wrote a message: customer, agent or bot. */
  public static final String SENDER = "sender";

  /** What a conversation is about: sales, support or other. */
  public static final String SUBJECT = "subject";

  public static final String AGENT_ID = "agent_id";

  /** What was written. */
  public static final String TEXT = "text";

  public static final String ORDER_ID = "order_id";
  public static final String REASON = "reason";

  /** Channel of a consent or an outcome: email, sms, push, post, phone. */
  public static final String CHANNEL = "channel";

  /** Purpose of a consent, such as marketing. */
  public static final String PURPOSE = "purpose";

  /** Whether consent was given: true or false. */
  public static final String GRANTED = "granted";

  /** What a product cost before, in minor units. */
  public static final String PRICE_BEFORE = "price_before";

  public static final String TRIGGER_ID = "trigger_id";

  private Attribute() {}
}
