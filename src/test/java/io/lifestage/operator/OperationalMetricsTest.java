package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.metric.Estimates;
import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.Punctuality;
import io.lifestage.metric.RollingMetric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.junit.jupiter.api.Test;

/** What operators register, by the names and labels that Flink's Prometheus reporter gives them. */
class OperationalMetricsTest {
  private final Map<String, Metric> registered = new HashMap<>();
  private final MetricGroup operator =
      TaskManagerMetricGroup.createTaskManagerMetricGroup(
              TestingMetricRegistry.builder().setRegisterConsumer(this::register).build(),
              "host",
              ResourceID.generate())
          .addJob(new JobID(), "job")
          .addTask(ExecutionAttemptID.randomId(), "task")
          .getOrAddOperator("operator");

  private final OperationalCounters counters = new OperationalCounters(operator);

  @Test
  void aFlowIsCountedUnderTheNameOfItsDefinition() {
    counters.count(Observation.one(Metrics.TRIGGERS_FIRED, "journey", "thank-you", 0));
    counters.count(Observation.one(Metrics.TRIGGERS_FIRED, "journey", "thank-you", 0));
    counters.count(Observation.one(Metrics.TRIGGERS_FIRED, "journey", "win-back", 0));

    assertThat(count(Metrics.TRIGGERS_FIRED, "journey", "thank-you")).isEqualTo(2);
    assertThat(count(Metrics.TRIGGERS_FIRED, "journey", "win-back")).isEqualTo(1);
  }

  @Test
  void aQuantityIsCountedBesideItsNumberAndWhatIsTakenBackIsSubtracted() {
    Observation paid = Observation.of(Metrics.REVENUE, "currency", "EUR", 0, 1999);
    counters.count(paid);
    counters.count(paid);
    counters.count(paid.withdrawn());

    assertThat(count(Metrics.REVENUE, "currency", "EUR")).isEqualTo(1);
    assertThat(
            ((Counter) registered.get(series(Metrics.REVENUE, "currency", "_sum", "EUR")))
                .getCount())
        .isEqualTo(1999);
  }

  @Test
  void aMetricWithoutADimensionHasNoLabel() {
    counters.count(Observation.one(Metrics.CANCELLATIONS, "", "", 0));

    assertThat(registered).containsKey(definition(Metrics.CANCELLATIONS, ""));
  }

  @Test
  void aHundredLabelsAreKeptApartAndTheRestIsCountedAsOther() {
    for (int i = 0; i < 130; i++) {
      counters.count(Observation.one(Metrics.PAYMENT_FAILED, "method", "method " + i, 0));
    }

    assertThat(count(Metrics.PAYMENT_FAILED, "method", RollingMetric.OTHER)).isEqualTo(30);
    assertThat(registered.keySet().stream().filter(name -> name.contains(Metrics.PAYMENT_FAILED)))
        .hasSize(RollingMetric.LABELS + 1);
  }

  @Test
  void aLevelIsShownAsItStandsAndNotCounted() {
    LevelGauges gauges = new LevelGauges(operator);

    counters.count(Observation.one(Metrics.POPULATION, "stage", "loyalty", 0));
    assertThat(registered).doesNotContainKey(series(Metrics.POPULATION, "stage", "", "loyalty"));

    gauges.show(new MetricPoint(Metrics.POPULATION, "stage", "loyalty", "now", 0, 7, 0, 0));
    gauges.show(new MetricPoint(Metrics.POPULATION, "stage", "loyalty", "now", 5, 9, 0, 0));
    gauges.show(new MetricPoint(Metrics.TRIGGERS_FIRED, "journey", "x", "1m", 5, 9, 0, 0));

    Gauge<?> population =
        (Gauge<?>) registered.get(series(Metrics.POPULATION, "stage", "", "loyalty"));
    assertThat(population.getValue()).isEqualTo(9L);
    assertThat(registered.keySet()).noneMatch(name -> name.contains(Metrics.TRIGGERS_FIRED));
  }

