package io.lifestage.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.time.Deadline;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, on a thread of its own, at how far partitions reach. A look says: whatever was appended
 * before its wall time lies before these offsets. Who has read up to them has read all of that
 * time.
 */
final class PartitionEnds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionEnds.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Transactions leave marks that are no records; a reader's position stays before them. */
  private static final int MARKS = 64;

  private final Consumer<byte[], byte[]> consumer;
  private final InstantSource clock;
  private final ScheduledExecutorService thread;
  private final Runnable onLook;
  private ScheduledFuture<?> looks;
  private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
  private Map<TopicPartition, Long> readBefore = Map.of();
  private final AtomicReference<Look> latest = new AtomicReference<>(new Look(0, Map.of()));

  /**
   * What was seen.
   *
   * @param wall wall-clock time before the look, epoch milliseconds
   * @param ends for each partition the offset that a reader must have reached
   */
  record Look(long wall, Map<TopicPartition, Long> ends) {}

  /**
   * Looks when told to.
   *
   * @param consumer asks Kafka; the looks own it
   * @param clock wall-clock time
   * @param onLook called after each look
   */
  PartitionEnds(Consumer<byte[], byte[]> consumer, InstantSource clock, Runnable onLook) {
    this.consumer = consumer;
    this.clock = clock;
    this.onLook = onLook;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread looking = new Thread(task, "partition-ends");
              looking.setDaemon(true);
              return looking;
            });
  }

  /**
   * Starts to look.
   *
   * @param kafka client properties
   * @param every how long between two looks
   * @param onLook called after each, on the looking thread
   */
  static PartitionEnds looking(Properties kafka, Duration every, Runnable onLook) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.remove("group.id");
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    // It only asks whether there is a record, never what is in it.
    properties.put("max.poll.records", "1");
    properties.put("max.partition.fetch.bytes", "1024");
    var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    PartitionEnds ends = new PartitionEnds(consumer, InstantSource.system(), onLook);
    ends.looks =
        ends.thread.scheduleWithFixedDelay(ends::look, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    return ends;
  }

  /** The latest look. */
  Look latest() {
    return latest.get();
  }

  /**
   * Tells how far a partition has been read.
   *
   * @param next the offset of the record to be read next, or a negative number for the partition's
   *     beginning
   */
  void readUpTo(TopicPartition partition, long next) {
    positions.put(partition, next);
  }

  /** Stops looking. */
  @Override
  public void close() {
    if (looks != null) {
      looks.cancel(false);
    }
    thread.execute(() -> consumer.close(CloseOptions.timeout(PATIENCE)));
    thread.shutdown();
    consumer.wakeup();
  }

  /** Looks once, and tells. */
  void look() {
    Map<TopicPartition, Long> read = Map.copyOf(positions);
    try {
      // Who reads no partition is told too, or would never learn that time goes on.
      latest.set(read.isEmpty() ? new Look(clock.millis(), Map.of()) : look(read));
      onLook.run();
    } catch (WakeupException e) {
      LOG.debug("Stops looking", e);
    } catch (RuntimeException e) {
      LOG.warn("Kafka does not say how far the inputs reach; time moves by their events alone", e);
    }
    readBefore = read;
  }

  private Look look(Map<TopicPartition, Long> read) {
    long wall = clock.millis();
    Map<TopicPartition, Long> ends = consumer.endOffsets(read.keySet(), PATIENCE);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(read.keySet(), PATIENCE);
    Map<TopicPartition, Long> needed = new HashMap<>();
    read.forEach(
        (partition, position) -> {
          long from = Math.max(position, beginnings.get(partition));
          long end = ends.get(partition);
          boolean still = position.equals(readBefore.get(partition));
          boolean atEnd = from >= end || (still && holdsOnlyMarks(partition, from, end));
          needed.put(partition, atEnd ? Math.min(position, end) : end);
        });
    return new Look(wall, needed);
  }

  private boolean holdsOnlyMarks(TopicPartition partition, long from, long end) {
    if (end - from > MARKS) {
      return false;
    }
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    Deadline patience = Deadline.fromNow(PATIENCE);
    while (patience.hasTimeLeft() && consumer.position(partition, PATIENCE) < end) {
      if (!consumer.poll(Duration.ofMillis(50)).isEmpty()) {
        return false;
      }
    }
    return patience.hasTimeLeft();
  }
}
