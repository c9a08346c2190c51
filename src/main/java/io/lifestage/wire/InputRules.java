package io.lifestage.wire;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.lifestage.lifecycle.Attribute;
import java.util.Currency;
import java.util.Map;
import java.util.Set;

/** What a value of an input record has to be like, beyond what its schema says. */
final class InputRules {
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(toUnmodifiableSet());
  private static final Set<String> SENDERS = Set.of("customer", "agent", "bot");
  private static final int BEST_RATING = 5;

  /** In minor units; thousands of the largest still add up within 64 bits. */
  private static final long LARGEST_AMOUNT = 1_000_000_000_000_000L;

  private InputRules() {}

  static void requireText(String field, String text) throws UnusableRecordException {
    if (text.isBlank()) {
      throw invalid(field + " is empty");
    }
  }

  static void requireLength(String field, String id, InputLimits limits)
      throws UnusableRecordException {
    if (id.length() > limits.idLength()) {
      throw new UnusableRecordException(
          Defect.OVERSIZE_ID,
          "%s has %d characters, more than %d".formatted(field, id.length(), limits.idLength()));
    }
  }

  static void requireTime(long at, Origin origin, InputLimits limits)
      throws UnusableRecordException {
    if (at <= 0) {
      throw new UnusableRecordException(Defect.BAD_TIMESTAMP, "occurred_at is " + at);
    }
    if (origin.timestamp() >= 0 && at - limits.aheadMillis() > origin.timestamp()) {
      throw new UnusableRecordException(
          Defect.FUTURE_TIMESTAMP,
          "occurred_at %d is %d ms ahead of the broker's %d"
              .formatted(at, at - origin.timestamp(), origin.timestamp()));
    }
  }

  /** Holds every attribute to what it may be; one that is not there is no matter. */
  static void requirePossible(Map<String, String> attributes, InputLimits limits)
      throws UnusableRecordException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      if (isId(attribute.getKey())) {
        requireLength(attribute.getKey(), attribute.getValue(), limits);
      }
    }
    String quantity = attributes.get(Attribute.QUANTITY);
    if (quantity != null) {
      requireQuantity(Long.parseLong(quantity));
    }
    String rating = attributes.get(Attribute.RATING);
    if (rating != null && !between(1, Long.parseLong(rating), BEST_RATING)) {
      throw invalid("a rating of %s; it goes from 1 to %d".formatted(rating, BEST_RATING));
    }
    String sender = attributes.get(Attribute.SENDER);
    if (sender != null && !SENDERS.contains(sender)) {
      throw invalid("sender '%s'; there are customer, agent and bot".formatted(sender));
    }
  }

  static void requireQuantity(long quantity) throws UnusableRecordException {
    if (quantity <= 0) {
      throw invalid("a quantity of " + quantity);
    }
  }

  static void requireAmount(String field, long minor) throws UnusableRecordException {
    if (minor < 0 || minor > LARGEST_AMOUNT) {
      throw invalid("%s is %d".formatted(field, minor));
    }
  }

  static void requireCurrency(String code) throws UnusableRecordException {
    if (!CURRENCIES.contains(code)) {
      throw invalid(
          code.isEmpty() ? "an amount without a currency" : "currency '%s'".formatted(code));
    }
  }

  static UnusableRecordException invalid(String what) {
    return new UnusableRecordException(Defect.INVALID_VALUE, what);
  }

  private static boolean isId(String field) {
    return field.endsWith("_id") || field.equals(Attribute.SKU);
  }

  private static boolean between(long least, long value, long most) {
    return least <= value && value <= most;
  }
}
