package io.lifestage.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ProductEncoder;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Events and products into their topics, in order within a customer, none lost or doubled. */
public final class KafkaOutlet implements Outlet {
  private final Producer<byte[], byte[]> producer;
  private final EventEncoder events;
  private final ProductEncoder products;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * @param connection Kafka client properties; those of the producer that are not given are chosen
   *     here
   * @param prefix of the space, may be empty
   * @param schemaIds of the topics' schemas in the registry
   */
  public KafkaOutlet(Properties connection, String prefix, Map<Topic, Integer> schemaIds) {
    this(new KafkaProducer<>(settings(connection)), prefix, schemaIds);
  }

  KafkaOutlet(Producer<byte[], byte[]> producer, String prefix, Map<Topic, Integer> schemaIds) {
    this.producer = producer;
    this.events = new EventEncoder(prefix, schemaIds);
    this.products = new ProductEncoder(prefix, schemaIds);
  }

  @Override
  public void send(Event event, String bookmark) throws IOException {
    send(events.encode(event), bookmark);
  }

  /** Publishes a catalogue. */
  public void publish(List<Product> catalogue) throws IOException {
    for (Product product : catalogue) {
      send(products.encode(product), null);
    }
    flush();
  }

  @Override
  public void flush() throws IOException {
    producer.flush();
    failIfAnyFailed();
  }

  @Override
  public void close() {
    producer.close();
  }

  /** The broker stamps the time of arrival: event time lies in the value. */
  private void send(OutboundRecord outbound, String bookmark) throws IOException {
    failIfAnyFailed();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(outbound.topic(), outbound.key(), outbound.value());
    if (bookmark != null) {
      record.headers().add(new RecordHeader(Bookmark.HEADER, bookmark.getBytes(UTF_8)));
    }
    try {
      // Its outcome comes to the callback.
      Future<RecordMetadata> unused =
          producer.send(
              record,
              (metadata, exception) -> {
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                }
              });
    } catch (KafkaException e) {
      throw new IOException("Kafka does not take events: " + e.getMessage(), e);
    }
  }

  private void failIfAnyFailed() throws IOException {
    Exception first = failure.get();
    if (first != null) {
      throw new IOException("Kafka does not take events: " + first.getMessage(), first);
    }
  }

  private static Properties settings(Properties connection) {
    Properties settings = new Properties();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(128 * 1024));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "lifestage-traffic");
    settings.putAll(connection);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return settings;
  }
}
