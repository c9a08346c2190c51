package io.lifestage.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Kafka broker in a process of its own, with the jars and the settings of {@code local-cluster}.
 * It can be killed and started again on the same address with the same topics.
 */
public final class BrokerProcess implements AutoCloseable {

  /** 16 bytes in Base64; any will do, since no second broker joins. */
  private static final String CLUSTER_ID = "TGlmZXN0YWdlLWxvY2FsMQ";

  private final int port = LocalCluster.freePort();
  private final JavaProcess process;

  private BrokerProcess(Path folder) {
    Path properties = properties(folder);
    run(
        "kafka.tools.StorageTool",
        "format",
        "--standalone",
        "--cluster-id",
        CLUSTER_ID,
        "--config",
        properties.toString());
    process =
        new JavaProcess(
            "broker",
            folder,
            List.of(
                "-Xmx512m",
                LocalCluster.logging("log4j2.properties"),
                "-cp",
                LocalCluster.classPath("broker"),
                "kafka.Kafka",
                properties.toString()));
  }

  /**
   * Starts a broker and waits until it answers.
   *
   * @param folder for its topics and its log
   */
  public static BrokerProcess start(Path folder) {
    BrokerProcess broker = new BrokerProcess(folder);
    broker.start();
    return broker;
  }

  /** What {@code bootstrap.servers} has to be. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Starts it again after {@link #kill}. */
  public void start() {
    process.start(() -> LocalCluster.listensOn(port));
  }

  /** Ends it without a warning, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  /**
   * Values of a topic as Kafka's own console consumer prints them, committed ones only.
   *
   * @param count after how many it ends; it fails when they do not come within a minute
   */
  public List<String> consume(String topic, int count) {
    return run(
        "org.apache.kafka.tools.consumer.ConsoleConsumer",
        "--bootstrap-server",
        bootstrapServers(),
        "--topic",
        topic,
        "--from-beginning",
        "--isolation-level",
        "read_committed",
        "--max-messages",
        Integer.toString(count),
        "--timeout-ms",
        "60000");
  }

  /**
   * Records of a topic as Kafka's own console consumer reads them, committed ones only.
   *
   * @param count after how many it ends; with fewer it waits for a minute and returns what there is
   */
  public List<Printed> read(String topic, int count) {
    return run(
            "org.apache.kafka.tools.consumer.ConsoleConsumer",
            "--bootstrap-server",
            bootstrapServers(),
            "--topic",
            topic,
            "--from-beginning",
            "--isolation-level",
            "read_committed",
            "--formatter-property",
            "print.key=true",
            "--formatter-property",
            "print.headers=true",
            "--formatter-property",
            "key.separator=" + Printed.FIELD,
            "--formatter-property",
            "headers.separator=" + Printed.HEADER,
            "--formatter-property",
            "value.deserializer=org.apache.kafka.common.serialization.BytesDeserializer",
            "--max-messages",
            Integer.toString(count),
            "--timeout-ms",
            "60000")
        .stream()
        .map(Printed::parse)
        .toList();
  }

  /** Runs one of Kafka's own tools, and returns the lines it prints. */
  private static List<String> run(String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(LocalCluster.logging("log4j2-cli.properties"));
    command.add("-cp");
    command.add(LocalCluster.classPath("broker"));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return JavaProcess.run(Map.of(), command);
  }

  private Path properties(Path folder) {
    int controllerPort = LocalCluster.freePort();
    try {
      List<String> lines =
          new ArrayList<>(Files.readAllLines(LocalCluster.config("broker.properties")));
      lines.add(
          "listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
              .formatted(port, controllerPort));
      lines.add("controller.quorum.bootstrap.servers=127.0.0.1:" + controllerPort);
      lines.add("log.dirs=" + folder.resolve("kafka"));
      return Files.write(folder.resolve("broker.properties"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
