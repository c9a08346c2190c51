package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.metric.Bundling;
import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** "try": Flink's harness says that closing it throws any exception. */
@SuppressWarnings("try")
class RollingMetricsTest {
  private static final long START = Duration.ofDays(20_000).toMillis();
  private static final long SECOND = 1_000;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private record Harness(
      KeyedOneInputStreamOperatorTestHarness<String, ObservationBundle, MetricPoint> operator)
      implements AutoCloseable {

    static Harness starting(StateBackend backend, OperatorSubtaskState restored) throws Exception {
      KeyedOneInputStreamOperatorTestHarness<String, ObservationBundle, MetricPoint> operator =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new KeyedProcessOperator<>(new RollingMetrics(Instant.MIN)),
              ObservationBundle::key,
              Types.STRING);
      operator.setStateBackend(backend);
      operator.setup(
          MetricTypes.POINT.createSerializer(operator.getExecutionConfig().getSerializerConfig()));
      if (restored != null) {
        operator.initializeState(restored);
      }
      operator.open();
      return new Harness(operator);
    }

    /** Lets the observations in, then time go on, and says what was written meanwhile. */
    List<MetricPoint> observe(long until, Observation... observations) throws Exception {
      int before = operator.extractOutputValues().size();
      for (Observation one : observations) {
        operator.processElement(
            new ObservationBundle(one.metric(), one.dimension(), List.of(one)), one.at());
      }
      operator.processWatermark(new Watermark(until));
      List<MetricPoint> all = operator.extractOutputValues();
      return List.copyOf(all.subList(before, all.size()));
    }

    /** How many values the state holds; unlike the harness's own count, also in RocksDB. */
    long values() {
      return keys("rolling-metric-v1");
    }

    /** How many metrics have sketches in the state. */
    long sketched() {
      return keys("pane-sketches-v1");
    }

    private long keys(String state) {
      try (Stream<?> keys =
          operator.getOperator().getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
        return keys.distinct().count();
      }
    }

    @Override
    public void close() throws Exception {
      operator.close();
    }
  }

  static Stream<StateBackend> backends() {
    return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
  }

  @Test
  void aBusyMetricHasOneValueAndOneTimer() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      for (int i = 0; i < 50; i++) {
        harness.observe(
            START + i * SECOND,
            fired("thank-you", START + i * SECOND),
            fired("win-back", START + i * SECOND));
      }

      assertThat(harness.values()).isEqualTo(1);
      assertThat(harness.operator().numEventTimeTimers()).isEqualTo(1);
    }
  }

  @Test
  void anEarlierObservationMovesTheTimerForward() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      harness.observe(START, fired("thank-you", START + 50 * SECOND), fired("thank-you", START));

      assertThat(harness.operator().numEventTimeTimers()).isEqualTo(1);
      assertThat(harness.observe(START + 5 * SECOND))
          .containsExactly(point("1m", START + 5 * SECOND, 1));
    }
  }

  @Test
  void whenTrafficStopsEveryWindowFallsToZeroAndNothingIsLeft() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      harness.observe(START + 5 * SECOND, fired("thank-you", START));

      List<MetricPoint> points = harness.observe(START + 2 * DAY);

      assertThat(points.stream().filter(point -> point.count() == 0))
          .extracting(MetricPoint::window)
          .containsExactlyInAnyOrder("1m", "5m", "1h", "24h");
      assertThat(harness.values()).isZero();
      assertThat(harness.operator().numEventTimeTimers()).isZero();
    }
  }

  @Test
  void theEndOfInputEndsEveryWindow() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      List<MetricPoint> points =
          harness.observe(
              Long.MAX_VALUE, fired("thank-you", START), fired("thank-you", START + DAY));

      assertThat(points.get(points.size() - 1))
          .isEqualTo(point("24h", START + 2 * DAY + 900 * SECOND, 0));
      assertThat(harness.values()).isZero();
      assertThat(harness.operator().numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aLevelStaysWithoutATimer() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      harness.observe(START + DAY, Observation.one(Metrics.POPULATION, "stage", "loyalty", START));

      assertThat(harness.values()).isEqualTo(1);
      assertThat(harness.operator().numEventTimeTimers()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRestoredMetricGoesOnWhereItWas(StateBackend backend) throws Exception {
    OperatorSubtaskState checkpoint;
    List<MetricPoint> undisturbed;
    try (Harness harness = Harness.starting(backend, null)) {
      harness.observe(
          START + 7 * SECOND, fired("thank-you", START), fired("thank-you", START + 20 * SECOND));
      checkpoint = harness.operator().snapshot(1, 1);
      undisturbed = harness.observe(START + 2 * DAY, fired("thank-you", START + SECOND));
    }

    try (Harness restored = Harness.starting(backend, checkpoint)) {
      assertThat(restored.observe(START + 2 * DAY, fired("thank-you", START + SECOND)))
          .isEqualTo(undisturbed)
          .contains(
              new MetricPoint(
                  Metrics.TRIGGERS_FIRED,
                  "journey",
                  "thank-you",
                  "1m",
                  START + 5 * SECOND,
                  2,
                  0,
                  1));
      assertThat(restored.values()).isZero();
      assertThat(restored.operator().numEventTimeTimers()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRestoredEstimateGoesOnWhereItWas(StateBackend backend) throws Exception {
    OperatorSubtaskState checkpoint;
    List<MetricPoint> undisturbed;
    try (Harness harness = Harness.starting(backend, null)) {
      harness.observe(START + 7 * SECOND, visit("ada", START), visit("bob", START + 20 * SECOND));
      checkpoint = harness.operator().snapshot(1, 1);
      undisturbed = harness.observe(START + 2 * DAY, visit("ada", START + SECOND));
    }

    try (Harness restored = Harness.starting(backend, checkpoint)) {
      assertThat(restored.observe(START + 2 * DAY, visit("ada", START + SECOND)))
          .isEqualTo(undisturbed)
          .filteredOn(point -> point.window().equals("1m"))
          .extracting(
              MetricPoint::at,
              MetricPoint::count,
              point -> point.estimates().distinct(),
              MetricPoint::revision)
          .containsExactly(
              tuple(START + 5 * SECOND, 2L, 1L, 1),
              tuple(START + 25 * SECOND, 3L, 2L, 0),
              tuple(START + 65 * SECOND, 1L, 1L, 0),
              tuple(START + 85 * SECOND, 0L, null, 0));
      assertThat(restored.values()).isZero();
      assertThat(restored.sketched()).isZero();
      assertThat(restored.operator().numEventTimeTimers()).isZero();
    }
  }

  /** As the bundler would send it. */
  private static Observation visit(String customer, long at) {
    Bundling bundling = new Bundling();
    bundling.add(Observation.of(Metrics.REACH, "source", "search", at, customer));
    return bundling.drain().get(0).observations().get(0);
  }

  private static Observation fired(String journey, long at) {
    return Observation.one(Metrics.TRIGGERS_FIRED, "journey", journey, at);
  }

  private static MetricPoint point(String window, long at, long count) {
    return new MetricPoint(Metrics.TRIGGERS_FIRED, "journey", "thank-you", window, at, count, 0, 0);
  }
}
