package io.lifestage.cli;

import io.lifestage.importer.EventSink;
import io.lifestage.lifecycle.Event;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.OutboundRecord;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events to their topics, in order within each partition and in large batches. A record that
 * Kafka did not take is told at the next event, or when all are flushed.
 */
final class EventProducer implements EventSink, Closeable {
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final KafkaProducer<byte[], byte[]> producer;
  private final EventEncoder encoder;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  EventProducer(Properties properties, EventEncoder encoder) {
    this.encoder = encoder;
    Properties settings = new Properties();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.putAll(properties);
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told, and remembers.
  public void send(Event event) throws IOException {
    check();
    OutboundRecord record = encoder.encode(event);
    producer.send(
        new ProducerRecord<>(
            record.topic(), null, record.timestamp(), record.key(), record.value()),
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  /** Waits until Kafka has every event. */
  void flush() throws IOException {
    producer.flush();
    check();
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }

  private void check() throws IOException {
    Exception e = failure.get();
    if (e != null) {
      throw new IOException("Kafka did not take an event: " + e.getMessage(), e);
    }
  }
}
