package io.lifestage.importer;

import java.math.BigDecimal;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

/**
 * How a row's time is got: the first pattern that fits the whole text says what it means.
 *
 * <p>A local time is one of the mapping's zone. Where clocks went back and it happened twice, it is
 * taken for the first of the two; where clocks went forward and it never happened, it is moved
 * forward by as much as they were. A date without a time is its first moment; a date that is none,
 * such as 30 February, is bad and never moved.
 */
final class TimeReading {
  static final String ISO = "iso";
  static final String EPOCH_SECONDS = "epoch-seconds";
  static final String EPOCH_MILLIS = "epoch-millis";

  private static final DateTimeFormatter ISO_FORM =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .appendOptional(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[' ']")
          .appendPattern("[XXX][XX][X]['['VV']']")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** One way to write a time; {@code form} is null for the two epochs. */
  record Pattern(String text, DateTimeFormatter form) {

    /**
     * The pattern that a mapping writes.
     *
     * @throws IllegalArgumentException if the text is no pattern
     */
    static Pattern of(String text, Locale locale) {
      return switch (text) {
        case EPOCH_SECONDS, EPOCH_MILLIS -> new Pattern(text, null);
        case ISO -> new Pattern(text, ISO_FORM);
        default ->
            new Pattern(
                text,
                new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(text)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(locale)
                    .withResolverStyle(ResolverStyle.STRICT));
      };
    }

    /** Whether a zone has to be known beside the text. */
    boolean needsZone() {
      return form != null
          && !text.equals(ISO)
          && !text.replaceAll("'[^']*'", "").matches(".*[VzOXxZ].*");
    }
  }

  private final TextReading text;
  private final List<Pattern> patterns;
  private final ZoneId zone;
  private String lastText = "";
  private long lastAt;

  /**
   * @param patterns at least one, tried in this order
   * @param zone of local times; null if every text has its own
   */
  TimeReading(TextReading text, List<Pattern> patterns, ZoneId zone) {
    this.text = text;
    this.patterns = patterns;
    this.zone = zone;
  }

  /** Event time in epoch milliseconds; after 1970. */
  long read(Row row) throws BadRowException {
    String written = text.read(row);
    if (written.isEmpty()) {
      throw new BadRowException(text + " is empty, so the time is not known");
    }
    if (!written.equals(lastText)) {
      long at = parse(written);
      if (at <= 0) {
        throw new BadRowException(text + " is a time before 1970", written);
      }
      lastText = written;
      lastAt = at;
    }
    return lastAt;
  }

  private long parse(String written) throws BadRowException {
    for (Pattern pattern : patterns) {
      Long at = pattern.form == null ? epoch(written, pattern.text) : formed(written, pattern.form);
      if (at != null) {
        return at;
      }
    }
    throw new BadRowException(text + " is a time in none of the mapping's patterns", written);
  }

  private static Long epoch(String written, String unit) {
    if (written.length() > 32) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(written);
      BigDecimal millis = unit.equals(EPOCH_SECONDS) ? number.movePointRight(3) : number;
      return millis.precision() - millis.scale() > 15 ? null : millis.longValue();
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private Long formed(String written, DateTimeFormatter form) throws BadRowException {
    ParsePosition position = new ParsePosition(0);
    // Asked first, because it answers without the cost of an exception.
    if (form.parseUnresolved(written, position) == null || position.getIndex() < written.length()) {
      return null;
    }
    try {
      TemporalAccessor parsed = form.parse(written);
      if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
        return Instant.from(parsed).toEpochMilli();
      }
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      ZoneId own = parsed.query(TemporalQueries.zone());
      if (date == null) {
        return null;
      }
      if (own == null && zone == null) {
        throw new BadRowException(text + " has no zone, and the mapping gives none", written);
      }
      return date.atTime(time == null ? LocalTime.MIDNIGHT : time)
          .atZone(own == null ? zone : own)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
