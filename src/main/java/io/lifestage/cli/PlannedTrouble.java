package io.lifestage.cli;

import io.lifestage.traffic.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Trouble in the shop as it is asked for: {@code payment=60%}, {@code payment=60%@+2m/30m}, {@code
 * card=100%@2026-03-01T11:00:00Z/1h}.
 *
 * @param trouble what and for how many, as if it began at the epoch
 * @param at when it begins, or null where it begins some time from now
 * @param in how long after now it begins, where {@code at} is null
 */
record PlannedTrouble(Trouble trouble, Instant at, Duration in) {
  private static final String LASTING = "1h";

  /**
   * As a trouble of the world.
   *
   * @param now as the wall says it, epoch milliseconds
   * @param shift by how much the world is told later than it happens, milliseconds
   * @param earliest before which it can't begin if it is to begin from now on
   */
  Trouble inTheWorld(long now, long shift, long earliest) {
    long from =
        at == null ? Math.max(earliest, now + in.toMillis() - shift) : at.toEpochMilli() - shift;
    return new Trouble(trouble.what(), trouble.share(), from, from + trouble.until());
  }

  /** Reads it from an option. */
  static final class Converter implements ITypeConverter<PlannedTrouble> {
    private static final Pattern FORM =
        Pattern.compile("(?<what>[^=]+)=(?<share>[^@/]+)(@(?<when>[^/]+))?(/(?<span>.+))?");

    @Override
    public PlannedTrouble convert(String text) {
      Matcher words = FORM.matcher(text);
      if (!words.matches()) {
        throw new TypeConversionException(
            "'%s' is no trouble; write it like payment=60%%, payment=60%%@+2m/30m or"
                    .formatted(text)
                + " payment=60%@2026-03-01T11:00:00Z/1h");
      }
      String when = words.group("when");
      boolean fromNow = when == null || when.startsWith("+");
      String span = words.group("span") == null ? LASTING : words.group("span");
      SpanConverter spans = new SpanConverter();
      try {
        return new PlannedTrouble(
            new Trouble(
                words.group("what"),
                new ShareConverter().convert(words.group("share")),
                0,
                spans.convert(span).toMillis()),
            fromNow ? null : new InstantConverter().convert(when),
            when == null || !fromNow ? Duration.ZERO : spans.convert(when.substring(1)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
