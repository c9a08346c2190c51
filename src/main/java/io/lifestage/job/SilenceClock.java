package io.lifestage.job;

import io.lifestage.operator.ClockReading;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.api.common.time.Deadline;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes when time moves without events, and how far the job lags: looks at the ends of all input
 * partitions, and gives a tick when nothing was appended for a while and the job has read all there
 * is. What the job has read is what its last checkpoint has committed to the consumer group.
 *
 * <p>It moves no time itself: {@link PunctualInputs} does, partition by partition. A replay of the
 * events and these ticks comes to the same end.
 */
final class SilenceClock implements GeneratorFunction<Long, ClockReading> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SilenceClock.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Properties kafka;
  private final List<String> topics;
  private final String prefix;
  private final long disorder;
  private final long patience;

  private transient Consumer<byte[], byte[]> consumer;
  private transient Map<TopicPartition, Long> endsBefore;
  private transient long stillSince;

  /**
   * A clock over the input topics.
   *
   * @param kafka client properties; {@code group.id} is the group in which the job commits
   * @param topics the input topics with their prefix
   * @param prefix the topics' prefix
   * @param disorder the disorder bound
   * @param patience how long nothing may be appended before a tick
   */
  SilenceClock(
      Properties kafka, List<String> topics, String prefix, Duration disorder, Duration patience) {
    this.kafka = kafka;
    this.topics = topics;
    this.prefix = prefix;
    this.disorder = disorder.toMillis();
    this.patience = patience.toMillis();
  }

  @Override
  public void open(SourceReaderContext context) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    // It only asks whether there is a record, never what is in it.
    properties.put("max.poll.records", "1");
    properties.put("max.partition.fetch.bytes", "1024");
    ask(new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  /** Begins to look, by this consumer, which is then the clock's own. */
  void ask(Consumer<byte[], byte[]> asking) {
    consumer = asking;
    endsBefore = Map.of();
  }

  @Override
  public ClockReading map(Long number) {
    long wall = System.currentTimeMillis();
    try {
      return look(wall);
    } catch (KafkaException e) {
      LOG.warn("The ends of the input topics could not be read; no tick, no lag", e);
      endsBefore = Map.of();
      return new ClockReading(wall - disorder, wall, false, Map.of());
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(CloseOptions.timeout(PATIENCE));
    }
  }

  /** What the inputs are like at this wall-clock time, epoch milliseconds. */
  ClockReading look(long wall) {
    Set<TopicPartition> partitions = partitions();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
    boolean still = ends.equals(endsBefore);
    stillSince = still ? stillSince : wall;
    Map<TopicPartition, Long> unread = unread(partitions, ends, still);
    endsBefore = ends;
    boolean silent =
        wall - stillSince >= patience
            && hasBegun(ends)
            && unread.values().stream().allMatch(records -> records == 0);
    return new ClockReading(wall - disorder, wall, silent, byTopic(unread));
  }

  /** Before the first event there is no time that could move. */
  private boolean hasBegun(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(
            end -> end.getValue() > 0 && Topic.named(end.getKey().topic(), prefix).carriesEvents());
  }

  private Set<TopicPartition> partitions() {
    Set<TopicPartition> partitions = new HashSet<>();
    for (String topic : topics) {
      for (PartitionInfo info : consumer.partitionsFor(topic, PATIENCE)) {
        partitions.add(new TopicPartition(topic, info.partition()));
      }
    }
    return partitions;
  }

  private Map<TopicPartition, Long> unread(
      Set<TopicPartition> partitions, Map<TopicPartition, Long> ends, boolean still) {
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions, PATIENCE);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, PATIENCE);
    Map<TopicPartition, Long> unread = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata read = committed.get(partition);
      long from = Math.max(read == null ? 0 : read.offset(), beginnings.get(partition));
      long offsets = Math.max(0, ends.get(partition) - from);
      unread.put(partition, still && offsets > 0 && holdsNone(partition, from) ? 0 : offsets);
    }
    return unread;
  }

  /**
   * Whether the offsets from this one to the end hold no record. The marks that transactions leave
   * are none, and the job's position stays before them.
   */
  private boolean holdsNone(TopicPartition partition, long from) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long end = endsBefore.get(partition);
    Deadline patience = Deadline.fromNow(PATIENCE);
    while (patience.hasTimeLeft() && consumer.position(partition, PATIENCE) < end) {
      if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
        return false;
      }
    }
    return patience.hasTimeLeft();
  }

  private Map<String, Long> byTopic(Map<TopicPartition, Long> unread) {
    Map<String, Long> lag = new HashMap<>();
    unread.forEach(
        (partition, records) ->
            lag.merge(Topic.named(partition.topic(), prefix).plainName(), records, Long::sum));
    return lag;
  }

  /** The topics of the inputs in a space. */
  static List<String> inputs(String prefix) {
    List<String> names = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (topic.isInput()) {
        names.add(topic.in(prefix));
      }
    }
    return names;
  }
}
