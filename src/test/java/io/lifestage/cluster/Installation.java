package io.lifestage.cluster;

import io.lifestage.job.CommittedRecords;
import io.lifestage.job.LifestageJob;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.ops.TopicPlan;
import io.lifestage.ops.Topics;
import io.lifestage.traffic.KafkaOutlet;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All that the job runs on, each in a process of its own: broker, registry, Flink; with the topics
 * of {@code deploy/topics.yaml} and the schemas. What a test reads and writes goes through it.
 */
final class Installation implements AutoCloseable {
  private static final Path JOB_JAR = Path.of(System.getProperty("lifestage.jobJar"));

  final BrokerProcess broker;
  final RegistryProcess registry;
  final FlinkProcesses flink;

  private Installation(Path folder, int taskManagers) throws IOException {
    broker = BrokerProcess.start(Files.createDirectory(folder.resolve("broker")));
    registry = RegistryProcess.start(Files.createDirectory(folder.resolve("registry")));
    flink = FlinkProcesses.start(Files.createDirectory(folder.resolve("flink")), taskManagers);
  }

  /**
   * Starts everything but the job.
   *
   * @param folder for all that the processes write
   */
  static Installation start(Path folder, int taskManagers) throws Exception {
    Installation installation = new Installation(folder, taskManagers);
    installation.createTopics("");
    return installation;
  }

  /** Creates the topics of a space. */
  void createTopics(String prefix) throws Exception {
    TopicPlan plan =
        TopicPlan.read(Path.of("deploy/topics.yaml"), OptionalInt.empty(), OptionalInt.empty());
    try (Admin admin = Admin.create(connection())) {
      new Topics(admin).apply(prefix.isEmpty() ? plan : plan.prefixed(prefix));
    }
  }

  /** The ids of a space's schemas, which are registered where they are not yet. */
  Map<Topic, Integer> schemaIds(String prefix) throws Exception {
    try (ConfluentRegistry client =
        ConfluentRegistry.connect(Map.of("schema.registry.url", registry.url()))) {
      return new Schemas(client, prefix).register();
    }
  }

  /** Submits the packaged job and waits until it runs. */
  String submitJob(String... options) {
    return flink.submit(JOB_JAR, LifestageJob.class.getName(), arguments(options));
  }

  /** Stops the job and submits it again, from where it was, with other options. */
  String restartJob(String job, String... options) {
    String savepoint = flink.stopWithSavepoint(job);
    return flink.resume(savepoint, JOB_JAR, LifestageJob.class.getName(), arguments(options));
  }

  /** Submits the packaged job so that it goes on from a checkpoint. */
  String resumeJob(String checkpoint, String... options) {
    return flink.resume(checkpoint, JOB_JAR, LifestageJob.class.getName(), arguments(options));
  }

  /** What the packaged job says when it refuses to start. */
  String refusalOfJob(String... options) {
    return flink.refusal(JOB_JAR, LifestageJob.class.getName(), arguments(options));
  }

  private String[] arguments(String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    if (!arguments.contains("--schema-registry-url")) {
      arguments.addAll(List.of("--schema-registry-url", registry.url()));
    }
    return arguments.toArray(String[]::new);
  }

  /** Runs a command of the command line against this installation, and gives what it printed. */
  List<String> lifestage(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of("-cp", System.getProperty("java.class.path"), "io.lifestage.cli.Lifestage"));
    command.addAll(List.of(words));
    command.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    command.addAll(List.of("--schema-registry", registry.url()));
    return JavaProcess.run(Map.of(), command);
  }

  /** Writes events and returns when the broker has them. */
  void send(String prefix, List<Event> events) throws Exception {
    try (KafkaOutlet outlet = outlet(prefix)) {
      for (Event event : events) {
        outlet.send(event, null);
      }
      outlet.flush();
    }
  }

  /** Writes the catalogue of a space. */
  void publish(String prefix, List<Product> catalogue) throws Exception {
    try (KafkaOutlet outlet = outlet(prefix)) {
      outlet.publish(catalogue);
    }
  }

  KafkaOutlet outlet(String prefix) throws Exception {
    return new KafkaOutlet(connection(), prefix, schemaIds(prefix));
  }

  /** What is committed in a topic at this moment. */
  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (CommittedRecords reader = CommittedRecords.open(connection())) {
      reader.toTheEnd(
          reader.partitions(List.of(topic)), records::add, CommittedRecords.Progress.UNHEARD);
    }
    return records;
  }

  /**
   * How many records of these topics were written and then aborted: visible to those who read
   * uncommitted, and to nobody else. What is still open is not counted.
   */
  int aborted(List<String> topics) {
    return countStable(topics, "read_uncommitted") - countStable(topics, "read_committed");
  }

  private int countStable(List<String> topics, String isolation) {
    Map<TopicPartition, Long> ends = ends(topics, "read_committed");
    int count = 0;
    try (Consumer<byte[], byte[]> consumer = consumer(isolation)) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          TopicPartition partition = new TopicPartition(record.topic(), record.partition());
          count += record.offset() < ends.get(partition) ? 1 : 0;
        }
      }
    }
    return count;
  }

  /** Whether a transaction stands open with records in one of these topics. */
  boolean anyOpenTransaction(List<String> topics) {
    return !ends(topics, "read_uncommitted").equals(ends(topics, "read_committed"));
  }

  private Map<TopicPartition, Long> ends(List<String> topics, String isolation) {
    try (Consumer<byte[], byte[]> consumer = consumer(isolation)) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      return consumer.endOffsets(partitions);
    }
  }

  private Consumer<byte[], byte[]> consumer(String isolation) {
    Properties settings = connection();
    settings.put("isolation.level", isolation);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Properties connection() {
    Properties connection = new Properties();
    connection.put("bootstrap.servers", broker.bootstrapServers());
    return connection;
  }

  @Override
  public void close() {
    flink.close();
    registry.close();
    broker.close();
  }
}
