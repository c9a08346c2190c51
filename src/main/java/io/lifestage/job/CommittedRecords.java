package io.lifestage.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads what is committed, as a member of no group: the broker keeps no trace of it. Belongs to one
 * thread, but for {@link #stop}.
 */
public final class CommittedRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int IDLE_POLLS = 150;

  /** Takes each record, and says whether more are wanted. */
  public interface Visitor<E extends Exception> {
    boolean visit(ConsumerRecord<byte[], byte[]> record) throws E;
  }

  /** Hears how far the reading is, in offsets. */
  public interface Progress {
    Progress UNHEARD = (done, all) -> {};

    void reached(long done, long all);
  }

  private final Consumer<byte[], byte[]> consumer;
  private volatile boolean stopped;

  /** Over a consumer whose settings are {@link #settings}. */
  public CommittedRecords(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Connects.
   *
   * @param connection Kafka client properties
   */
  public static CommittedRecords open(Properties connection) {
    return new CommittedRecords(
        new KafkaConsumer<>(
            settings(connection), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private static Properties settings(Properties connection) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
    settings.putAll(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return settings;
  }

  /**
   * All partitions of these topics.
   *
   * @throws KafkaException if the broker does not answer, or has not all of them
   */
  public List<TopicPartition> partitions(Collection<String> topics) {
    Set<String> existing = consumer.listTopics().keySet();
    List<String> missing = topics.stream().filter(topic -> !existing.contains(topic)).toList();
    if (!missing.isEmpty()) {
      throw new KafkaException(
          "there is no topic %s; is the space right, and were its topics created (topics apply)?"
              .formatted(String.join(", ", missing)));
    }
    return topics.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  /**
   * The one partition of a topic that holds the records of a key, as Kafka's producer chooses it.
   * Records from before a change of the number of partitions may lie elsewhere.
   */
  public TopicPartition partition(String topic, String key) {
    return partitions(List.of(topic), key).get(0);
  }

  /** {@link #partition} of several topics, in their order. */
  public List<TopicPartition> partitions(Collection<String> topics, String key) {
    Map<String, Long> counts =
        partitions(topics).stream()
            .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.counting()));
    int place = Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8)));
    return topics.stream()
        .map(topic -> new TopicPartition(topic, (int) (place % counts.get(topic))))
        .toList();
  }

  /**
   * Reads from the beginning to what is the end now.
   *
   * @return false if it was stopped before
   * @throws TimeoutException if the broker gives nothing for half a minute
   */
  public <E extends Exception> boolean toTheEnd(
      Collection<TopicPartition> partitions, Visitor<E> visitor, Progress progress) throws E {
    return toTheEnd(partitions, Instant.MIN, visitor, progress);
  }

  /**
   * Reads what was appended from a moment on, to what is the end now.
   *
   * @param since by the records' timestamps, the broker's where the topics are as deployed; {@link
   *     Instant#MIN} for all
   * @return false if it was stopped before
   * @throws TimeoutException if the broker gives nothing for half a minute
   */
  public <E extends Exception> boolean toTheEnd(
      Collection<TopicPartition> partitions, Instant since, Visitor<E> visitor, Progress progress)
      throws E {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> begins = begins(partitions, since, ends);
    long begin = sum(begins.values());
    long all = sum(ends.values()) - begin;
    Set<TopicPartition> unread = new HashSet<>(partitions);
    consumer.assign(partitions);
    // A reading before this one may have left some of them paused.
    consumer.resume(partitions);
    begins.forEach(consumer::seek);
    int idle = 0;
    long before = -1;
    try {
      while (true) {
        long position = partitions.stream().mapToLong(consumer::position).sum();
        progress.reached(Math.min(position - begin, all), all);
        // A position moves also past what transactions leave behind and aborted.
        unread.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
        consumer.pause(partitions.stream().filter(one -> !unread.contains(one)).toList());
        if (unread.isEmpty()) {
          return true;
        }
        idle = position == before ? idle + 1 : 0;
        before = position;
        if (idle > IDLE_POLLS) {
          throw new TimeoutException("nothing more was read for half a minute");
        }
        for (ConsumerRecord<byte[], byte[]> record : poll()) {
          boolean asked = record.offset() < ends.get(partitionOf(record));
          if (stopped || (asked && !visitor.visit(record))) {
            return false;
          }
        }
        if (stopped) {
          return false;
        }
      }
    } catch (WakeupException e) {
      return false;
    }
  }

  private Map<TopicPartition, Long> begins(
      Collection<TopicPartition> partitions, Instant since, Map<TopicPartition, Long> ends) {
    if (since.equals(Instant.MIN)) {
      return consumer.beginningOffsets(partitions);
    }
    Map<TopicPartition, Long> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, since.toEpochMilli()));
    Map<TopicPartition, Long> begins = new HashMap<>();
    consumer
        .offsetsForTimes(wanted)
        .forEach(
            (partition, found) ->
                // Nothing so late: then there is nothing to read, and never more than to the end.
                begins.put(
                    partition,
                    found == null
                        ? ends.get(partition)
                        : Math.min(found.offset(), ends.get(partition))));
    return begins;
  }

  /**
   * Reads on until {@link #stop}, or until the visitor has enough.
   *
   * @param fromBeginning whether from the first record, or only what comes from now on
   */
  public <E extends Exception> void follow(
      Collection<TopicPartition> partitions, boolean fromBeginning, Visitor<E> visitor) throws E {
    consumer.assign(partitions);
    try {
      if (fromBeginning) {
        consumer.seekToBeginning(partitions);
      } else {
        consumer.seekToEnd(partitions);
        // The end as it is now, and not as it will be at the first poll.
        partitions.forEach(consumer::position);
      }
      while (!stopped) {
        for (ConsumerRecord<byte[], byte[]> record : poll()) {
          if (stopped || !visitor.visit(record)) {
            return;
          }
        }
      }
    } catch (WakeupException e) {
      // Only stop wakes it up.
    }
  }

  /** Ends the reading soon; may be called from any thread. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private Iterable<ConsumerRecord<byte[], byte[]>> poll() {
    return consumer.poll(POLL);
  }

  private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private static long sum(Collection<Long> offsets) {
    return offsets.stream().mapToLong(Long::longValue).sum();
  }
}
