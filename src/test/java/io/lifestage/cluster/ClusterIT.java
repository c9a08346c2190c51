package io.lifestage.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.job.PassThrough;
import io.lifestage.ops.TopicPlan;
import io.lifestage.ops.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a record through real processes: broker, Flink's JobManager and two TaskManagers, and
 * Kafka's own console consumer, from the class path lists that {@code local-cluster/up} uses.
 */
class ClusterIT {

  @AutoClose private static BrokerProcess broker;
  @AutoClose private static FlinkProcesses flink;

  @BeforeAll
  static void startTheCluster(@TempDir Path folder) throws Exception {
    broker = BrokerProcess.start(Files.createDirectory(folder.resolve("broker")));
    flink = FlinkProcesses.start(Files.createDirectory(folder.resolve("flink")), 2);
    createTopics();
  }

  @Test
  void whatIsWrittenToATopicArrivesCommittedInAnotherOnce() throws Exception {
    List<String> written = IntStream.range(0, 1_000).mapToObj(n -> "event " + n).toList();
    flink.submit(
        Path.of(System.getProperty("lifestage.jobJar")),
        PassThrough.class.getName(),
        "--bootstrap-servers",
        broker.bootstrapServers(),
        "--from",
        "clickstream",
        "--to",
        "transitions");

    write("clickstream", written);

    assertThat(broker.consume("transitions", written.size()))
        .containsExactlyInAnyOrderElementsOf(written);
  }

  private static void createTopics() throws Exception {
    TopicPlan plan =
        TopicPlan.read(Path.of("deploy/topics.yaml"), OptionalInt.empty(), OptionalInt.empty());
    try (Admin admin = Admin.create(connection())) {
      new Topics(admin).apply(plan);
    }
  }

  private static void write(String topic, List<String> values) throws Exception {
    StringSerializer text = new StringSerializer();
    try (Producer<String, String> producer = new KafkaProducer<>(connection(), text, text)) {
      List<Future<RecordMetadata>> sent =
          values.stream()
              .map(value -> producer.send(new ProducerRecord<>(topic, value, value)))
              .toList();
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  private static Map<String, Object> connection() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }
}
