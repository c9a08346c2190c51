package io.lifestage.operator;

import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.RollingMetric;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts observations of flows for Prometheus, under the names of {@link
 * io.lifestage.metric.MetricDefinition#prometheusName}. Each subtask counts what it sees, from zero
 * at each start, so a query adds the subtasks up. What is taken back is subtracted, and Flink's
 * reporter writes counters as gauges: use {@code deriv} or {@code delta} where {@code rate} would
 * take a step down for a restart.
 *
 * <p>At most {@link RollingMetric#LABELS} labels for each metric and dimension, the rest under
 * {@link RollingMetric#OTHER}: here each subtask for itself, and until the job restarts.
 */
final class OperationalCounters {
  private record Split(String metric, String dimension) {}

  private record Series(String metric, String dimension, String label) {}

  private final MetricGroup group;
  private final Map<Split, Set<String>> labels = new HashMap<>();
  private final Map<Series, Counter> counters = new HashMap<>();

  OperationalCounters(MetricGroup operator) {
    this.group = operator.addGroup("lifestage");
  }

  /** Counts one in; levels are not counted. */
  void count(Observation observation) {
    if (Metrics.kind(observation.metric()).isLevel()) {
      return;
    }
    String label = bounded(observation);
    String dimension = observation.dimension();
    counter(new Series(observation.metric(), dimension, label)).inc(observation.count());
    if (observation.sum() != 0) {
      counter(new Series(observation.metric() + "_sum", dimension, label)).inc(observation.sum());
    }
  }

  private String bounded(Observation observation) {
    Set<String> known =
        labels.computeIfAbsent(
            new Split(observation.metric(), observation.dimension()), split -> new HashSet<>());
    String label = observation.label();
    boolean apart = known.contains(label) || known.size() < RollingMetric.LABELS;
    if (apart) {
      known.add(label);
    }
    return apart ? label : RollingMetric.OTHER;
  }

  private Counter counter(Series series) {
    return counters.computeIfAbsent(
        series, one -> within(group, one.dimension(), one.label()).counter(one.metric()));
  }

  /** The group of one value of a dimension: the dimension is the label's name in Prometheus. */
  static MetricGroup within(MetricGroup group, String dimension, String label) {
    return dimension.isEmpty() ? group : group.addGroup(dimension, label);
  }
}
