package io.lifestage.console;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.metric.Estimates;
import io.lifestage.metric.RatioDefinition;
import io.lifestage.metric.RatioDefinition.Windows;
import io.lifestage.metric.RollingWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Forms that several views give their numbers. */
final class Numbers {
  private static final int POINTS = 90;

  private Numbers() {}

  /** A count now and one window earlier; null where that is not known. */
  static void counts(Map<String, Object> map, Value now, Value before) {
    map.put("count", now.count());
    map.put("before", before == null ? null : before.count());
  }

  /** A count with what it adds up to. */
  static void sums(Map<String, Object> map, Value now, Value before) {
    counts(map, now, before);
    map.put("sum", now.sum());
    map.put("sum_before", before == null ? null : before.sum());
    estimates(map, now.estimates());
    if (before != null && before.estimates().distinct() != null) {
      map.put("distinct_before", before.estimates().distinct());
    }
  }

  private static void estimates(Map<String, Object> map, Estimates estimates) {
    if (estimates.distinct() != null) {
      map.put("distinct", estimates.distinct());
    }
    if (estimates.p50() != null) {
      map.put("p50", estimates.p50());
      map.put("p90", estimates.p90());
      map.put("p95", estimates.p95());
      map.put("p99", estimates.p99());
    }
  }

  /** A ratio by its definition, over all labels, now and one window earlier. */
  static Map<String, Object> ratio(MetricBook book, RatioDefinition ratio, RollingWindow window) {
    Windows now = book.windows(window, book.now());
    Windows before = book.windows(window, book.now() - window.length());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("value", now == null ? null : orNull(ratio.overAll(now)));
    map.put("before", before == null ? null : orNull(ratio.overAll(before)));
    return map;
  }

  /** A ratio for each label of its dimension. */
  static List<Map<String, Object>> ratios(
      MetricBook book, RatioDefinition ratio, RollingWindow window) {
    Windows now = book.windows(window, book.now());
    Windows before = book.windows(window, book.now() - window.length());
    List<Map<String, Object>> rows = new ArrayList<>();
    if (ratio.dimension().isEmpty() || now == null) {
      return rows;
    }
    Set<String> labels = new TreeSet<>();
    ratio.below().forEach(part -> labels.addAll(book.labels(part.metric(), ratio.dimension())));
    ratio.above().forEach(part -> labels.addAll(book.labels(part.metric(), ratio.dimension())));
    for (String label : labels) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("label", label);
      row.put("value", orNull(ratio.of(now, label)));
      row.put("before", before == null ? null : orNull(ratio.of(before, label)));
      rows.add(row);
    }
    return rows;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  /** The labels of a metric with their counts, the greatest first. */
  static List<Map<String, Object>> split(
      MetricBook book, String metric, String dimension, RollingWindow window) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String label : book.ranked(metric, dimension, window)) {
      Value now = book.value(metric, dimension, label, window);
      Value before = book.before(metric, dimension, label, window);
      if (now.count() != 0 || now.sum() != 0 || (before != null && before.count() != 0)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("label", label);
        sums(row, now, before);
        rows.add(row);
      }
    }
    return rows;
  }

  /** A share, or null of nothing. */
  static Double share(long part, long whole) {
    return whole <= 0 ? null : (double) part / whole;
  }

  /** The moments of a chart over a window: as far back as the window's history is kept. */
  static List<Long> moments(MetricBook book, RollingWindow window) {
    if (book.now() == 0) {
      return List.of();
    }
    long span = Math.max(window.length(), 15 * 60_000L) * (window.length() <= 900_000 ? 1 : 2);
    long step = Math.max(window.pane(), span / POINTS / window.pane() * window.pane());
    long last = window.endAt(book.now());
    List<Long> moments = new ArrayList<>();
    for (long at = last - span; at <= last; at += step) {
      moments.add(at);
    }
    return moments;
  }

  /** Which of a value's numbers a chart draws. */
  interface Measure {
    double of(Value value);
  }

  /** A label's course; null where it is not known. */
  static List<Double> course(
      MetricBook book,
      String metric,
      String dimension,
      String label,
      RollingWindow window,
      Measure measure) {
    return moments(book, window).stream()
        .map(at -> book.at(metric, dimension, label, window, at))
        .map(value -> value == null ? null : (Double) measure.of(value))
        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
  }

  /** The course of a metric's total. */
  static List<Double> course(
      MetricBook book, String metric, RollingWindow window, Measure measure) {
    return moments(book, window).stream()
        .map(at -> book.totalAt(metric, window, at))
        .map(value -> value == null ? null : (Double) measure.of(value))
        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
  }

  /**
   * How surprising a change of a count is, if counts are as those of rare and independent things:
   * the difference in standard deviations.
   */
  static double surprise(long now, long before) {
    return now == before ? 0 : (now - before) / Math.sqrt((double) now + before);
  }
}
