package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.cluster.BrokerProcess;
import io.lifestage.cluster.RegistryProcess;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.InputDecoder;
import io.lifestage.wire.InputLimits;
import io.lifestage.wire.Origin;
import io.lifestage.wire.SchemaRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file on its way into a space of a real Kafka and registry. */
class ImportIT {
  private static final String SHOP =
      """
      InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
      1,A,CUP,6,2010-12-01 08:26:00,2.55,17850.0,France
      C2,A,CUP,-1,2010-12-02 08:26:00,2.55,17850.0,France
      3,B,SAUCER,1,2010-12-03 08:26:00,1,,France
      """;

  @TempDir private static Path folder;
  @AutoClose private static BrokerProcess broker;
  @AutoClose private static RegistryProcess registry;

  @BeforeAll
  static void startBrokerAndRegistry() throws Exception {
    broker = BrokerProcess.start(Files.createDirectory(folder.resolve("broker")));
    registry = RegistryProcess.start(Files.createDirectory(folder.resolve("registry")));
  }

  @Test
  void aFileBecomesDecodableEventsOfItsOwnSpaceAndTheSameAgainTheSecondTime() throws Exception {
    Path file = Files.writeString(folder.resolve("shop.csv"), SHOP);

    importFile(file);
    List<Event> first = events("import-shop.orders");
    importFile(file);
    List<Event> both = events("import-shop.orders");

    assertThat(first)
        .extracting(Event::type)
        .containsExactly(
            "order_placed", "order_paid", "order_cancelled", "order_placed", "order_paid");
    assertThat(first)
        .extracting(Event::customer)
        .containsExactly("17850", "17850", "17850", "anonymous:guest:3", "anonymous:guest:3");
    assertThat(first.get(0).value()).isEqualTo(new Money(1530, "GBP"));
    assertThat(both).hasSize(10);
    assertThat(Set.copyOf(both)).isEqualTo(Set.copyOf(first));
  }

  private static void importFile(Path file) {
    StringWriter err = new StringWriter();
    int exit =
        Lifestage.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(
                "import",
                "--format",
                "online-retail",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--schema-registry",
                registry.url(),
                file.toString());
    assertThat(exit).as(err.toString()).isZero();
  }

  private static List<Event> events(String topic) throws Exception {
    List<Event> events = new ArrayList<>();
    try (SchemaRegistry schemas =
        ConfluentRegistry.connect(Map.of("schema.registry.url", registry.url()))) {
      InputDecoder decoder = new InputDecoder(schemas, "import-shop.", InputLimits.HISTORIC);
      for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
        Origin origin = new Origin(topic, record.partition(), record.offset(), record.timestamp());
        assertThat(decoder.decode(origin, record.key(), record.value()))
            .isInstanceOfSatisfying(Decoded.OfEvent.class, decoded -> events.add(decoded.event()));
      }
    }
    events.sort(Comparator.comparingLong(Event::at));
    return events;
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end =
          consumer.endOffsets(partitions).values().stream()
              .collect(Collectors.summingLong(Long::longValue));
      while (records.size() < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
    }
    return records;
  }
}
