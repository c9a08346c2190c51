package io.lifestage.decision;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much is remembered of one customer. The oldest goes first, and what goes is only detail:
 * stage, totals and traits stay right.
 */
final class Bounds {
  static final int ORDERS = 64;

  /** Orders that keep their lines; older ones keep times and money. */
  static final int ORDERS_WITH_LINES = 8;

  /** Lines kept of one order, whose total counts them all, and of one cart. */
  static final int LINES = 50;

  static final int CARTS = 16;
  static final int CONVERSATIONS = 16;
  static final int VIEWED = 32;
  static final int OWNED = 512;

  /** Products of which it is remembered when they were bought, since they were more than once. */
  static final int REBOUGHT = 16;

  /** How often, of each of them. */
  static final int PURCHASES = 6;

  static final int ATTRIBUTES = 64;
  static final int RUNNING = 64;

  /** Membership in segments that is remembered. */
  static final int SEGMENTS = 256;

  /** Sendings remembered for caps: more than any cap counts, over all channels together. */
  static final int SENT = 400;

  /** Triggers of which is known that they went out otherwise, or are withheld for good. */
  static final int CORRECTED = 256;

  static final int ENTERED = 256;
  static final int CAUSES = 8;

  /** Conditions that led a run since its last decision. */
  static final int WAYS = 8;

  /** Characters of what one of them rested on. */
  static final int WAY = 300;

  /** So long after the last sign of life, dates that come back each year still do. */
  static final Duration YEARLY = Duration.ofDays(5 * 365);

  /** Carts, chats and views older than this say nothing any more. */
  static final Duration STALE = Duration.ofDays(30);

  private Bounds() {}

  /** The map with an entry put last, and the eldest gone beyond the bound. */
  static <V> Map<String, V> put(Map<String, V> map, String key, V value, int atMost) {
    Map<String, V> next = new LinkedHashMap<>(map);
    next.remove(key);
    next.put(key, value);
    Iterator<String> eldest = next.keySet().iterator();
    for (int surplus = next.size() - atMost; surplus > 0; surplus--) {
      eldest.next();
      eldest.remove();
    }
    return next;
  }

  /** The map without an entry. */
  static <V> Map<String, V> remove(Map<String, V> map, String key) {
    if (!map.containsKey(key)) {
      return map;
    }
    Map<String, V> next = new LinkedHashMap<>(map);
    next.remove(key);
    return next;
  }
}
