package io.lifestage.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Metrics;
import io.lifestage.wire.InMemoryRegistry;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TopicPartition METRICS = new TopicPartition("metrics", 0);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Board board = Shop.board();
  private final Broker broker = new Broker();
  private OutputEncoder output;
  private TopicReader reader;
  private Thread thread;

  /** A broker in which every topic is, with a clock of its own. */
  private static final class Broker extends MockConsumer<byte[], byte[]> {
    private final List<Long> askedTimes = new ArrayList<>();

    Broker() {
      super(AutoOffsetResetStrategy.EARLIEST.name());
      Map<TopicPartition, Long> zero = new HashMap<>();
      for (Topic topic : Topic.values()) {
        String name = topic.plainName();
        PartitionInfo info = new PartitionInfo(name, 0, Node.noNode(), new Node[0], new Node[0]);
        updatePartitions(name, List.of(info));
        zero.put(new TopicPartition(name, 0), 0L);
      }
      updateBeginningOffsets(zero);
      updateEndOffsets(zero);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times, java.time.Duration timeout) {
      askedTimes.addAll(times.values());
      return Map.of();
    }
  }

  @BeforeEach
  void start() throws Exception {
    output = new OutputEncoder("", new Schemas(registry, "").register(), "/lifestage");
    reader = new TopicReader(() -> broker, registry, "", board, InstantSource.system());
    thread = new Thread(reader);
  }

  @AfterEach
  void stop() throws InterruptedException {
    reader.close();
    thread.join(5_000);
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void whatIsWrittenIsOnTheBoardAndTheReadingIsWhole() {
    thread.start();
    write(0, output.metric(lost(3)));

    await().until(() -> lostOnTheBoard() == 3);
    await().until(() -> board.look(all -> all.health.isWhole()));
    assertThat(broker.groupMetadata().groupId()).isNotEqualTo("lifestage");
    assertThat(broker.askedTimes).isNotEmpty();
  }

  @Test
  void aBrokerThatFailsIsSaidAndAskedAgain() {
    broker.setPollException(new KafkaException("gone"));
    thread.start();

    await().until(() -> board.look(all -> all.health.kafka.isDown()));
    write(0, output.metric(lost(4)));
    await().until(() -> lostOnTheBoard() == 4);
    await().until(() -> board.look(all -> all.health.kafka.isUp()));
  }

  @Test
  void aRecordThatCannotBeDecodedIsCountedAndTheNextIsRead() {
    thread.start();
    write(0, new OutboundRecord("metrics", null, new byte[] {9, 9}, 0, Map.of()));
    write(1, output.metric(lost(5)));

    await().until(() -> lostOnTheBoard() == 5);
  }

  private MetricPoint lost(long count) {
    return new MetricPoint(
        Metrics.CUSTOMERS_LOST, "stage", "s", "1m", NOON.toEpochMilli(), count, 0, 0);
  }

  private long lostOnTheBoard() {
    return board.look(
        all -> all.metrics.total(Metrics.CUSTOMERS_LOST, MetricBook.windowNamed("1m")).count());
  }

  private void write(long offset, OutboundRecord record) {
    await().until(() -> broker.assignment().contains(METRICS));
    broker.updateEndOffsets(Map.of(METRICS, offset + 1));
    broker.addRecord(
        new ConsumerRecord<>("metrics", 0, offset, "k".getBytes(UTF_8), record.value()));
  }
}
