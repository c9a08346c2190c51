package io.lifestage.metric;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of the windows, done the slow way: all observations in a list, every end of every
 * window visited, every value added up anew. It shares no code with what it is a reference for.
 */
final class BruteForce {
  private record Shape(String name, long length, long pane) {}

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long FOR_EVER = Long.MAX_VALUE / 2;

  private static final List<Shape> FLOW =
      List.of(
          new Shape("1m", MINUTE, 5 * SECOND),
          new Shape("5m", 5 * MINUTE, 15 * SECOND),
          new Shape("1h", HOUR, MINUTE),
          new Shape("24h", 24 * HOUR, 15 * MINUTE));
  private static final List<Shape> TOTAL = List.of(new Shape("now", FOR_EVER, 5 * SECOND));

  private final Map<String, List<Observation>> byLabel = new TreeMap<>();
  private final Map<String, MetricPoint> last = new TreeMap<>();
  private final List<MetricPoint> points = new ArrayList<>();
  private final String metric;
  private final boolean level;
  private long now;

  BruteForce(String metric, boolean level, long now) {
    this.metric = metric;
    this.level = level;
    this.now = now;
  }

  void observe(Observation observation) {
    byLabel.computeIfAbsent(observation.label(), label -> new ArrayList<>()).add(observation);
    for (Shape shape : shapes()) {
      long end = now - Math.floorMod(now, shape.pane());
      if (observation.at() < end) {
        visit(shape, observation.label(), end);
      }
    }
  }

  void advance(long moment) {
    for (String label : byLabel.keySet()) {
      for (Shape shape : shapes()) {
        long end = now - Math.floorMod(now, shape.pane()) + shape.pane();
        for (; end <= moment; end += shape.pane()) {
          visit(shape, label, end);
        }
      }
    }
    now = moment;
  }

  /** Everything written, by series and window, in order. */
  Map<String, List<MetricPoint>> written() {
    return points.stream().collect(groupingBy(BruteForce::series));
  }

  static String series(MetricPoint point) {
    return point.label() + " " + point.window();
  }

  private List<Shape> shapes() {
    return level ? TOTAL : FLOW;
  }

  private void visit(Shape shape, String label, long end) {
    long count = 0;
    long sum = 0;
    for (Observation one : byLabel.get(label)) {
      if (one.at() < end && one.at() >= end - shape.length()) {
        count += one.count();
        sum += one.sum();
      }
    }
    MetricPoint before = last.get(label + " " + shape.name());
    boolean changed =
        before == null ? count != 0 || sum != 0 : before.count() != count || before.sum() != sum;
    if (changed) {
      int revision = before != null && before.at() == end ? before.revision() + 1 : 0;
      MetricPoint point =
          new MetricPoint(metric, "stage", label, shape.name(), end, count, sum, revision);
      last.put(series(point), point);
      points.add(point);
    }
  }
}
