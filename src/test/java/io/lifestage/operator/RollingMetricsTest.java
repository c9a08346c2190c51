package io.lifestage.operator;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.metric.Bundling;
import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.PaneSketches;
import io.lifestage.metric.RollingMetric;
import io.lifestage.metric.Sketch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
      return starting(backend, restored, RollingMetrics.ROOM);
    }

    static Harness starting(StateBackend backend, OperatorSubtaskState restored, long room)
        throws Exception {
      KeyedOneInputStreamOperatorTestHarness<String, ObservationBundle, MetricPoint> operator =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new RollingMetrics(Instant.MIN, room), ObservationBundle::key, Types.STRING);
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

    /** How many values a checkpoint holds; unlike the harness's own count, also in RocksDB. */
    long values() throws Exception {
      operator.snapshot(7, 7);
      return keys("rolling-metric-v1");
    }

    /** How many metrics have sketches in a checkpoint. */
    long sketched() throws Exception {
      operator.snapshot(8, 8);
      return keys("pane-sketches-v1");
    }

    /** How many metrics have sketches in the state as it is. */
    long written() {
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

  @ParameterizedTest(name = "seed {0}, room for {1} bytes")
  @CsvSource({"1, 1", "2, 3000", "3, 30000", "4, 30000000"})
  void whatIsWrittenDoesNotDependOnWhatIsInMemoryNorOnCheckpoints(long seed, long room)
      throws Exception {
    Random random = new Random(seed);
    StateBackend backend = new EmbeddedRocksDBStateBackend();
    Map<String, InMemory> reference = new TreeMap<>();
    OperatorSubtaskState checkpoint = null;
    long now = START;
    for (int run = 0; run < 3; run++) {
      try (Harness harness = Harness.starting(backend, checkpoint, room)) {
        harness.observe(now);
        for (int step = 0; step < 40; step++) {
          Observation[] some = traffic(random, now);
          now += 1 + random.nextLong(random.nextInt(5) == 0 ? DAY / 8 : 60 * SECOND);
          assertThat(bySeries(harness.observe(now, some)))
              .as("seed %d, run %d, step %d", seed, run, step)
              .isEqualTo(bySeries(expected(reference, now, some)));
          if (random.nextInt(4) == 0) {
            checkpoint = harness.operator().snapshot(step, step);
          }
        }
        checkpoint = harness.operator().snapshot(40, 40);
      }
    }
    try (Harness harness = Harness.starting(backend, checkpoint, room)) {
      harness.observe(now + 2 * DAY);

      assertThat(harness.values()).isZero();
      assertThat(harness.sketched()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aCheckpointThatIsStillBeingTakenDoesNotSeeWhatComesAfterIt(StateBackend backend)
      throws Exception {
    OperatorSubtaskState before;
    try (Harness harness = Harness.starting(backend, null)) {
      harness.observe(START + 2 * SECOND, visit("ada", START), visit("bob", START + 9 * SECOND));
      before = harness.operator().snapshot(1, 1);
    }
    OperatorSubtaskState checkpoint;
    List<MetricPoint> undisturbed;
    try (Harness harness = Harness.starting(backend, before)) {
      // Ada's pane is read, Bob's is read and changed: both are in memory.
      harness.observe(START + 6 * SECOND, visit("kim", START + 9 * SECOND));
      undisturbed = afterwards(harness.operator().snapshot(2, 2), backend);

      OperatorSnapshotFutures taken =
          harness
              .operator()
              .getOperator()
              .snapshotState(
                  3,
                  3,
                  CheckpointOptions.forCheckpointWithDefaultLocation(),
                  new MemCheckpointStreamFactory(1 << 20));
      harness.observe(
          START + 7 * SECOND, visit("eve", START + SECOND), visit("eve", START + 9 * SECOND));
      checkpoint = OperatorSnapshotFinalizer.create(taken).getJobManagerOwnedState();
    }

    assertThat(afterwards(checkpoint, backend)).isEqualTo(undisturbed);
  }

  private static List<MetricPoint> afterwards(OperatorSubtaskState from, StateBackend backend)
      throws Exception {
    try (Harness restored = Harness.starting(backend, from)) {
      return restored.observe(START + 2 * DAY);
    }
  }

  @Test
  void whatComesAndGoesBetweenTwoCheckpointsIsNeverWritten() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      harness.observe(START + 5 * SECOND, visit("ada", START));
      assertThat(harness.written()).isZero();

      harness.observe(START + 2 * DAY);

      assertThat(harness.sketched()).isZero();
    }
  }

  @Test
  void whatIsInMemoryIsWrittenWithTheCheckpoint() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      harness.observe(START + 5 * SECOND, visit("ada", START));

      assertThat(harness.sketched()).isEqualTo(1);
      assertThat(harness.values()).isEqualTo(1);
    }
  }

  /** The core, with sketches that stay where they are. */
  private static final class InMemory implements PaneSketches {
    private final Map<String, Sketch> sketches = new HashMap<>();
    private final RollingMetric metric;

    InMemory(ObservationBundle first, long now) {
      metric = RollingMetric.starting(first.metric(), first.dimension(), now);
    }

    @Override
    public Sketch get(String pane) {
      return sketches.get(pane);
    }

    @Override
    public void put(String pane, Sketch sketch) {
      sketches.put(pane, sketch);
    }

    @Override
    public void remove(String pane) {
      sketches.remove(pane);
    }
  }

  private long reached = START;

  private List<MetricPoint> expected(
      Map<String, InMemory> metrics, long until, Observation... observations) {
    List<MetricPoint> points = new ArrayList<>();
    for (Observation one : observations) {
      ObservationBundle bundle = new ObservationBundle(one.metric(), one.dimension(), List.of(one));
      InMemory metric = metrics.computeIfAbsent(bundle.key(), key -> new InMemory(bundle, reached));
      points.addAll(metric.metric.observe(bundle.observations(), reached, Long.MIN_VALUE, metric));
    }
    for (InMemory metric : metrics.values()) {
      points.addAll(metric.metric.advance(until, Long.MIN_VALUE, metric));
    }
    reached = until;
    return points;
  }

  /** Late ones, punctual ones, and some ahead of time. */
  private static Observation[] traffic(Random random, long now) {
    return Stream.generate(
            () -> {
              long at = now - random.nextLong(1 + (DAY >> (2 * random.nextInt(8)))) + SECOND;
              String label = List.of("a", "b", "c", "d").get(random.nextInt(4));
              Bundling bundling = new Bundling();
              bundling.add(
                  random.nextBoolean()
                      ? Observation.of(Metrics.REACH, "source", label, at, "c" + random.nextInt(9))
                      : Observation.of(
                          Metrics.CHAT_RESPONSE, "subject", label, at, random.nextLong(90_000)));
              return bundling.drain().get(0).observations().get(0);
            })
        .limit(random.nextInt(6))
        .toArray(Observation[]::new);
  }

  private static Map<String, List<MetricPoint>> bySeries(List<MetricPoint> points) {
    return points.stream()
        .collect(groupingBy(point -> point.metric() + " " + point.label() + " " + point.window()));
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
