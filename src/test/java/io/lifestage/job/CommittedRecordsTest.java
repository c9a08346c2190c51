package io.lifestage.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.job.CommittedRecords.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommittedRecordsTest {
  private static final int PARTITIONS = 4;

  /** By partition, what the time index answers to whatever is asked. */
  private final Map<TopicPartition, OffsetAndTimestamp> index = new HashMap<>();

  private final MockConsumer<byte[], byte[]> kafka =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> wanted) {
          Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
          wanted.keySet().forEach(partition -> found.put(partition, index.get(partition)));
          return found;
        }
      };
  private final CommittedRecords records = new CommittedRecords(kafka);
  private final List<String> read = new ArrayList<>();

  @BeforeEach
  void aTopicOfFourPartitions() {
    kafka.updatePartitions(
        "triggers",
        IntStream.range(0, PARTITIONS)
            .mapToObj(number -> new PartitionInfo("triggers", number, null, null, null))
            .toList());
    for (int number = 0; number < PARTITIONS; number++) {
      kafka.updateBeginningOffsets(Map.of(partition(number), 0L));
      kafka.updateEndOffsets(Map.of(partition(number), 0L));
    }
  }

  @Test
  void aKeyIsLookedForWhereTheProducerPutsIt() {
    for (String key : List.of("ada", "anonymous:17", "Käthe")) {
      assertThat(records.partition("triggers", key).partition())
          .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), PARTITIONS));
    }
  }

  @Test
  void aTopicThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> records.partitions(List.of("triggers", "shop.triggers")))
        .hasMessageContaining("there is no topic shop.triggers;");
  }

  @Test
  void itEndsAtWhatWasTheEndWhenItBegan() {
    kafka.updateEndOffsets(Map.of(partition(1), 2L));
    kafka.schedulePollTask(() -> arrive(1, "a", "b", "c"));

    assertThat(records.toTheEnd(all(), this::visit, Progress.UNHEARD)).isTrue();

    assertThat(read).containsExactly("a", "b");
  }

  @Test
  void whatWasAppendedBeforeTheMomentIsPassedOver() {
    kafka.updateEndOffsets(Map.of(partition(1), 3L, partition(2), 2L));
    index.put(partition(1), new OffsetAndTimestamp(1, 1_000));
    kafka.schedulePollTask(() -> arrive(1, "a", "b", "c"));

    assertThat(records.toTheEnd(all(), Instant.ofEpochMilli(1_000), this::visit, Progress.UNHEARD))
        .isTrue();

    assertThat(read).as("of the second nothing is so late").containsExactly("b", "c");
  }

  @Test
  void whatWasReadToItsEndCanBeReadAgain() {
    kafka.updateEndOffsets(Map.of(partition(1), 1L));
    kafka.schedulePollTask(() -> arrive(1, "a"));
    records.toTheEnd(all(), this::visit, Progress.UNHEARD);

    kafka.schedulePollTask(() -> arrive(1, "a"));
    assertThat(records.toTheEnd(all(), this::visit, Progress.UNHEARD)).isTrue();

    assertThat(read).containsExactly("a", "a");
    assertThat(kafka.paused()).containsExactlyInAnyOrderElementsOf(all());
  }

  @Test
  void emptyTopicsAreReadAtOnce() {
    assertThat(records.toTheEnd(all(), this::visit, Progress.UNHEARD)).isTrue();

    assertThat(read).isEmpty();
  }

  @Test
  void whoIsStoppedSaysThatItWasNotAll() {
    kafka.updateEndOffsets(Map.of(partition(1), 2L));
    kafka.schedulePollTask(records::stop);

    assertThat(records.toTheEnd(all(), this::visit, Progress.UNHEARD)).isFalse();
  }

  @Test
  void followingGoesOnUntilTheVisitorHasEnough() {
    kafka.schedulePollTask(() -> arrive(2, "a"));
    kafka.schedulePollTask(() -> arrive(0, "b", "c"));

    records.follow(
        all(),
        true,
        record -> {
          visit(record);
          return read.size() < 2;
        });

    assertThat(read).containsExactly("a", "b");
  }

  @Test
  void followingFromNowOnPassesOverWhatIsThere() {
    kafka.updateEndOffsets(Map.of(partition(3), 1L));
    kafka.schedulePollTask(
        () -> kafka.addRecord(new ConsumerRecord<>("triggers", 3, 1, null, "new".getBytes(UTF_8))));
    kafka.schedulePollTask(records::stop);

    records.follow(all(), false, this::visit);

    assertThat(read).containsExactly("new");
  }

  private boolean visit(ConsumerRecord<byte[], byte[]> record) {
    read.add(new String(record.value(), UTF_8));
    return true;
  }

  private List<TopicPartition> all() {
    return IntStream.range(0, PARTITIONS).mapToObj(CommittedRecordsTest::partition).toList();
  }

  private void arrive(int partition, String... values) {
    for (int offset = 0; offset < values.length; offset++) {
      kafka.addRecord(
          new ConsumerRecord<>(
              "triggers", partition, offset, null, values[offset].getBytes(UTF_8)));
    }
  }

  private static TopicPartition partition(int number) {
    return new TopicPartition("triggers", number);
  }
}
