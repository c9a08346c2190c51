package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationBundlerTest {
  private static final long PANE = 1_700_000_000_000L;

  private OneInputStreamOperatorTestHarness<Observation, ObservationBundle> harness;

  @BeforeEach
  void open() throws Exception {
    harness = new OneInputStreamOperatorTestHarness<>(new ObservationBundler());
    harness.setup(
        MetricTypes.BUNDLE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.open();
    harness.processWatermark(new Watermark(PANE));
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void nothingIsSentWhileThePaneIsOpen() throws Exception {
    observe("card", PANE + 1);
    harness.processWatermark(new Watermark(PANE + 4_999));

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void aPaneIsSentAsOneBeforeTheWatermarkThatCompletesIt() throws Exception {
    observe("card", PANE + 1);
    observe("card", PANE + 2);

    harness.processWatermark(new Watermark(PANE + 5_000));

    assertThat(harness.getOutput())
        .containsExactly(
            new Watermark(PANE),
            new StreamRecord<>(
                new ObservationBundle(
                    Metrics.PAYMENT_FAILED,
                    "method",
                    List.of(
                        new Observation(Metrics.PAYMENT_FAILED, "method", "card", PANE, 2, 0)))),
            new Watermark(PANE + 5_000));
  }

  @Test
  void everythingIsSentBeforeABarrierSoThatNoCheckpointMissesAny() throws Exception {
    observe("card", PANE + 1);

    harness.prepareSnapshotPreBarrier(1);

    assertThat(sent()).isEqualTo(1);
  }

  @Test
  void everythingIsSentAtTheEndOfTheInput() throws Exception {
    observe("card", PANE + 1);

    harness.getOneInputOperator().finish();

    assertThat(sent()).isEqualTo(1);
  }

  @Test
  void whatIsHeldIsBounded() throws Exception {
    for (int i = 0; i < ObservationBundler.CAPACITY; i++) {
      observe("method " + i, PANE);
    }

    assertThat(sent()).isEqualTo(ObservationBundler.CAPACITY);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsLostAndNothingIsMadeLate(long seed) throws Exception {
    Random random = new Random(seed);
    long time = PANE;
    long taken = 0;
    for (int step = 0; step < 2_000; step++) {
      switch (random.nextInt(8)) {
        case 0 -> harness.processWatermark(new Watermark(time += random.nextLong(4_000)));
        case 1 -> harness.prepareSnapshotPreBarrier(step);
        default -> {
          observe("method " + random.nextInt(3), time + 1 + random.nextLong(20_000));
          taken++;
        }
      }
    }
    harness.processWatermark(Watermark.MAX_WATERMARK);

    assertThat(sent()).as("seed %d", seed).isEqualTo(taken);
    assertNothingIsLate(seed);
  }

  private void assertNothingIsLate(long seed) {
    long watermark = Long.MIN_VALUE;
    for (Object out : harness.getOutput()) {
      if (out instanceof Watermark mark) {
        watermark = mark.getTimestamp();
      } else {
        long complete = watermark / 5_000 * 5_000;
        assertThat(observations(out)).as("seed %d", seed).allMatch(one -> one.at() >= complete);
      }
    }
  }

  private void observe(String method, long at) throws Exception {
    harness.processElement(
        new StreamRecord<>(Observation.one(Metrics.PAYMENT_FAILED, "method", method, at)));
  }

  private long sent() {
    return harness.getOutput().stream()
        .filter(out -> out instanceof StreamRecord)
        .flatMap(ObservationBundlerTest::observations)
        .mapToLong(Observation::count)
        .sum();
  }

  private static Stream<Observation> observations(Object out) {
    return ((ObservationBundle) ((StreamRecord<?>) out).getValue()).observations().stream();
  }
}
