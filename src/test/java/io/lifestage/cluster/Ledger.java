package io.lifestage.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Everything that is committed in some topics, read as by a stranger: a plain consumer and plain
 * Avro. Goes on from where it was, so that it can be asked again and again.
 */
final class Ledger implements AutoCloseable {

  /**
   * A record.
   *
   * @param appendedAt the broker's time, epoch milliseconds
   * @param fields what it says, or null where it can't be read
   */
  record Entry(
      String topic,
      int partition,
      long offset,
      long appendedAt,
      String key,
      GenericRecord fields,
      Map<String, String> headers) {

    /** A field as text; null where it is not there or empty. */
    String text(String name) {
      Object value = fields.hasField(name) ? fields.get(name) : null;
      return value == null || value.toString().isBlank() ? null : value.toString();
    }

    long number(String name) {
      return ((Number) fields.get(name)).longValue();
    }

    /** Where it is, as those write it who refer to it. */
    String place() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final Consumer<byte[], byte[]> consumer;
  private final StockReader reader;
  private final Map<String, List<Entry>> entries = new HashMap<>();

  Ledger(Properties connection, String registry, List<String> topics) {
    Properties settings = new Properties();
    settings.putAll(connection);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    reader = new StockReader(registry);
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic, ANSWER_WITHIN).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    topics.forEach(topic -> entries.put(topic, new ArrayList<>()));
  }

  /** Reads on to what is the end now. */
  Ledger upToNow() throws Exception {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ANSWER_WITHIN);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), ANSWER_WITHIN) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
        entries.get(record.topic()).add(entry(record));
      }
    }
    return this;
  }

  /** The records of a topic, each partition's in its order. */
  List<Entry> of(String topic) {
    return entries.get(topic);
  }

  private Entry entry(ConsumerRecord<byte[], byte[]> record) throws Exception {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return new Entry(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key() == null ? null : new String(record.key(), UTF_8),
        record.value() == null ? null : fields(record.value()),
        headers);
  }

  private GenericRecord fields(byte[] value) throws InterruptedException {
    try {
      return reader.read(value);
    } catch (java.io.IOException | AvroRuntimeException | java.nio.BufferUnderflowException e) {
      return null;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
