package io.lifestage.operator;

import static io.lifestage.operator.Shopping.placed;
import static io.lifestage.operator.Shopping.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Aftermath;
import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Profile;
import io.lifestage.definition.RetailPack;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.Origin;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ReadBack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** The operators without a memory of their own: what goes in, and where it comes out. */
@SuppressWarnings("try") // Flink's harness says that closing it throws any exception.
class RecordOperatorsTest {
  private static final Origin ORIGIN = new Origin("orders", 2, 9, 1_700_000_000_000L);
  private static final CodecTypeInfo<OutboundRecord> RECORD =
      new CodecTypeInfo<>(OutboundRecord.class, new OutboundRecordCodec());

  // Profiles

  @Test
  void profilesWaitForTheCheckpointAndOnlyTheLastIsWritten() throws Exception {
    try (var harness = profiles()) {
      harness.processElement(new StreamRecord<>(customer("ada", 1)));
      harness.processElement(new StreamRecord<>(customer("bob", 1)));
      harness.processElement(new StreamRecord<>(customer("ada", 2)));
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.prepareSnapshotPreBarrier(1);
      assertThat(harness.extractOutputValues())
          .extracting(r -> ReadBack.key(r) + " " + r.timestamp())
          .containsExactlyInAnyOrder("ada 2", "bob 1");

      harness.prepareSnapshotPreBarrier(2);
      assertThat(harness.extractOutputValues()).as("written once").hasSize(2);
    }
  }

  @Test
  void theEndOfInputWritesWhatIsHeld() throws Exception {
    try (var harness = profiles()) {
      harness.processElement(new StreamRecord<>(customer("ada", 1)));

      harness.endInput();

      assertThat(harness.extractOutputValues()).extracting(ReadBack::key).containsExactly("ada");
    }
  }

  @Test
  void moreCustomersThanItMayHoldAreWrittenEarly() throws Exception {
    try (var harness = profiles()) {
      for (int i = 1; i < LatestProfiles.CAPACITY; i++) {
        harness.processElement(new StreamRecord<>(customer("customer-" + i, i)));
      }
      assertThat(harness.getOutput()).isEmpty();

      harness.processElement(new StreamRecord<>(customer("one-more", 1)));

      assertThat(harness.getOutput()).hasSize(LatestProfiles.CAPACITY);
    }
  }

  private static OneInputStreamOperatorTestHarness<LazyRecord, OutboundRecord> profiles()
      throws Exception {
    return records(new LatestProfiles());
  }

  private static LazyRecord customer(String key, long changedAt) {
    CustomerRecord stranger = CustomerRecord.unknown(key);
    CustomerRecord customer =
        new CustomerRecord(
            stranger.settled(),
            changedAt,
            List.of(),
            stranger.current(),
            changedAt,
            changedAt,
            List.of(),
            Aftermath.NONE);
    Profile profile = Profile.of(customer, RetailPack.definitions());
    return new LazyRecord(key, () -> Slot.ENCODERS.outputs().profile(profile));
  }

  // Routing

  @Test
  void anEventGoesOnWithThePlaceWhereItWasRead() throws Exception {
    Decoded.OfEvent arrival = new Decoded.OfEvent(placed("ada", "o1", Duration.ZERO), ORIGIN);
    try (var harness = routing()) {
      harness.processElement(new StreamRecord<>(arrival));

      assertThat(harness.extractOutputValues()).containsExactly(arrival);
      assertThat(aside(harness, RouteInputs.ANNOUNCEMENTS)).isEmpty();
      assertThat(aside(harness, Outputs.RECORDS)).isEmpty();
      assertThat(aside(harness, Outputs.OBSERVATIONS)).isEmpty();
    }
  }

  @Test
  void aProductGoesAside() throws Exception {
    Product mug = product("mug", Duration.ZERO, true, 500, "cup");
    try (var harness = routing()) {
      harness.processElement(new StreamRecord<>(new Decoded.OfProduct(mug, ORIGIN)));

      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(aside(harness, RouteInputs.ANNOUNCEMENTS))
          .containsExactly(new Announcement.OfProduct(mug));
    }
  }

