package io.lifestage.job;

import io.lifestage.operator.CodecTypeInfo;
import io.lifestage.operator.DecodedCodec;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.InputDecoder;
import io.lifestage.wire.InputLimits;
import io.lifestage.wire.Origin;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes while reading, so that each partition keeps a watermark of its own. Every record becomes
 * something; none stops the job.
 */
final class DecodeInputs implements KafkaRecordDeserializationSchema<Decoded> {
  private static final long serialVersionUID = 1L;

  private final String prefix;
  private final Map<String, String> registry;
  private final boolean live;
  private final long aheadMillis;
  private transient ConfluentRegistry connected;
  private transient InputDecoder decoder;

  DecodeInputs(JobOptions options) {
    this.prefix = options.prefix();
    this.registry = options.registryProperties();
    this.live = options.isLive();
    this.aheadMillis = options.futureLimit.toMillis();
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    connected = ConfluentRegistry.connect(registry);
    InputLimits limits =
        live ? InputLimits.live(java.time.Duration.ofMillis(aheadMillis)) : InputLimits.HISTORIC;
    decoder = new InputDecoder(connected, prefix, limits);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> read, Collector<Decoded> out)
      throws IOException {
    Origin origin = new Origin(read.topic(), read.partition(), read.offset(), read.timestamp());
    try {
      out.collect(decoder.decode(origin, read.key(), read.value()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while the schema registry did not answer", e);
    }
  }

  @Override
  public TypeInformation<Decoded> getProducedType() {
    return new CodecTypeInfo<>(Decoded.class, new DecodedCodec());
  }
}
