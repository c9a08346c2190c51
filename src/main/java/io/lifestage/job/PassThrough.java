package io.lifestage.job;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.flink.util.ParameterTool;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Copies one topic to another, exactly once and without state of its own: what Kafka and Flink cost
 * by themselves. The end-to-end test of the cluster runs it.
 *
 * <p>Arguments: {@code --bootstrap-servers}, {@code --from}, {@code --to}. Both topics have to
 * exist: the sink waits for ever, without a word, for one that does not.
 */
public final class PassThrough {

  /** A record of Kafka as it is, whatever is in it. */
  public static final class Raw {
    public byte[] key;
    public byte[] value;
  }

  private PassThrough() {}

  public static void main(String[] args) throws Exception {
    ParameterTool options = ParameterTool.fromArgs(args);
    String brokers = options.getRequired("bootstrap-servers");
    String from = options.getRequired("from");
    String to = options.getRequired("to");

    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.fromSource(source(brokers, from), WatermarkStrategy.noWatermarks(), "Records of " + from)
        .uid("pass-through-source-v1")
        .sinkTo(sink(brokers, to))
        .uid("pass-through-sink-v1")
        .name("Copies to " + to);
    env.execute();
  }

  private static KafkaSource<Raw> source(String brokers, String topic) {
    return KafkaSource.<Raw>builder()
        .setBootstrapServers(brokers)
        .setTopics(topic)
        .setProperty("isolation.level", "read_committed")
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new RawReader())
        .build();
  }

  private static KafkaSink<Raw> sink(String brokers, String topic) {
    return KafkaSink.<Raw>builder()
        .setBootstrapServers(brokers)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setTransactionalIdPrefix("pass-through-" + topic)
        // What a broker allows by default; the connector would ask for an hour and be refused.
        .setProperty("transaction.timeout.ms", "900000")
        .setRecordSerializer(new RawWriter(topic))
        .build();
  }

  private static final class RawReader implements KafkaRecordDeserializationSchema<Raw> {
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> read, Collector<Raw> out) {
      Raw raw = new Raw();
      raw.key = read.key();
      raw.value = read.value();
      out.collect(raw);
    }

    @Override
    public TypeInformation<Raw> getProducedType() {
      return TypeInformation.of(Raw.class);
    }
  }

  /** Names its topic to the sink, which aborts what an earlier run left open there. */
  private static final class RawWriter
      implements KafkaRecordSerializationSchema<Raw>, KafkaDatasetFacetProvider {
    private final String topic;

    RawWriter(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        Raw raw, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(topic, raw.key, raw.value);
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
      return Optional.of(
          new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
  }
}
