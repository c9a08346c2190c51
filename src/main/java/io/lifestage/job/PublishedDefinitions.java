package io.lifestage.job;

import io.lifestage.decision.Publication;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.DefinitionEncoder;
import io.lifestage.wire.InputDecoder;
import io.lifestage.wire.InputLimits;
import io.lifestage.wire.Origin;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What was published, as a job reads it, and how more is. */
public final class PublishedDefinitions {
  private PublishedDefinitions() {}

  /**
   * All publications that are in good order. What is a dead letter for the job is left out.
   *
   * @param prefix what the topics' names begin with; may be empty
   */
  public static List<Publication> read(
      CommittedRecords records, SchemaRegistry registry, String prefix)
      throws InterruptedException {
    InputLimits limits = prefix.isEmpty() ? InputLimits.LIVE : InputLimits.HISTORIC;
    InputDecoder decoder = new InputDecoder(registry, prefix, limits);
    List<Publication> publications = new ArrayList<>();
    records.<InterruptedException>toTheEnd(
        records.partitions(List.of(Topic.DEFINITIONS.in(prefix))),
        record -> {
          Origin origin =
              new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
          if (decoder.decode(origin, record.key(), record.value())
              instanceof Decoded.OfDefinition of) {
            publications.add(of.publication());
          }
          return true;
        },
        CommittedRecords.Progress.UNHEARD);
    return publications;
  }

  /** The topic of the live space. */
  static Foundation.Topic ofLiveSpace(
      Properties kafka, SchemaRegistry registry, DefinitionEncoder encoder) {
    return new Foundation.Topic() {
      @Override
      public List<Publication> read() throws InterruptedException {
        try (CommittedRecords records = CommittedRecords.open(kafka)) {
          return PublishedDefinitions.read(records, registry, "");
        }
      }

      @Override
      public void write(List<Publication> batch) throws IOException, InterruptedException {
        PublishedDefinitions.write(batch, encoder, kafka);
      }
    };
  }

  /**
   * Writes a batch, and waits until Kafka has all of it; before that, nothing of it is in force.
   *
   * @param kafka client properties
   * @throws IOException where Kafka does not take it
   */
  public static void write(
      Collection<Publication> batch, DefinitionEncoder encoder, Properties kafka)
      throws IOException, InterruptedException {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.remove("group.id");
    properties.put("enable.idempotence", "true");
    properties.put("acks", "all");
    List<Future<?>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Publication publication : batch) {
        OutboundRecord record = encoder.encode(publication);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    record.topic(), null, record.timestamp(), record.key(), record.value())));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Kafka did not take the definitions: " + e.getCause().getMessage(), e);
    }
  }
}