  @Test
  void estimatesAreShownOverFiveMinutesAndZeroWhereNothingWasThere() {
    LevelGauges gauges = new LevelGauges(operator);
    Estimates waits = new Estimates(null, 100L, 200L, 300L, 400L);
    gauges.show(point(Metrics.CHAT_RESPONSE, "subject", "sales", "5m", waits));
    gauges.show(point(Metrics.CHAT_RESPONSE, "subject", "sales", "1h", Estimates.NONE));
    gauges.show(point(Metrics.BUYERS, "", "", "5m", new Estimates(7L, null, null, null, null)));

    Gauge<?> p95 =
        (Gauge<?>) registered.get(series(Metrics.CHAT_RESPONSE, "subject", "_p95", "sales"));
    assertThat(p95.getValue()).isEqualTo(300L);
    assertThat(((Gauge<?>) registered.get(definition(Metrics.BUYERS, "") + "_distinct")).getValue())
        .isEqualTo(7L);

    gauges.show(point(Metrics.CHAT_RESPONSE, "subject", "sales", "5m", Estimates.NONE));
    assertThat(p95.getValue()).isEqualTo(0L);
  }

  @Test
  void howFarTheOperatorIsBehindTheClockIsReadOffWhenSomebodyAsks() {
    AtomicLong now = new AtomicLong(1_000_000);
    WallClock wall = new WallClock(operator, now::get);

    assertThat(read(Punctuality.WATERMARK_DELAY)).as("before the first watermark").isEqualTo(0L);
    wall.reached(995_000);
    now.addAndGet(2_000);
    assertThat(read(Punctuality.WATERMARK_DELAY)).isEqualTo(7_000L);
    assertThat(read(Punctuality.CHECKPOINT_AGE)).as("since the start").isEqualTo(2_000L);
    wall.completed();
    now.addAndGet(500);
    assertThat(read(Punctuality.CHECKPOINT_AGE)).isEqualTo(500L);
    wall.reached(Long.MAX_VALUE);
    assertThat(read(Punctuality.WATERMARK_DELAY)).as("at the end of time").isEqualTo(0L);
  }

  @Test
  void theLatencyOfTriggersIsAHistogramOfThoseThatWereSent() {
    WallClock wall = new WallClock(operator, () -> 1_000_000);

    wall.decided(trigger(994_000));
    wall.decided(trigger(990_000));
    wall.decided(trigger(1).takenBack(999_000));
    wall.decided(trigger(2).after(1));

    Histogram latency = (Histogram) registered.get(Punctuality.TRIGGER_LATENCY.prometheusName());
    assertThat(latency.getCount()).isEqualTo(2);
    assertThat(latency.getStatistics().getMin()).isEqualTo(6_000);
    assertThat(latency.getStatistics().getMax()).isEqualTo(10_000);
  }

  private static Trigger trigger(long at) {
    return new Trigger(
        "t-" + at,
        Trigger.Status.ACTIVE,
        "kind",
        "thank-you",
        1,
        "o-1",
        "ada",
        Step.Audience.CUSTOMER,
        "email",
        "thanks",
        Map.of(),
        List.of(),
        0,
        0,
        at,
        at,
        at,
        "retention",
        1,
        List.of());
  }

  private Object read(Punctuality one) {
    return ((Gauge<?>) registered.get(one.prometheusName())).getValue();
  }

  private static MetricPoint point(
      String metric, String dimension, String label, String window, Estimates estimates) {
    return new MetricPoint(metric, dimension, label, window, 0, 1, 0, 0, estimates);
  }

  private long count(String metric, String dimension, String label) {
    return ((Counter) registered.get(series(metric, dimension, "", label))).getCount();
  }

  private static String series(String metric, String dimension, String suffix, String label) {
    return definition(metric, dimension) + suffix + "{" + dimension + "=" + label + "}";
  }

  private static String definition(String metric, String dimension) {
    return Metrics.definitions().stream()
        .filter(definition -> definition.name().equals(metric))
        .findFirst()
        .orElseThrow()
        .prometheusName(dimension);
  }

  /** As the reporter does it: scope and name, then the variables that we added. */
  private void register(Metric metric, String name, AbstractMetricGroup<?> group) {
    String scope = group.getLogicalScope(part -> part.replaceAll("[^a-zA-Z0-9:_]", "_"), '_');
    StringBuilder labels = new StringBuilder();
    group
        .getAllVariables()
        .forEach(
            (key, value) -> {
              String label = key.substring(1, key.length() - 1);
              if (scope.endsWith("lifestage_" + label)) {
                labels.append('{').append(label).append('=').append(value).append('}');
              }
            });
    registered.put("flink_" + scope + "_" + name + labels, metric);
  }
}
