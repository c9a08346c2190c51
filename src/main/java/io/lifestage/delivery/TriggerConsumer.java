package io.lifestage.delivery;

import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.RegistryUnreachableException;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.UndecodableRecordException;
import io.lifestage.wire.UnknownSchemaException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer of triggers, to start a real integration from: put a {@link Destination} in, and each
 * trigger goes there once.
 *
 * <ul>
 *   <li>Reads what is committed, as one of a group that shares the partitions. A customer's
 *       triggers are in one partition, so what takes a trigger back comes after it.
 *   <li>Takes a whole batch in before anything is sent: what is taken back in the same batch never
 *       goes out.
 *   <li>Commits when the destination has what was sent, and no further than the first trigger that
 *       still waits for its time. After a crash triggers are read again, and those that went out
 *       are known by their ids: the last {@value #MOST_SETTLED}, over a restart if a file is given.
 *       A crash between sending and remembering sends one twice; the id tells the destination.
 *   <li>Each member of the group has a file of its own: after a partition has moved to another
 *       member, the destination's own memory of ids has to do.
 * </ul>
 */
public final class TriggerConsumer implements AutoCloseable {
  static final int MOST_SETTLED = 100_000;

  /** Beyond so many that wait nothing more is read until some have gone out. */
  private static final int MOST_WAITING = 100_000;

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final RecordPrinter printer;
  private final SettledTriggers settled;
  private final Destination destination;
  private final Inbox inbox;
  private final InstantSource clock;
  private final Map<TopicPartition, Long> committed = new HashMap<>();
  private volatile boolean stopped;

  TriggerConsumer(
      Consumer<byte[], byte[]> consumer,
      String topic,
      SchemaRegistry registry,
      SettledTriggers settled,
      Destination destination,
      InstantSource clock) {
    this.consumer = consumer;
    this.topic = topic;
    this.printer = new RecordPrinter(registry);
    this.settled = settled;
    this.destination = destination;
    this.inbox = new Inbox(settled, destination);
    this.clock = clock;
  }

  /**
   * Connects.
   *
   * @param connection Kafka client properties
   * @param group the consumer group
   * @param topic the topic of triggers, with the space's prefix
   * @param memory the file that remembers what is settled, or null for none
   */
  public static TriggerConsumer open(
      Properties connection,
      String group,
      String topic,
      SchemaRegistry registry,
      Path memory,
      Destination destination)
      throws IOException {
    Properties settings = new Properties();
    settings.putAll(connection);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return new TriggerConsumer(
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topic,
        registry,
        memory == null
            ? SettledTriggers.inMemory(MOST_SETTLED)
            : SettledTriggers.in(memory, MOST_SETTLED),
        destination,
        InstantSource.system());
  }

  /**
   * Goes on until {@link #stop}.
   *
   * @throws IOException if the destination does not take a trigger
   */
  public void run() throws IOException, RegistryUnreachableException {
    consumer.subscribe(List.of(topic), new Partitions());
    while (!stopped) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        take(record);
      }
      inbox.work(clock.instant());
      destination.flush();
      commit(consumer.assignment());
      breathe();
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record)
      throws IOException, RegistryUnreachableException {
    try {
      inbox.take(
          ReceivedTrigger.of(new PrintedRecord(printer.read(record.value()))),
          partitionOf(record),
          record.offset());
    } catch (UndecodableRecordException | UnknownSchemaException e) {
      throw new IOException(
          "%s-%d at offset %d is no trigger: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  private void commit(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long upTo = inbox.doneUpTo(partition, consumer.position(partition));
      if (!Long.valueOf(upTo).equals(committed.get(partition))) {
        done.put(partition, new OffsetAndMetadata(upTo));
      }
    }
    if (done.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(done);
      done.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    } catch (CommitFailedException | RebalanceInProgressException e) {
      // The partitions are being shared out anew; the next poll says which are still ours.
    }
  }

  private void breathe() {
    if (inbox.waiting() >= MOST_WAITING) {
      consumer.pause(consumer.assignment());
    } else {
      consumer.resume(consumer.paused());
    }
  }

  /** Ends it when the batch in hand is committed; may be called from any thread. */
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() throws IOException {
    consumer.close();
    settled.close();
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** What waits in a partition goes to whoever has it next. */
  private final class Partitions implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      // Each begins where the group has committed.
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit(partitions);
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(inbox::forget);
      committed.keySet().removeAll(partitions);
    }
  }
}
