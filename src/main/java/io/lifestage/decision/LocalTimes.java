package io.lifestage.decision;

import io.lifestage.journey.Guards;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;

/**
 * The customer's clock and calendar. Where the clocks are put forward, an hour that there is not is
 * moved forward by as much; where they are put back, an hour that there is twice counts both times.
 */
final class LocalTimes {
  private final ZoneId zone;

  private LocalTimes(ZoneId zone) {
    this.zone = zone;
  }

  /** The clock of a customer of whom the shop says this. */
  static LocalTimes of(Map<String, String> attributes, Guards.Zone rule) {
    String name = attributes.get(rule.attribute());
    if (name != null) {
      try {
        return new LocalTimes(ZoneId.of(name));
      } catch (DateTimeException e) {
        // A zone that there is not is none.
      }
    }
    return new LocalTimes(rule.otherwise());
  }

  ZoneId zone() {
    return zone;
  }

  /** The first moment of the customer's day, week or month, epoch milliseconds. */
  long beginningOf(Guards.Period.Unit unit, long now) {
    LocalDate day = at(now).toLocalDate();
    LocalDate first =
        switch (unit) {
          case DAY -> day;
          case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> day.withDayOfMonth(1);
        };
    return first.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** Whether the clock stands within quiet hours. */
  boolean isWithin(Guards.QuietHours quiet, long now) {
    LocalTime time = at(now).toLocalTime();
    boolean overMidnight = quiet.to().isBefore(quiet.from());
    boolean after = !time.isBefore(quiet.from());
    boolean before = time.isBefore(quiet.to());
    return overMidnight ? after || before : after && before;
  }

  /**
   * The end of the quiet hours within which the clock stands, epoch milliseconds: it comes to their
   * end, or is put past them.
   */
  long endOf(Guards.QuietHours quiet, long now) {
    long end = now;
    do {
      end = Math.min(nextTime(quiet.to(), end), nextChange(end));
    } while (isWithin(quiet, end));
    return end;
  }

  /** When the clock next shows this, after a moment, epoch milliseconds. */
  private long nextTime(LocalTime time, long after) {
    LocalDate day = at(after).toLocalDate();
    while (true) {
      ZonedDateTime shown = day.atTime(time).atZone(zone);
      long first = shown.toInstant().toEpochMilli();
      // The hour may be there twice, and its second time be meant.
      long second = shown.withLaterOffsetAtOverlap().toInstant().toEpochMilli();
      if (second > after) {
        return first > after ? first : second;
      }
      day = day.plusDays(1);
    }
  }

  /** When the clock is next put forward or back, after a moment, epoch milliseconds. */
  private long nextChange(long after) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(Instant.ofEpochMilli(after));
    return next == null ? Deadlines.NEVER : next.getInstant().toEpochMilli();
  }

  /**
   * The moment that a date means, epoch milliseconds.
   *
   * @param offset how much later; whole days are days of the calendar
   * @param time the time of day, or null for the moment's own
   */
  long moment(Instant date, Duration offset, LocalTime time) {
    ZonedDateTime local = date.atZone(zone);
    return moment(local, offset, time);
  }

  /** The moment that a day means; its beginning, where no time of day is said. */
  long moment(LocalDate date, Duration offset, LocalTime time) {
    return moment(date.atStartOfDay(zone), offset, time);
  }

  /** The next time that the day of the year comes, after a moment, epoch milliseconds. */
  long nextYearly(LocalDate date, Duration offset, LocalTime time, long after) {
    int year = at(after).getYear() - 1;
    long next;
    do {
      // The 29th of February is the 28th where there is none.
      next = moment(date.withYear(year), offset, time);
      year++;
    } while (next <= after);
    return next;
  }

  private long moment(ZonedDateTime date, Duration offset, LocalTime time) {
    ZonedDateTime later = date.plusDays(offset.toDays()).plus(offset.minusDays(offset.toDays()));
    ZonedDateTime timed = time == null ? later : later.toLocalDate().atTime(time).atZone(zone);
    return timed.toInstant().toEpochMilli();
  }

  private ZonedDateTime at(long now) {
    return Instant.ofEpochMilli(now).atZone(zone);
  }
}
