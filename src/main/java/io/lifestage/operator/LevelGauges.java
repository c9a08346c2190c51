package io.lifestage.operator;

import io.lifestage.metric.Estimates;
import io.lifestage.metric.MetricDefinition;
import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Metrics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Shows levels, such as the population of a stage, in Prometheus, under the names of {@link
 * io.lifestage.metric.MetricDefinition#prometheusName}, and estimates over the last five minutes,
 * such as the 95th percentile of the response time. A level is there from its first change after a
 * start; the {@code metrics} topic has it always.
 */
final class LevelGauges {
  private record Series(String metric, String dimension, String label) {}

  private static final String SHOWN = "5m";

  private final MetricGroup group;
  private final Map<Series, AtomicLong> values = new HashMap<>();

  LevelGauges(MetricGroup operator) {
    this.group = operator.addGroup("lifestage");
  }

  /** Takes the count of a level, or the estimates; other points are passed over. */
  void show(MetricPoint point) {
    MetricDefinition.Kind kind = Metrics.kind(point.metric());
    Estimates estimates = point.estimates();
    if (kind.isLevel()) {
      show(point, "", point.count());
    } else if (point.window().equals(SHOWN) && kind == MetricDefinition.Kind.DISTINCT) {
      show(point, "_distinct", estimates.distinct());
    } else if (point.window().equals(SHOWN) && kind == MetricDefinition.Kind.DISTRIBUTION) {
      show(point, "_p50", estimates.p50());
      show(point, "_p90", estimates.p90());
      show(point, "_p95", estimates.p95());
      show(point, "_p99", estimates.p99());
    }
  }

  /** Nothing in the window is zero: a gauge cannot be taken away again. */
  private void show(MetricPoint point, String suffix, Long value) {
    values
        .computeIfAbsent(
            new Series(point.metric() + suffix, point.dimension(), point.label()), this::register)
        .set(value == null ? 0 : value);
  }

  /** The reporter reads from a thread of its own. */
  private AtomicLong register(Series series) {
    AtomicLong value = new AtomicLong();
    Gauge<Long> gauge = value::get;
    OperationalCounters.within(group, series.dimension(), series.label())
        .gauge(series.metric(), gauge);
    return value;
  }
}
