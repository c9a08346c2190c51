package io.lifestage.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;

/** What Flink's own metrics say of a run in this process. */
final class Meters {
  /** Flink takes one access in so many for its histogram; with 1 it takes none. */
  private static final int SAMPLE = 2;

  private static final String OPERATOR = "<operator_name>";

  private final InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
  private final String operator;
  private final int subtasks;
  private List<Counter> counters = List.of();

  /**
   * Meters of one run.
   *
   * @param operator whose input is counted
   * @param subtasks how many there are of it
   */
  Meters(String operator, int subtasks) {
    this.operator = operator;
    this.subtasks = subtasks;
  }

  /** Has Flink report to these meters. */
  void installIn(Configuration configuration) {
    reporter.addToConfiguration(configuration);
  }

  /** Has Flink count accesses to keyed state too, at the cost of time. */
  static void countStateOperations(Configuration configuration) {
    configuration.setString("state.latency-track.keyed-state-enabled", "true");
    configuration.setString("state.latency-track.sample-interval", Integer.toString(SAMPLE));
  }

  /** How many records the operator took in so far. */
  long taken() {
    if (counters.size() < subtasks) {
      counters =
          reporter.getMetricsByGroup().entrySet().stream()
              .filter(group -> operator.equals(group.getKey().getAllVariables().get(OPERATOR)))
              .map(group -> group.getValue().get("numRecordsIn"))
              .filter(Counter.class::isInstance)
              .map(Counter.class::cast)
              .toList();
    }
    return counters.stream().mapToLong(Counter::getCount).sum();
  }

  /** Accesses by state and kind, such as {@code customer-v1 value get}; timers are not in it. */
  Map<String, Long> stateOperations() {
    Map<String, Long> operations = new TreeMap<>();
    reporter
        .getMetricsByGroup()
        .forEach(
            (group, metrics) ->
                metrics.forEach((name, metric) -> add(group, name, metric, operations)));
    return operations;
  }

  private static void add(
      MetricGroup group, String name, Metric metric, Map<String, Long> operations) {
    if (metric instanceof Histogram histogram && name.matches("\\w+State\\w+Latency")) {
      String state = group.getAllVariables().getOrDefault("<state_name>", "state");
      String kind = name.replaceAll("State(\\w+)Latency", " $1");
      operations.merge(state + " " + kind, SAMPLE * histogram.getCount(), Long::sum);
    }
  }
}
