package io.lifestage.bench;

import static org.awaitility.Awaitility.await;

import io.lifestage.cluster.BrokerProcess;
import io.lifestage.cluster.RegistryProcess;
import io.lifestage.job.Pieces;
import io.lifestage.ops.TopicPlan;
import io.lifestage.ops.Topics;
import io.lifestage.traffic.KafkaOutlet;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker and a registry with the topics of the benchmark's space. */
final class Cluster implements AutoCloseable {
  private final BrokerProcess broker;
  private final RegistryProcess registry;
  private final TopicPlan plan;

  /** Starts both, with all topics empty. */
  Cluster(Path folder) throws Exception {
    plan =
        TopicPlan.read(Path.of("deploy/topics.yaml"), OptionalInt.empty(), OptionalInt.empty())
            .prefixed(Drain.PREFIX);
    broker = BrokerProcess.start(Files.createDirectory(folder.resolve("broker")));
    registry = RegistryProcess.start(Files.createDirectory(folder.resolve("registry")));
    createTopics();
  }

  String brokers() {
    return broker.bootstrapServers();
  }

  String registry() {
    return registry.url();
  }

  /**
   * Fills the input topics.
   *
   * @return the time of the last event, epoch milliseconds
   */
  long fill(Workload workload) throws Exception {
    Properties connection = new Properties();
    connection.put("bootstrap.servers", brokers());
    try (ConfluentRegistry schemas = connect();
        KafkaOutlet outlet =
            new KafkaOutlet(
                connection, Drain.PREFIX, new Schemas(schemas, Drain.PREFIX).register())) {
      outlet.publish(workload.products());
      return workload.tell(outlet);
    }
  }

  /** Takes everything out of the topics that runs write. */
  void emptyOutputs() throws Exception {
    List<String> outputs = Pieces.outputTopics(Drain.PREFIX);
    try (Admin admin = Admin.create(connection())) {
      admin.deleteTopics(outputs).all().get();
      await("the output topics to be gone")
          .until(() -> Collections.disjoint(admin.listTopics().names().get(), outputs));
    }
    await("the output topics to be there again").ignoreExceptions().until(this::createTopics);
  }

  /**
   * How much was committed to each topic since they were emptied.
   *
   * @param until what the broker took later is left out, epoch milliseconds
   */
  List<Output> outputs(long until) {
    List<Output> outputs = new ArrayList<>();
    for (String topic : Pieces.outputTopics(Drain.PREFIX)) {
      long[] sums = new long[2];
      read(
          topic,
          written -> {
            if (written.timestamp() <= until) {
              sums[0]++;
              sums[1] +=
                  Math.max(0, written.serializedKeySize())
                      + Math.max(0, written.serializedValueSize());
            }
          });
      outputs.add(new Output(topic, sums[0], sums[1]));
    }
    return outputs;
  }

  /** The ids of all committed triggers, sorted. */
  List<String> triggers() throws Exception {
    List<byte[]> values = new ArrayList<>();
    read(Drain.PREFIX + "triggers", written -> values.add(written.value()));
    List<String> ids = new ArrayList<>();
    try (ConfluentRegistry schemas = connect()) {
      RecordPrinter printer = new RecordPrinter(schemas);
      for (byte[] value : values) {
        ids.add(printer.read(value).get("trigger_id").toString());
      }
    }
    ids.sort(null);
    return ids;
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }

  private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(connection(), bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(reader);
      }
    }
  }

  private boolean createTopics() throws InterruptedException {
    try (Admin admin = Admin.create(connection())) {
      return new Topics(admin).apply(plan).size() >= plan.topics().size();
    }
  }

  private ConfluentRegistry connect() {
    return ConfluentRegistry.connect(Map.of("schema.registry.url", registry()));
  }

  private Map<String, Object> connection() {
    return Map.of("bootstrap.servers", brokers(), "isolation.level", "read_committed");
  }
}
