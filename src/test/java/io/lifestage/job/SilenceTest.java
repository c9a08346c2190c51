package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.operator.ClockReading;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is known of inputs on which nothing happens, and the time that events make. */
class SilenceTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final Duration DISORDER = Duration.ofSeconds(5);
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");

  // How far partitions reach

  @Test
  void whoHasReadAllRecordsNeedNotReadTheMarksOfTransactions() {
    PartitionEnds ends = ends(() -> {});
    reachesTo(5);
    ends.readUpTo(ORDERS, 3);
    ends.look();
    assertThat(ends.latest().ends()).as("it may still be read").containsEntry(ORDERS, 5L);

    kafka.schedulePollTask(() -> kafka.seek(ORDERS, 5));
    ends.look();

    assertThat(ends.latest().ends()).containsEntry(ORDERS, 3L);
  }

  @Test
  void aRecordAmongTheMarksMustBeRead() {
    PartitionEnds ends = ends(() -> {});
    reachesTo(5);
    ends.readUpTo(ORDERS, 3);
    ends.look();

    kafka.schedulePollTask(
        () -> kafka.addRecord(new ConsumerRecord<>("orders", 0, 4, new byte[0], new byte[0])));
    ends.look();

    assertThat(ends.latest().ends()).containsEntry(ORDERS, 5L);
  }

  @Test
  void manyOffsetsAreABacklogWithoutAsking() {
    PartitionEnds ends = ends(() -> {});
    reachesTo(100);
    ends.readUpTo(ORDERS, 3);
    ends.look();
    ends.look();

    assertThat(ends.latest().ends()).containsEntry(ORDERS, 100L);
    assertThat(kafka.assignment()).isEmpty();
  }

  @Test
  void whileKafkaDoesNotAnswerThereIsNoLook() {
    AtomicInteger looks = new AtomicInteger();
    PartitionEnds ends = ends(looks::incrementAndGet);
    reachesTo(0);
    ends.readUpTo(ORDERS, 0);
    kafka.setOffsetsException(new KafkaException("not now"));

    ends.look();

    assertThat(looks).hasValue(0);
    assertThat(ends.latest().ends()).isEmpty();
  }

  private PartitionEnds ends(Runnable onLook) {
    return new PartitionEnds(kafka, () -> Instant.ofEpochMilli(NOON), onLook);
  }

  private void reachesTo(long end) {
    kafka.updateBeginningOffsets(Map.of(ORDERS, 0L));
    kafka.updateEndOffsets(Map.of(ORDERS, end));
  }

  // The clock

  @Test
  void inputsReadToTheirEndAndStillForAWhileAreSilent() {
    SilenceClock clock = clock();
    reachesTo(4);
    kafka.commitSync(Map.of(ORDERS, new OffsetAndMetadata(4)));

    assertThat(clock.look(NOON).silent()).isFalse();
    assertThat(clock.look(NOON + 1_999).silent()).isFalse();
    assertThat(clock.look(NOON + 2_000))
        .isEqualTo(
            new ClockReading(
                NOON + 2_000 - DISORDER.toMillis(), NOON + 2_000, true, Map.of("orders", 0L)));
  }

  @Test
  void aNewRecordEndsTheSilence() {
    SilenceClock clock = clock();
    reachesTo(4);
    kafka.commitSync(Map.of(ORDERS, new OffsetAndMetadata(4)));
    clock.look(NOON);
    assertThat(clock.look(NOON + 2_000).silent()).isTrue();

    reachesTo(6);

    assertThat(clock.look(NOON + 3_000))
        .isEqualTo(
            new ClockReading(
                NOON + 3_000 - DISORDER.toMillis(), NOON + 3_000, false, Map.of("orders", 2L)));
  }

  @Test
  void inputsThatNobodyHasReadAreNotSilent() {
    SilenceClock clock = clock();
    reachesTo(4);
    clock.look(NOON);
    kafka.schedulePollTask(
        () -> kafka.addRecord(new ConsumerRecord<>("orders", 0, 0, new byte[0], new byte[0])));

    ClockReading reading = clock.look(NOON + 60_000);

    assertThat(reading.silent()).isFalse();
    assertThat(reading.lag()).containsEntry("orders", 4L);
  }

  @Test
  void beforeTheFirstEventThereIsNoSilence() {
    SilenceClock clock = clock();
    reachesTo(0);
    clock.look(NOON);

    assertThat(clock.look(NOON + 60_000).silent()).isFalse();
  }

  private SilenceClock clock() {
    SilenceClock clock =
        new SilenceClock(new Properties(), List.of("orders"), "", DISORDER, Duration.ofSeconds(2));
    kafka.updatePartitions("orders", List.of(new PartitionInfo("orders", 0, null, null, null)));
    // The mock knows what is committed only of partitions that are assigned to it.
    kafka.assign(List.of(ORDERS));
    clock.ask(kafka);
    return clock;
  }

  // The time of events

  @Test
  void timeIsBehindTheLatestEventByTheDisorderBound() {
    assertThat(timeAfter(event(NOON), event(NOON - 60_000)))
        .isEqualTo(NOON - DISORDER.toMillis() - 1);
  }

  @Test
  void aProductMovesTimeAsFarAsItsChangeIsInForceAndNoFurtherThanItsAppend() {
    assertThat(timeAfter(product(NOON - 1_000, NOON))).isEqualTo(NOON - 1_000 - 5_001);
    assertThat(timeAfter(product(NOON + 86_400_000, NOON))).isEqualTo(NOON - 5_001);
    assertThat(timeAfter(product(NOON + 1_000, -1))).isEqualTo(NOON + 1_000 - 5_001);
  }

  @Test
  void whatCannotBeUsedMovesNoTime() {
    Decoded dead =
        new Decoded.DeadLetter(
            Defect.UNDECODABLE, "no sense", null, new Origin("orders", 0, 0, NOON), null, null);

    assertThat(timeAfter(event(NOON), dead)).isEqualTo(timeAfter(event(NOON)));
    assertThat(timeAfter(dead)).isEqualTo(Long.MIN_VALUE);
  }

  private static long timeAfter(Decoded... records) {
    InputTime time = new InputTime(DISORDER);
    WatermarkGenerator<Decoded> generator = time.createWatermarkGenerator(null);
    Marks marks = new Marks();
    for (Decoded record : records) {
      long at = time.createTimestampAssigner(null).extractTimestamp(record, Long.MIN_VALUE);
      generator.onEvent(record, at, marks);
    }
    generator.onPeriodicEmit(marks);
    assertThat(marks.times).hasSize(1);
    return marks.times.get(0);
  }

  private static final class Marks implements WatermarkOutput {
    final List<Long> times = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      times.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      throw new IllegalStateException("events do not make a partition idle");
    }

    @Override
    public void markActive() {
      throw new IllegalStateException("events do not make a partition active");
    }
  }

  private static Decoded event(long at) {
    return new Decoded.OfEvent(
        new Event("e", at, EventType.PAGE_VIEWED, "ada", Map.of(), List.of(), Money.NONE),
        new Origin("clickstream", 0, 0, at));
  }

  private static Decoded product(long effectiveAt, long appended) {
    return new Decoded.OfProduct(
        new Product("mug", effectiveAt, "A mug", "kitchen", Money.NONE, true, List.of()),
        new Origin("products", 0, 0, appended));
  }
}
