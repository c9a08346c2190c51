package io.lifestage.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What sketches estimate, done exactly and the slow way: all observations in a list, every end of
 * every window visited, customers in a set and values sorted anew.
 */
final class BruteForceEstimates {
  private record Shape(String name, long length, long pane) {}

  /** One that came in; taken back where a later one said so. */
  private record Taken(Observation observation, String customer, boolean back) {}

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final List<String> LABELS = List.of("a", "b", "c");

  private static final List<Shape> SHAPES =
      List.of(
          new Shape("1m", MINUTE, 5 * SECOND),
          new Shape("5m", 5 * MINUTE, 15 * SECOND),
          new Shape("1h", HOUR, MINUTE),
          new Shape("24h", 24 * HOUR, 15 * MINUTE));

  private final String metric;
  private final boolean customers;
  private final List<Taken> all = new ArrayList<>();
  private final Map<String, NavigableMap<Long, MetricPoint>> written = new HashMap<>();

  BruteForceEstimates(String metric) {
    this.metric = metric;
    this.customers = Metrics.kind(metric) == MetricDefinition.Kind.DISTINCT;
  }

  /** A random one, sometimes one that takes back what came before. */
  Observation next(Random random, long now) {
    if (!all.isEmpty() && random.nextInt(5) == 0) {
      int which = random.nextInt(all.size());
      Taken taken = all.get(which);
      if (!taken.back()) {
        all.set(which, new Taken(taken.observation(), taken.customer(), true));
        return taken.observation().withdrawn();
      }
    }
    long reach =
        switch (random.nextInt(3)) {
          case 0 -> 10 * SECOND;
          case 1 -> 5 * MINUTE;
          default -> 30 * HOUR;
        };
    long at = now - random.nextLong(reach) + random.nextLong(reach / 2);
    String label = LABELS.get(random.nextInt(LABELS.size()));
    String customer = "customer " + random.nextInt(30);
    Observation one =
        customers
            ? Observation.of(metric, "label", label, at, customer)
            : Observation.of(metric, "label", label, at, (long) Math.exp(random.nextInt(15)));
    all.add(new Taken(one, customer, false));
    return one;
  }

  void writes(List<MetricPoint> points) {
    for (MetricPoint point : points) {
      written
          .computeIfAbsent(point.label() + " " + point.window(), series -> new TreeMap<>())
          .put(point.at(), point);
    }
  }

  /** Whether the windows that ended last say what they must. */
  void holdsAt(long now, String seed) {
    for (Shape shape : SHAPES) {
      for (String label : LABELS) {
        holds(shape, label, now - Math.floorMod(now, shape.pane()), seed);
      }
    }
  }

  /** Whether all windows that ended meanwhile do. */
  void holdsBetween(long before, long now, String seed) {
    for (Shape shape : SHAPES) {
      long end = before - Math.floorMod(before, shape.pane()) + shape.pane();
      for (; end <= now; end += shape.pane()) {
        for (String label : LABELS) {
          holds(shape, label, end, seed);
        }
      }
    }
  }

  private void holds(Shape shape, String label, long end, String seed) {
    List<Taken> within = new ArrayList<>();
    for (Taken one : all) {
      long at = one.observation().at();
      if (one.observation().label().equals(label) && at < end && at >= end - shape.length()) {
        within.add(one);
      }
    }
    NavigableMap<Long, MetricPoint> series =
        written.getOrDefault(label + " " + shape.name(), new TreeMap<>());
    MetricPoint told = series.isEmpty() || series.floorKey(end) == null ? null : floor(series, end);
    Estimates estimates = told == null ? Estimates.NONE : told.estimates();
    String what = "%s: %s %s at %d".formatted(seed, label, shape.name(), end);
    assertThat(told == null ? 0 : told.count())
        .as(what)
        .isEqualTo(within.stream().filter(one -> !one.back()).count());
    if (customers) {
      Set<String> who = new HashSet<>();
      within.forEach(one -> who.add(one.customer()));
      assertThat(estimates.distinct()).as(what).isEqualTo(who.isEmpty() ? null : (Long) size(who));
    } else {
      List<Long> values =
          within.stream().filter(one -> !one.back()).map(one -> one.observation().sum()).toList();
      if (values.isEmpty()) {
        assertThat(estimates).as(what).isEqualTo(Estimates.NONE);
      } else {
        HistogramTest.near(estimates.p50(), HistogramTest.exact(values, 50));
        HistogramTest.near(estimates.p95(), HistogramTest.exact(values, 95));
      }
    }
  }

  private static long size(Set<String> who) {
    return who.size();
  }

  private static MetricPoint floor(NavigableMap<Long, MetricPoint> series, long end) {
    return series.floorEntry(end).getValue();
  }
}
