package io.lifestage.definition;

import io.lifestage.trait.ValueType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Texts as the values that they mean. */
final class Texts {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private Texts() {}

  /** The value; nothing, or what cannot be read, is an empty text, 0, false, or 1970. */
  static Object as(ValueType type, String text) {
    String given = text == null ? "" : text.strip();
    try {
      return type == ValueType.TEXT ? (text == null ? "" : text) : read(type, given);
    } catch (NumberFormatException | DateTimeException e) {
      return as(type, null);
    }
  }

  /** Whether the text can be read as a value of the type. */
  static boolean isA(ValueType type, String text) {
    try {
      read(type, text.strip());
      return type != ValueType.FLAG || text.equals("true") || text.equals("false");
    } catch (NumberFormatException | DateTimeException e) {
      return false;
    }
  }

  private static Object read(ValueType type, String given) {
    return switch (type) {
      case TEXT -> given;
      case INTEGER -> given.isEmpty() ? 0L : (Object) Long.parseLong(given);
      case DECIMAL -> given.isEmpty() ? 0d : (Object) Double.parseDouble(given);
      case FLAG -> given.equals("true");
      case TIME -> time(given);
      case DURATION -> given.isEmpty() ? Duration.ZERO : Duration.parse(given);
    };
  }

  /** A moment, or the beginning of a day in UTC. */
  private static Instant time(String text) {
    if (text.isEmpty()) {
      return Instant.EPOCH;
    }
    Instant time =
        text.length() == 10
            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
            : Instant.parse(text);
    // What no calendar of people has cannot be reckoned with either.
    return time.isBefore(EARLIEST) || time.isAfter(LATEST) ? Instant.EPOCH : time;
  }
}
