package io.lifestage.console;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.metric.MetricDefinition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RatioDefinition.Figure;
import io.lifestage.metric.RatioDefinition.Windows;
import io.lifestage.metric.RollingWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the topic {@code metrics} says: the value of each series as it stands, and how it came to
 * that. Bounded by the engine's own bound on labels, and by one of its own on series.
 */
final class MetricBook {
  /** Most series that are kept; what else comes is counted and not shown. */
  static final int SERIES = 20_000;

  private static final int POINTS = 216;

  private record Split(String metric, String dimension) {}

  private final Map<Split, Map<String, Map<RollingWindow, MetricHistory>>> book = new HashMap<>();
  private int series;
  private final Map<RollingWindow, Long> beginsAt = new EnumMap<>(RollingWindow.class);
  private long now;
  private long beyondBound;

  /** Takes a point in. */
  void take(String metric, String dimension, String label, String window, long end, Value value) {
    RollingWindow rolling = windowNamed(window);
    if (rolling == null) {
      beyondBound++;
      return;
    }
    if (rolling.length() > 0) {
      // A level may be read off by the clock on the wall, which an engine in the past is ahead of.
      beginsAt.merge(rolling, end, Math::min);
      passTo(end);
    }
    Map<String, Map<RollingWindow, MetricHistory>> labels =
        book.computeIfAbsent(new Split(metric, dimension), unused -> new TreeMap<>());
    Map<RollingWindow, MetricHistory> windows = labels.get(label);
    if (windows == null) {
      if (series >= SERIES) {
        beyondBound++;
        return;
      }
      series++;
      windows = new EnumMap<>(RollingWindow.class);
      labels.put(label, windows);
    }
    windows.computeIfAbsent(rolling, unused -> new MetricHistory(POINTS)).put(end, value);
  }

  /** Event time goes on, also where nothing changes. */
  void passTo(long moment) {
    now = Math.max(now, moment);
  }

  /** How far event time has come, epoch milliseconds; 0 before anything was read. */
  long now() {
    return now;
  }

  long beyondBound() {
    return beyondBound;
  }

  /** The labels of a split that have had a value. */
  List<String> labels(String metric, String dimension) {
    return List.copyOf(book.getOrDefault(new Split(metric, dimension), Map.of()).keySet());
  }

  /** The metrics that have been seen and have no definition here: a later release writes them. */
  List<String> undefined() {
    return book.keySet().stream()
        .map(Split::metric)
        .filter(name -> Metrics.definitions().stream().noneMatch(d -> d.name().equals(name)))
        .distinct()
        .sorted()
        .toList();
  }

  /** A label's value as it stands. */
  Value value(String metric, String dimension, String label, RollingWindow window) {
    MetricHistory history = history(metric, dimension, label, window(metric, window));
    return history == null ? Value.NOTHING : history.last();
  }

  /**
   * A label's value one window earlier.
   *
   * @return null where what was read does not reach back so far
   */
  Value before(String metric, String dimension, String label, RollingWindow window) {
    return at(metric, dimension, label, window, now - window.length());
  }

  /**
   * A label's value at a moment.
   *
   * @return null where what was read does not reach back so far
   */
  Value at(String metric, String dimension, String label, RollingWindow window, long moment) {
    if (!reachesBackTo(moment, window)) {
      return null;
    }
    MetricHistory history = history(metric, dimension, label, window(metric, window));
    return history == null ? Value.NOTHING : history.at(moment);
  }

  /**
   * Whether what was read holds the ends of this window since that moment. Long windows begin
   * earlier than short ones: when a job starts, each is written from the end that it had last.
   */
  private boolean reachesBackTo(long moment, RollingWindow window) {
    RollingWindow rolling = window.length() > 0 ? window : RollingWindow.MINUTE;
    return moment >= beginsAt.getOrDefault(rolling, Long.MAX_VALUE);
  }

  /** The sum over the labels of the first dimension: of a metric without any, its own value. */
  Value total(String metric, RollingWindow window) {
    String dimension = totalDimension(metric);
    if (dimension.isEmpty()) {
      return value(metric, "", "", window);
    }
    Value sum = Value.NOTHING;
    for (String label : labels(metric, dimension)) {
      sum = sum.plus(value(metric, dimension, label, window));
    }
    return sum;
  }

  /** {@link #total} one window earlier, or null where it is not known. */
  Value totalBefore(String metric, RollingWindow window) {
    return totalAt(metric, window, now - window.length());
  }

  /** {@link #total} at a moment, or null where it is not known. */
  Value totalAt(String metric, RollingWindow window, long moment) {
    if (!reachesBackTo(moment, window)) {
      return null;
    }
    String dimension = totalDimension(metric);
    Value sum = Value.NOTHING;
    for (String label : labels(metric, dimension)) {
      Value one = at(metric, dimension, label, window, moment);
      if (one == null) {
        return null;
      }
      sum = sum.plus(one);
    }
    return sum;
  }

  /** Each dimension counts everything, so one of them is the whole; the undivided one if it is. */
  private String totalDimension(String metric) {
    if (book.containsKey(new Split(metric, ""))) {
      return "";
    }
    return dimensions(metric).stream().findFirst().orElse("");
  }

  /** What splits a metric: by its definition, or else by what has been seen. */
  List<String> dimensions(String metric) {
    for (MetricDefinition definition : Metrics.definitions()) {
      if (definition.name().equals(metric)) {
        return definition.dimensions();
      }
    }
    return book.keySet().stream()
        .filter(split -> split.metric().equals(metric) && !split.dimension().isEmpty())
        .map(Split::dimension)
        .sorted()
        .toList();
  }

  /**
   * The windows of this length as they stood at a moment, to be divided.
   *
   * @return null where what was read does not reach back so far
   */
  Windows windows(RollingWindow window, long moment) {
    if (!reachesBackTo(moment, window)) {
      return null;
    }
    return new Windows() {
      @Override
      public Iterable<String> labels(String metric, String dimension) {
        return MetricBook.this.labels(metric, dimension);
      }

      @Override
      public long figure(String metric, String dimension, String label, Figure figure) {
        Value value = at(metric, dimension, label, window, moment);
        return value == null
            ? 0
            : switch (figure) {
              case COUNT -> value.count();
              case SUM -> value.sum();
              case DISTINCT ->
                  value.estimates().distinct() == null ? 0 : value.estimates().distinct();
            };
      }
    };
  }

  /** The labels of a split, the greatest value first. */
  List<String> ranked(String metric, String dimension, RollingWindow window) {
    List<String> labels = new ArrayList<>(labels(metric, dimension));
    labels.sort(
        Comparator.comparingLong((String label) -> -value(metric, dimension, label, window).count())
            .thenComparing(Comparator.naturalOrder()));
    return labels;
  }

  /** The windows in which a metric can be asked for; for one that is not known those of flows. */
  static List<RollingWindow> windows(String metric) {
    return RollingWindow.of(Metrics.kind(metric));
  }

  /** The window of that name, or null. */
  static RollingWindow windowNamed(String label) {
    for (RollingWindow window : RollingWindow.values()) {
      if (window.label().equals(label)) {
        return window;
      }
    }
    return null;
  }

  /** A level has no window but now. */
  private static RollingWindow window(String metric, RollingWindow wanted) {
    return windows(metric).contains(wanted) ? wanted : RollingWindow.NOW;
  }

  private MetricHistory history(
      String metric, String dimension, String label, RollingWindow window) {
    return book.getOrDefault(new Split(metric, dimension), Map.of())
        .getOrDefault(label, Map.of())
        .get(window);
  }
}
