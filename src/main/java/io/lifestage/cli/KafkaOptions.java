package io.lifestage.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** How a command reaches Kafka; mixed into every command that does. */
final class KafkaOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,…",
      defaultValue = "${env:LIFESTAGE_BOOTSTRAP_SERVERS:-127.0.0.1:9092}",
      description =
          "Kafka brokers to ask first; else LIFESTAGE_BOOTSTRAP_SERVERS (now ${DEFAULT-VALUE}).")
  private String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Kafka client properties, for TLS and authentication.")
  private Path file;

  /** The properties that every client starts from. */
  Properties properties() throws IOException {
    Properties properties = new Properties();
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    properties.setProperty("bootstrap.servers", bootstrapServers);
    return properties;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** The same failure, saying which Kafka it was. */
  KafkaException failed(KafkaException e) {
    return new KafkaException("Kafka at %s: %s".formatted(bootstrapServers, e.getMessage()), e);
  }
}
