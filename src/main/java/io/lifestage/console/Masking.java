package io.lifestage.console;

import io.lifestage.lifecycle.CustomerKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What of a customer is shown to whom did not ask for it: numbers, codes and times, and no text
 * that the customer or the shop wrote. What is not known to be harmless is masked.
 *
 * <p>An id is shown where it is a plain number or code. One that may be somebody's name, address or
 * telephone number is masked, and links to it go by a reference that this process alone
 * understands.
 */
final class Masking {
  static final String MASK = "•••";

  private static final int REFERENCES = 50_000;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:_.-]{0,63}");

  /** Attributes that a shop knows of many customers alike. */
  private static final Set<String> ATTRIBUTES =
      Set.of("locale", "language", "time_zone", "country", "segment", "currency");

  private static final Set<String> TOUCH = Set.of("source", "medium", "campaign");

  /** Fields of events that hold codes. */
  private static final Set<String> EVENT_FIELDS =
      Set.of(
          "event_id",
          "type",
          "occurred_at",
          "source",
          "medium",
          "campaign",
          "device",
          "country",
          "sku",
          "category",
          "quantity",
          "content_id",
          "content_type",
          "cart_id",
          "checkout_step",
          "payment_method",
          "failure_reason",
          "coupon",
          "rating",
          "lines",
          "value_minor",
          "currency",
          "conversation_id",
          "sender",
          "subject",
          "channel",
          "purpose",
          "granted",
          "order_id",
          "trigger_id",
          "reason");

  private final Map<String, String> byReference =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > REFERENCES;
            }
          });
  private final long salt = new SecureRandom().nextLong();

  /** As it is shown to somebody. */
  Eye eye(boolean reveal) {
    return new Eye(reveal);
  }

  /**
   * The id that a reference stands for.
   *
   * @return the reference itself where it is an id, null where it is not known any more
   */
  String resolve(String reference) {
    return reference.startsWith("~") ? byReference.get(reference) : reference;
  }

  private static boolean isPlain(String id) {
    String bare = CustomerKey.isAnonymous(id) ? CustomerKey.anonymousId(id) : id;
    return PLAIN.matcher(bare).matches();
  }

  private String reference(String id) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(salt).array();
    String digest = Digests.sha256(bytes, id).substring(0, 24);
    byReference.put("~" + digest, id);
    return "~" + digest;
  }

  /** Shows, masked or not. */
  final class Eye {
    private final boolean reveal;

    private Eye(boolean reveal) {
      this.reveal = reveal;
    }

    boolean reveals() {
      return reveal;
    }

    /** A customer, as a page shows and finds them. */
    Map<String, Object> customer(String id) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", id(id));
      map.put("ref", reveal || isPlain(id) ? id : reference(id));
      return map;
    }

    /** An id; also of what a run is about, which may be the customer. */
    String id(String id) {
      return id == null || reveal || isPlain(id) ? id : MASK;
    }

    /** A text of which nothing is known. */
    String text(String text) {
      return text == null || text.isEmpty() || reveal ? text : MASK;
    }

    /** A sentence of ours, which may hold a customer's id. */
    UnaryOperator<String> sentence(String customer) {
      return reveal || isPlain(customer)
          ? sentence -> sentence
          : sentence -> sentence.replace(customer, MASK);
    }

    Map<String, Object> touch(Map<String, ?> touch) {
      return only(touch, TOUCH);
    }

    Map<String, Object> attributes(Map<String, ?> attributes) {
      return only(attributes, ATTRIBUTES);
    }

    Map<String, Object> all(Map<String, ?> entries) {
      return only(entries, Set.of());
    }

    /** The fields of an event that are set. */
    Map<String, Object> event(Map<String, ?> fields) {
      return only(fields, EVENT_FIELDS);
    }

    private Map<String, Object> only(Map<String, ?> entries, Set<String> harmless) {
      Map<String, Object> shown = new LinkedHashMap<>();
      entries.forEach(
          (name, value) -> {
            if (value != null && !"".equals(value)) {
              boolean show = reveal || (harmless.contains(name) && isHarmless(value));
              shown.put(name, show ? value : MASK);
            }
          });
      return shown;
    }

    private boolean isHarmless(Object value) {
      return value instanceof Number
          || value instanceof Boolean
          || value instanceof List<?>
          || !value.toString().contains("@");
    }
  }
}
