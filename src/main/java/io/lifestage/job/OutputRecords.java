package io.lifestage.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts each record where it says. Names its topics to the sink, which aborts what an earlier run
 * left open there.
 */
final class OutputRecords
    implements KafkaRecordSerializationSchema<OutboundRecord>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final String prefix;

  OutputRecords(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      OutboundRecord record, KafkaSinkContext context, Long timestamp) {
    // Before 1970 there is no Kafka timestamp; the event's own time is in the value.
    Long at = record.timestamp() < 0 ? null : record.timestamp();
    ProducerRecord<byte[], byte[]> produced =
        new ProducerRecord<>(record.topic(), null, at, record.key(), record.value());
    record.headers().forEach((name, value) -> produced.headers().add(name, value.getBytes(UTF_8)));
    return produced;
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(topics(prefix))));
  }

  /** The topics that the job writes, in a space. */
  static List<String> topics(String prefix) {
    List<String> names = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (!topic.isInput()) {
        names.add(topic.in(prefix));
      }
    }
    return names;
  }
}
