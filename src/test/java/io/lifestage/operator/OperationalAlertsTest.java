package io.lifestage.operator;

import static io.lifestage.metric.PlainShop.BEGINNING;
import static io.lifestage.metric.PlainShop.DAY;
import static io.lifestage.metric.PlainShop.HOUR;
import static io.lifestage.metric.PlainShop.PANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.PlainShop;
import io.lifestage.metric.PlainShop.Change;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ReadBack;
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
class OperationalAlertsTest {
  /** Ten in the morning of the ninth day. */
  private static final long TEN = BEGINNING + 8 * DAY + 10 * HOUR;

  private static final Change BROKEN = Change.lostAt(0.5, "payment", "placed", "paid");

  private record Harness(
      KeyedOneInputStreamOperatorTestHarness<String, ObservationBundle, OutboundRecord> operator)
      implements AutoCloseable {

    static Harness starting(StateBackend backend, OperatorSubtaskState restored) throws Exception {
      KeyedOneInputStreamOperatorTestHarness<String, ObservationBundle, OutboundRecord> operator =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new KeyedProcessOperator<>(
                  new OperationalAlerts(
                      Instant.MIN, new Encoders("", ReadBack.IDS, "/lifestage/test"))),
              bundle -> OperationalAlerts.ALL,
              Types.STRING);
      operator.setStateBackend(backend);
      operator.setup(
          new CodecTypeInfo<>(OutboundRecord.class, new OutboundRecordCodec())
              .createSerializer(operator.getExecutionConfig().getSerializerConfig()));
      if (restored != null) {
        operator.initializeState(restored);
      }
      operator.open();
      return new Harness(operator);
    }

    /** Lets the shop run, and says what was written meanwhile, but for when. */
    List<String> run(long from, long until, Change change) throws Exception {
      int before = operator.extractOutputValues().size();
      for (long start = from; start < until; start += PANE) {
        for (ObservationBundle bundle : PlainShop.bundles(start, change)) {
          operator.processElement(bundle, start);
        }
        operator.processWatermark(new Watermark(start + PANE));
      }
      return operator.extractOutputValues().stream()
          .skip(before)
          .map(r -> ReadBack.field(r, "status") + " " + ReadBack.line(r))
          .toList();
    }

    long values(String state) {
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
  void aBrokenStepIsWrittenToTheTopicOfAlertsUnderOneKey() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      assertThat(harness.run(BEGINNING, TEN, Change.NONE)).isEmpty();

      harness.run(TEN, TEN + HOUR, BROKEN);
      harness.run(TEN + HOUR, TEN + 3 * HOUR, Change.NONE);

      List<OutboundRecord> written = harness.operator().extractOutputValues();
      assertThat(written).extracting(OutboundRecord::topic).containsOnly("alerts");
      assertThat(written.stream().map(ReadBack::key).distinct()).hasSize(1);
      assertThat(written)
          .extracting(r -> ReadBack.field(r, "subject").toString())
          .containsOnly("checkout_step=payment");
      assertThat(written)
          .extracting(r -> ReadBack.field(r, "status").toString())
          .startsWith("OPEN")
          .endsWith("RESOLVED");
    }
  }

  @Test
  void itHasOneValueOfEachAndATimerAndNoTimerWhenAllIsOver() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      harness.run(BEGINNING, BEGINNING + HOUR, Change.NONE);

      assertThat(harness.values("watch-v1")).isEqualTo(1);
      assertThat(harness.values("watched-panes-v1")).isEqualTo(1);
      assertThat(harness.operator().numEventTimeTimers()).isEqualTo(1);

      harness.operator().processWatermark(new Watermark(BEGINNING + DAY));
      assertThat(harness.operator().numEventTimeTimers()).isZero();
    }
  }

  @Test
  void theEndOfInputLeavesNoTimer() throws Exception {
    try (Harness harness = Harness.starting(new HashMapStateBackend(), null)) {
      harness.run(BEGINNING, BEGINNING + HOUR, Change.NONE);

      harness.operator().processWatermark(Watermark.MAX_WATERMARK);

      assertThat(harness.operator().numEventTimeTimers()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRestoredWatchGoesOnWhereItWas(StateBackend backend) throws Exception {
    OperatorSubtaskState checkpoint;
    List<String> undisturbed;
    try (Harness harness = Harness.starting(backend, null)) {
      harness.run(BEGINNING, TEN, Change.NONE);
      harness.run(TEN, TEN + HOUR / 2, BROKEN);
      checkpoint = harness.operator().snapshot(1, 1);
      undisturbed = harness.run(TEN + HOUR / 2, TEN + 3 * HOUR, Change.NONE);
    }

    try (Harness restored = Harness.starting(backend, checkpoint)) {
      assertThat(restored.run(TEN + HOUR / 2, TEN + 3 * HOUR, Change.NONE))
          .isEqualTo(undisturbed)
          .anyMatch(line -> line.startsWith("RESOLVED"));
    }
  }
}
