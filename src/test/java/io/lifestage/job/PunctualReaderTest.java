package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a partition's time moves without events, and when it does not. */
@SuppressWarnings("try") // Flink declares close() with every exception.
class PunctualReaderTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long DISORDER = 5_000;
  private static final long LATENESS = 3_600_000;
  private static final TopicPartition FIRST = new TopicPartition("orders", 0);
  private static final TopicPartition SECOND = new TopicPartition("orders", 1);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final Script script = new Script();
  private final Told told = new Told();
  private long wall = NOON;
  private PartitionEnds ends;
  private final PunctualReader reader =
      new PunctualReader(
          script,
          onLook -> {
            ends = new PartitionEnds(kafka, () -> Instant.ofEpochMilli(wall), onLook);
            return ends;
          },
          Duration.ofMillis(DISORDER),
          Duration.ofMillis(LATENESS));

  @AfterEach
  void close() throws Exception {
    reader.close();
  }

  @Test
  void anEmptyPartitionIsAsLateAsTheLook() throws Exception {
    reads(FIRST, 0);
    holds(FIRST, 0);

    look();

    assertThat(told.said).containsExactly("orders-0 at " + (NOON - DISORDER - 1));
  }

  @Test
  void withoutALookNoTimeMoves() throws Exception {
    reads(FIRST, 0);
    holds(FIRST, 0);

    reader.pollNext(told);

    assertThat(told.said).isEmpty();
  }

  @Test
  void aPartitionWithABacklogIsHeldHoweverLate() throws Exception {
    reads(FIRST, 0);
    holds(FIRST, 3);
    look();

    arrive(event(FIRST, 0, NOON), event(FIRST, 1, NOON));
    wall = NOON + 600_000;
    look();

    assertThat(told.said).isEmpty();
  }

  @Test
  void whoHasReadUpToALookIsAsLateAsThatLookAndNoLater() throws Exception {
    reads(FIRST, 0);
    holds(FIRST, 2);
    look();
    arrive(event(FIRST, 0, NOON), event(FIRST, 1, NOON));

    wall = NOON + 600_000;
    holds(FIRST, 9);
    look();

    assertThat(told.said).containsExactly("orders-0 at " + (NOON - DISORDER - 1));
  }

  @Test
  void onePartitionsBacklogDoesNotHoldTheTimeOfAnother() throws Exception {
    reads(FIRST, 0);
    reads(SECOND, 0);
    holds(FIRST, 5);
    holds(SECOND, 0);

    look();

    assertThat(told.said).containsExactly("orders-1 at " + (NOON - DISORDER - 1));
  }

  @Test
  void afterAnEventOfThePastAPartitionRestsForAMinute() throws Exception {
    reads(FIRST, 0);
    holds(FIRST, 1);
    arrive(event(FIRST, 0, NOON - LATENESS - 1));

    wall = NOON + 59_999;
    look();
    assertThat(told.said).isEmpty();

    wall = NOON + 60_000;
    look();
    assertThat(told.said).containsExactly("orders-0 at " + (wall - DISORDER - 1));
  }

  @Test
  void anEventOfThePresentEndsTheRest() throws Exception {
    reads(FIRST, 0);
    holds(FIRST, 2);
    arrive(event(FIRST, 0, NOON - LATENESS - 1), event(FIRST, 1, NOON - LATENESS));

    look();

    assertThat(told.said).containsExactly("orders-0 at " + (NOON - DISORDER - 1));
  }

  @Test
  void aRestoredPartitionGoesOnWhereItWas() throws Exception {
    reads(FIRST, 40);
    holds(FIRST, 40);

    look();

    assertThat(told.said).hasSize(1);
  }

  @Test
  void aReaderThatStaysWithoutPartitionsIsIdleAndHoldsNobodyUp() throws Exception {
    look();
    wall = NOON + 30_000;
    look();

    assertThat(told.said).containsExactly("idle");
  }

  /** Or the time of others would run past what it is about to get. */
  @Test
  void aReaderThatWaitsForItsPartitionsIsNotIdle() throws Exception {
    look();
    wall = NOON + 29_999;
    look();
    assertThat(told.said).isEmpty();

    reads(FIRST, 0);
    holds(FIRST, 1);
    wall = NOON + 60_000;
    look();

    assertThat(told.said).isEmpty();
  }

  @Test
  void aLookWakesAReaderThatHasNothingToRead() throws Exception {
    reads(FIRST, 0);
    holds(FIRST, 0);
    CompletableFuture<Void> available = reader.isAvailable();
    assertThat(available).isNotDone();

    ends.look();

    assertThat(available).isDone();
  }

  @Test
  void recordsAndSnapshotsPassThrough() throws Exception {
    KafkaPartitionSplit split = reads(FIRST, 0);
    arrive(event(FIRST, 0, NOON), event(FIRST, 1, NOON));

    assertThat(told.offsets).containsExactly(0L, 1L);
    assertThat(reader.snapshotState(1)).containsExactly(split);
  }

  private KafkaPartitionSplit reads(TopicPartition partition, long from) {
    KafkaPartitionSplit split = new KafkaPartitionSplit(partition, from);
    reader.addSplits(List.of(split));
    return split;
  }

  private void holds(TopicPartition partition, long end) {
    kafka.updateBeginningOffsets(Map.of(partition, 0L));
    kafka.updateEndOffsets(Map.of(partition, end));
  }

  private void look() throws Exception {
    ends.look();
    reader.pollNext(told);
  }

  private void arrive(Decoded... records) throws Exception {
    script.records.addAll(List.of(records));
    while (!script.records.isEmpty()) {
      reader.pollNext(told);
    }
  }

  /** An event of this time, appended at noon. */
  private static Decoded event(TopicPartition partition, long offset, long at) {
    return new Decoded.OfEvent(
        new Event("e" + offset, at, EventType.PAGE_VIEWED, "ada", Map.of(), List.of(), Money.NONE),
        new Origin(partition.topic(), partition.partition(), offset, NOON));
  }

  /** Kafka's reader, with the records that it is told to have. */
  private static final class Script implements SourceReader<Decoded, KafkaPartitionSplit> {
    final Deque<Decoded> records = new ArrayDeque<>();
    private final List<KafkaPartitionSplit> splits = new ArrayList<>();
    private final Map<String, SourceOutput<Decoded>> outputs = new HashMap<>();

    @Override
    public void start() {
      // Nothing to start.
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Decoded> output) {
      Decoded next = records.poll();
      if (next != null) {
        Origin origin = next.origin();
        outputs
            .computeIfAbsent(
                origin.topic() + "-" + origin.partition(), output::createOutputForSplit)
            .collect(next, origin.timestamp());
      }
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
      return splits;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return new CompletableFuture<>();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> more) {
      splits.addAll(more);
    }

    @Override
    public void notifyNoMoreSplits() {
      // There may be more.
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  /** What the reader says, a line for each move of time. */
  private static final class Told implements ReaderOutput<Decoded> {
    final List<String> said = new ArrayList<>();
    final List<Long> offsets = new ArrayList<>();

    @Override
    public void collect(Decoded decoded) {
      offsets.add(decoded.origin().offset());
    }

    @Override
    public void collect(Decoded decoded, long timestamp) {
      collect(decoded);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      said.add("all at " + watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      said.add("idle");
    }

    @Override
    public void markActive() {
      said.add("active");
    }

    @Override
    public SourceOutput<Decoded> createOutputForSplit(String split) {
      Told all = this;
      return new SourceOutput<>() {
        @Override
        public void collect(Decoded decoded) {
          all.collect(decoded);
        }

        @Override
        public void collect(Decoded decoded, long timestamp) {
          all.collect(decoded);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
          said.add(split + " at " + watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
          said.add(split + " idle");
        }

        @Override
        public void markActive() {
          said.add(split + " active");
        }
      };
    }

    @Override
    public void releaseOutputForSplit(String split) {
      said.add(split + " released");
    }
  }
}
