package io.lifestage.definition;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Moments as specifications write them: an instant, or how long after the start. */
public final class Moments {
  private static final long[] LENGTHS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

  private Moments() {}

  /** The moment, or null where the text is none. */
  static Long read(String text, long start) {
    boolean isSigned = text.startsWith("+") && !text.startsWith("+-");
    Duration offset = Section.span(isSigned ? text.substring(1) : text);
    if (offset != null) {
      return start + offset.toMillis();
    }
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The moment as an offset from the start, such as {@code +1h30s} or {@code -3d}. */
  public static String offset(long at, long start) {
    if (at == start) {
      return "+0s";
    }
    StringBuilder text = new StringBuilder(at < start ? "-" : "+");
    long left = Math.abs(at - start);
    for (int i = 0; i < LENGTHS.length; i++) {
      if (left >= LENGTHS[i]) {
        text.append(left / LENGTHS[i]).append(UNITS[i]);
        left %= LENGTHS[i];
      }
    }
    return text.toString();
  }
}
