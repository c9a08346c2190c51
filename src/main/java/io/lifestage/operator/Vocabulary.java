package io.lifestage.operator;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words that stored bytes hold as one byte. A word's place is a contract for as long as a
 * savepoint is to be read: words are only ever added, at the end. A word that is not listed costs
 * its length and loses nothing.
 */
final class Vocabulary {
  /** The code of a word that is not listed; the word follows. */
  static final int UNLISTED = 0;

  private static final List<String> WORDS =
      List.of(
          EventType.PAGE_VIEWED,
          EventType.PRODUCTS_SEARCHED,
          EventType.PRODUCT_VIEWED,
          EventType.CONTENT_VIEWED,
          EventType.CAMPAIGN_CLICKED,
          EventType.SIGNED_UP,
          EventType.LOGGED_IN,
          EventType.PRODUCT_ADDED,
          EventType.PRODUCT_REMOVED,
          EventType.CART_VIEWED,
          EventType.CHECKOUT_STARTED,
          EventType.CHECKOUT_STEP_COMPLETED,
          EventType.PAYMENT_FAILED,
          EventType.COUPON_APPLIED,
          EventType.PRODUCT_ADDED_TO_WISHLIST,
          EventType.PRODUCT_REVIEWED,
          EventType.REFERRAL_SHARED,
          EventType.CONVERSATION_STARTED,
          EventType.MESSAGE_SENT,
          EventType.CONVERSATION_ASSIGNED,
          EventType.CONVERSATION_RESOLVED,
          EventType.CONVERSATION_RATED,
          EventType.ORDER_PLACED,
          EventType.ORDER_PAID,
          EventType.ORDER_SHIPPED,
          EventType.ORDER_DELIVERED,
          EventType.ORDER_CANCELLED,
          EventType.ORDER_REFUNDED,
          EventType.IDENTITY_LINKED,
          EventType.CUSTOMER_UPDATED,
          EventType.CONSENT_CHANGED,
          EventType.ERASURE_REQUESTED,
          EventType.REFERRAL_CONVERTED,
          EventType.TRIGGER_SENT,
          EventType.TRIGGER_DELIVERED,
          EventType.TRIGGER_BOUNCED,
          EventType.TRIGGER_OPENED,
          EventType.TRIGGER_CLICKED,
          EventType.TRIGGER_CONVERTED,
          EventType.TRIGGER_UNSUBSCRIBED,
          Attribute.CUSTOMER_ID,
          Attribute.ANONYMOUS_ID,
          Attribute.SESSION_ID,
          Attribute.SOURCE,
          Attribute.MEDIUM,
          Attribute.CAMPAIGN,
          Attribute.REFERRER,
          Attribute.DEVICE,
          Attribute.COUNTRY,
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
          Attribute.RATING,
          Attribute.CONVERSATION_ID,
          Attribute.SENDER,
          Attribute.SUBJECT,
          Attribute.AGENT_ID,
          Attribute.ORDER_ID,
          Attribute.REASON,
          Attribute.CHANNEL,
          Attribute.PURPOSE,
          Attribute.GRANTED,
          Attribute.TRIGGER_ID,
          "",
          "clickstream",
          "chat",
          "orders",
          "customers",
          "outcomes",
          "email",
          "sms",
          "push",
          EventType.PRICE_DROPPED,
          EventType.BACK_IN_STOCK,
          EventType.NEW_ARRIVAL,
          Attribute.PRICE_BEFORE);

  private static final Map<String, Integer> CODES = new HashMap<>();

  static {
    for (String word : WORDS) {
      CODES.put(word, CODES.size() + 1);
    }
  }

  private Vocabulary() {}

  static int codeOf(String word) {
    return CODES.getOrDefault(word, UNLISTED);
  }

  static String wordOf(int code) {
    return WORDS.get(code - 1);
  }
}
