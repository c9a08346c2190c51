package io.lifestage.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** How a command reaches the Schema Registry; mixed into every command that does. */
final class RegistryOptions {

  @Option(
      names = "--schema-registry",
      paramLabel = "URL,…",
      defaultValue = "${env:LIFESTAGE_SCHEMA_REGISTRY_URL:-http://127.0.0.1:8081/apis/ccompat/v7}",
      description =
          "The Schema Registry; else LIFESTAGE_SCHEMA_REGISTRY_URL (now ${DEFAULT-VALUE}).")
  private String url;

  @Option(
      names = "--schema-registry-config",
      paramLabel = "FILE",
      description =
          "Properties schema.registry.* of the Confluent client, for TLS and authentication.")
  private Path file;

  /** The properties that a registry client starts from. */
  Map<String, String> properties() throws IOException {
    Properties read = new Properties();
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(file)) {
        read.load(reader);
      }
    }
    Map<String, String> properties = new HashMap<>();
    read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
    properties.put("schema.registry.url", url);
    return properties;
  }
}
