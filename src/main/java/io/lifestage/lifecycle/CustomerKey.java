package io.lifestage.lifecycle;

/** The key under which everything of one person is kept. */
public final class CustomerKey {
  private static final String ANONYMOUS = "anonymous:";

  private CustomerKey() {}

  /**
   * The key of a known customer, else of an anonymous visitor. The two kinds never share a key,
   * even when a shop uses the same text for both.
   *
   * @param customerId the known id, or null
   * @param anonymousId the visitor's id, or null
   * @return the key, or null where neither is given
   */
  public static String of(String customerId, String anonymousId) {
    if (customerId != null && !customerId.isEmpty()) {
      return customerId;
    }
    return anonymousId == null || anonymousId.isEmpty() ? null : ANONYMOUS + anonymousId;
  }

  /** The key of an order that nobody signed in for: counted, never joined to anyone. */
  public static String guest(String orderId) {
    return ANONYMOUS + "guest:" + orderId;
  }

  /** The visitor's id in a key, or null where the key is a known customer's. */
  public static String anonymousId(String key) {
    return isAnonymous(key) ? key.substring(ANONYMOUS.length()) : null;
  }

  /** Whether the key belongs to a visitor whose name is not known. */
  public static boolean isAnonymous(String key) {
    return key.startsWith(ANONYMOUS);
  }
}
