package io.lifestage.delivery;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.OutboundRecord;
import java.io.IOException;
import java.time.InstantSource;
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
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Tells the engine what became of each trigger, beside another destination that acts on it: that it
 * was sent, and that it was delivered. An outcome's event id is made of the trigger's, so that one
 * that is posted twice counts once.
 */
public final class OutcomePosting implements Destination, AutoCloseable {
  private final Destination destination;
  private final EventEncoder encoder;
  private final Producer<byte[], byte[]> producer;
  private final InstantSource clock;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  OutcomePosting(
      Destination destination,
      EventEncoder encoder,
      Producer<byte[], byte[]> producer,
      InstantSource clock) {
    this.destination = destination;
    this.encoder = encoder;
    this.producer = producer;
    this.clock = clock;
  }

  /**
   * Connects.
   *
   * @param destination acts on the triggers
   * @param connection Kafka client properties
   */
  public static OutcomePosting beside(
      Destination destination, Properties connection, EventEncoder encoder) {
    Properties settings = new Properties();
    settings.putAll(connection);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    return new OutcomePosting(
        destination,
        encoder,
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
        InstantSource.system());
  }

  @Override
  public void send(ReceivedTrigger trigger) throws IOException {
    destination.send(trigger);
    post(trigger, EventType.TRIGGER_SENT);
    post(trigger, EventType.TRIGGER_DELIVERED);
  }

  @Override
  public void retract(ReceivedTrigger trigger) throws IOException {
    destination.retract(trigger);
  }

  @Override
  public void drop(ReceivedTrigger trigger, Fate why) throws IOException {
    destination.drop(trigger, why);
  }

  @Override
  public void flush() throws IOException {
    destination.flush();
    producer.flush();
    Exception first = failure.get();
    if (first != null) {
      throw new IOException("Kafka does not take outcomes: " + first.getMessage(), first);
    }
  }

  private void post(ReceivedTrigger trigger, String type) {
    Event outcome =
        new Event(
            trigger.id() + "-" + type,
            clock.millis(),
            type,
            trigger.customer(),
            Map.of(
                Attribute.CUSTOMER_ID, trigger.customer(),
                Attribute.TRIGGER_ID, trigger.id(),
                Attribute.CHANNEL, trigger.fields().text("channel")),
            List.of(),
            Money.NONE);
    OutboundRecord record = encoder.encode(outcome);
    // Its end comes to the callback.
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(record.topic(), record.key(), record.value()),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
