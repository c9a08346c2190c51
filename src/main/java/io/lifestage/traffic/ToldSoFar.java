package io.lifestage.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.wire.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the topics of a space say about what was told there.
 *
 * @param anything whether the topics hold, or ever held, a record
 * @param bookmark the furthest one among the last records of all partitions; empty where none of
 *     them came from traffic
 */
public record ToldSoFar(boolean anything, Optional<Bookmark> bookmark) {

  /** The topics that traffic writes events to. */
  public static final List<Topic> TOPICS =
      List.of(Topic.CLICKSTREAM, Topic.CHAT, Topic.ORDERS, Topic.CUSTOMERS);

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);

  /**
   * Looks at the ends of the topics.
   *
   * @param connection Kafka client properties
   * @param prefix of the space, may be empty
   * @throws KafkaException if the broker does not answer, or a topic does not exist
   */
  public static ToldSoFar in(Properties connection, String prefix) {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LONGEST.toMillis());
    settings.putAll(connection);
    settings.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings.put(
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    settings.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      return atTheEndsOf(partitions(consumer, prefix), consumer);
    }
  }

  private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String prefix) {
    Set<String> existing = consumer.listTopics().keySet();
    List<String> wanted = TOPICS.stream().map(topic -> topic.in(prefix)).toList();
    List<String> missing = wanted.stream().filter(topic -> !existing.contains(topic)).toList();
    if (!missing.isEmpty()) {
      throw new KafkaException(
          "no topic %s; create the topics of the space first: lifestage topics apply"
              .formatted(String.join(", ", missing)));
    }
    return wanted.stream()
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  static ToldSoFar atTheEndsOf(
      Collection<TopicPartition> partitions, Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    boolean anything = ends.values().stream().anyMatch(end -> end > 0);
    Set<TopicPartition> filled = new HashSet<>(partitions);
    filled.removeIf(partition -> ends.get(partition) <= begins.get(partition));
    consumer.assign(filled);
    filled.forEach(partition -> consumer.seek(partition, ends.get(partition) - 1));
    Optional<Bookmark> furthest = Optional.empty();
    Set<TopicPartition> waiting = new HashSet<>(filled);
    long polls = LONGEST.dividedBy(POLL);
    while (!waiting.isEmpty() && polls-- > 0) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        waiting.remove(new TopicPartition(record.topic(), record.partition()));
        furthest = further(furthest, bookmark(record));
      }
    }
    return new ToldSoFar(anything, furthest);
  }

  private static Optional<Bookmark> bookmark(ConsumerRecord<?, ?> record) {
    Header header = record.headers().lastHeader(Bookmark.HEADER);
    return header == null ? Optional.empty() : Bookmark.read(new String(header.value(), UTF_8));
  }

  private static Optional<Bookmark> further(Optional<Bookmark> one, Optional<Bookmark> other) {
    return Stream.of(one, other)
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(Bookmark::told));
  }
}
