package io.lifestage.operator;

import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Metrics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Shows levels, such as the population of a stage, in Prometheus, under the names of {@link
 * io.lifestage.metric.MetricDefinition#prometheusName}. A level is there from its first change
 * after a start; the {@code metrics} topic has it always.
 */
final class LevelGauges {
  private record Series(String metric, String dimension, String label) {}

  private final MetricGroup group;
  private final Map<Series, AtomicLong> values = new HashMap<>();

  LevelGauges(MetricGroup operator) {
    this.group = operator.addGroup("lifestage");
  }

  /** Takes the count of a level; other points are passed over. */
  void show(MetricPoint point) {
    if (Metrics.kind(point.metric()).isLevel()) {
      values
          .computeIfAbsent(
              new Series(point.metric(), point.dimension(), point.label()), this::register)
          .set(point.count());
    }
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
