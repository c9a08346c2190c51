package io.lifestage.explain;

import java.time.Duration;

/** Spans of time as definitions write them: {@code 1d2h}, {@code 30s}. */
final class Spans {
  private Spans() {}

  static String told(Duration span) {
    StringBuilder told = new StringBuilder();
    part(told, span.toDaysPart(), "d");
    part(told, span.toHoursPart(), "h");
    part(told, span.toMinutesPart(), "m");
    part(told, span.toSecondsPart(), "s");
    part(told, span.toMillisPart(), "ms");
    return told.isEmpty() ? "0s" : told.toString();
  }

  private static void part(StringBuilder told, long count, String unit) {
    if (count > 0) {
      told.append(count).append(unit);
    }
  }
}