  @Test
  void aProductThatIsGoneIsOneThatNobodyCanBuy() throws Exception {
    try (var harness = routing()) {
      harness.processElement(new StreamRecord<>(new Decoded.ProductGone("mug", 17, ORIGIN)));

      Product gone =
          ((Announcement.OfProduct) aside(harness, RouteInputs.ANNOUNCEMENTS).get(0)).product();
      assertThat(gone.sku()).isEqualTo("mug");
      assertThat(gone.effectiveAt()).isEqualTo(17);
      assertThat(gone.available()).isFalse();
      assertThat(gone.complements()).isEmpty();
    }
  }

  @Test
  void aDeadLetterIsARecordForTheSinkAndIsCounted() throws Exception {
    Defect defect = Defect.UNDECODABLE;
    byte[] value = {4, 5};
    try (var harness = routing()) {
      harness.processElement(
          new StreamRecord<>(
              new Decoded.DeadLetter(defect, "no sense", null, ORIGIN, null, value)));

      assertThat(harness.extractOutputValues()).isEmpty();
      OutboundRecord letter = aside(harness, Outputs.RECORDS).get(0);
      assertThat(letter.topic()).isEqualTo("dead-letters");
      assertThat(letter.value()).isEqualTo(value);
      assertThat(letter.headers())
          .containsEntry("lifestage.reason", defect.code())
          .containsEntry("lifestage.offset", "9");
      assertThat(aside(harness, Outputs.OBSERVATIONS))
          .containsExactly(
              Observation.one(Metrics.DEAD_LETTERS, "reason", defect.code(), ORIGIN.timestamp()));
    }
  }

  private static OneInputStreamOperatorTestHarness<Decoded, Decoded.OfEvent> routing()
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<Decoded, Decoded.OfEvent>(
            new ProcessOperator<>(new RouteInputs(Slot.ENCODERS)));
    harness.setup(new CodecSerializer<>(new ArrivalCodec()));
    harness.open();
    return harness;
  }

  // The clock

  @Test
  void aSilentReadingIsWrittenDownAsATickAndItsLagCounted() throws Exception {
    try (var harness = records(new ProcessOperator<>(new RecordTicks(Slot.ENCODERS)))) {
      harness.processElement(
          new StreamRecord<>(new ClockReading(1_000, 6_000, true, Map.of("chat", 3L))));

      OutboundRecord tick = harness.extractOutputValues().get(0);
      assertThat(tick.topic()).isEqualTo("clock");
      assertThat(tick.timestamp()).isEqualTo(1_000);
      assertThat(ReadBack.field(tick, "reason")).isEqualTo("silence");
      assertThat(aside(harness, Outputs.OBSERVATIONS))
          .containsExactly(Observation.reading(Metrics.LAG, "topic", "chat", 6_000, 3));
    }
  }

  @Test
  void aReadingWhileThereIsMoreToReadIsNoTick() throws Exception {
    try (var harness = records(new ProcessOperator<>(new RecordTicks(Slot.ENCODERS)))) {
      harness.processElement(new StreamRecord<>(ClockReading.STOPPED));
      harness.processElement(
          new StreamRecord<>(new ClockReading(1_000, 6_000, false, Map.of("chat", 3L))));

      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(aside(harness, Outputs.OBSERVATIONS)).hasSize(1);
    }
  }

  // Metrics

  @Test
  void aPointIsARecordOfItsSeries() throws Exception {
    MetricPoint point =
        new MetricPoint(Metrics.TRIGGERS_FIRED, "journey", "thank-you", "1m", 5_000, 2, 0, 1);
    try (var harness = records(new StreamMap<>(new MetricRecords(Slot.ENCODERS)))) {
      harness.processElement(new StreamRecord<>(point));

      OutboundRecord record = harness.extractOutputValues().get(0);
      assertThat(record.topic()).isEqualTo("metrics");
      assertThat(ReadBack.key(record)).isEqualTo("triggers_fired/journey/thank-you/1m");
      assertThat(ReadBack.field(record, "count")).isEqualTo("2");
      assertThat(ReadBack.field(record, "revision")).isEqualTo("1");
    }
  }

  private static <T> OneInputStreamOperatorTestHarness<T, OutboundRecord> records(
      OneInputStreamOperator<T, OutboundRecord> operator) throws Exception {
    var harness = new OneInputStreamOperatorTestHarness<T, OutboundRecord>(operator);
    harness.setup(RECORD.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.open();
    return harness;
  }

  private static <T> List<T> aside(
      OneInputStreamOperatorTestHarness<?, ?> harness, OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }
}
