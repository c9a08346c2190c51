package io.lifestage.traffic;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.stream.IntStream;

/** When people shop: by the hour of their day, and by the day of their week. */
final class Rhythm {
  private static final int[] WORKDAY = {
    3, 2, 1, 1, 1, 2, 4, 6, 7, 8, 9, 9, 10, 9, 8, 8, 9, 10, 12, 14, 16, 15, 11, 6
  };
  private static final int[] WEEKEND = {
    4, 3, 2, 1, 1, 1, 2, 4, 7, 10, 12, 14, 14, 13, 12, 12, 12, 11, 12, 14, 16, 14, 10, 6
  };
  private static final double MEAN =
      (5.0 * IntStream.of(WORKDAY).sum() + 2.0 * IntStream.of(WEEKEND).sum()) / (7 * 24);

  static final long SECOND = 1000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private Rhythm() {}

  /** How lively a country is at a moment; 1 is its average over the week. */
  static double intensity(Country country, long at) {
    LocalDateTime local = country.local(at);
    return hours(local)[local.getHour()] / MEAN;
  }

  /** How lively all countries together are at a moment; 1 is about the average over the week. */
  static double intensity(long at) {
    return Country.ALL.stream().mapToDouble(c -> c.share() * intensity(c, at)).sum();
  }

  /** A moment of the day on which {@code about} falls, at an hour at which people shop. */
  static long hourOfDay(Dice dice, Country country, long about) {
    LocalDateTime local = country.local(about);
    int[] hours = hours(local);
    int left = dice.below(IntStream.of(hours).sum());
    int hour = 0;
    while (left >= hours[hour]) {
      left -= hours[hour];
      hour++;
    }
    long midnight = about - local.toLocalTime().toNanoOfDay() / 1_000_000;
    return midnight + hour * HOUR + dice.between(0, HOUR);
  }

  private static int[] hours(LocalDateTime local) {
    DayOfWeek day = local.getDayOfWeek();
    return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? WEEKEND : WORKDAY;
  }
}
