package io.lifestage.wire;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SubjectVersion;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * A registry that speaks Confluent's protocol. The client underneath is bound to its own, relocated
 * Avro, so schemas cross to it and back as text.
 */
public final class ConfluentRegistry implements SchemaRegistry {

  private static final String PREFIX = "schema.registry.";
  private static final String URL = PREFIX + "url";
  private static final int CACHED_SCHEMAS = 1_000;
  private static final String EVERY_VERSION = null;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final String url;
  private final RestService rest;
  private final CachedSchemaRegistryClient client;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

  private ConfluentRegistry(String url, Map<String, String> settings) {
    this.url = url;
    this.rest = new RestService(List.of(url.split(",", -1)));
    this.client =
        new CachedSchemaRegistryClient(
            rest, CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), settings, Map.of());
  }

  /**
   * Nothing is sent before the first question.
   *
   * @param properties those that begin with {@code schema.registry.}; others are ignored. {@code
   *     schema.registry.url} is one or more addresses with commas between; the rest are the
   *     Confluent client's own, such as {@code basic.auth.credentials.source}, {@code
   *     basic.auth.user.info}, {@code ssl.truststore.location}, {@code http.read.timeout.ms}.
   * @throws IllegalArgumentException if {@code schema.registry.url} is missing
   */
  public static ConfluentRegistry connect(Map<String, String> properties) {
    String url = properties.get(URL);
    if (url == null || url.isBlank()) {
      throw new IllegalArgumentException(URL + " is not set");
    }
    return new ConfluentRegistry(url, settingsIn(properties));
  }

  /** The client waits a minute by default, longer than a held partition should stay silent. */
  private static Map<String, String> settingsIn(Map<String, String> properties) {
    Map<String, String> settings = new HashMap<>();
    settings.put("http.connect.timeout.ms", "5000");
    settings.put("http.read.timeout.ms", "10000");
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            settings.put(key.substring(PREFIX.length()), value);
          }
        });
    return settings;
  }

  @Override
  public int register(String subject, Schema schema)
      throws IncompatibleSchemaException, RegistryUnreachableException {
    try {
      return client.register(subject, asText(schema));
    } catch (RestClientException e) {
      if (e.getStatus() == CONFLICT || e.getStatus() == UNPROCESSABLE) {
        throw new IncompatibleSchemaException(subject, e);
      }
      throw new RegistryUnreachableException(url, e);
    } catch (IOException e) {
      throw new RegistryUnreachableException(url, e);
    }
  }

  @Override
  public Schema byId(int id) throws UnknownSchemaException, RegistryUnreachableException {
    Schema known = schemas.get(id);
    if (known == null) {
      String text = ask(id, () -> client.getSchemaById(id).canonicalString());
      known = schemas.computeIfAbsent(id, unused -> new Schema.Parser().parse(text));
    }
    return known;
  }

  /** Asks for versions: not every compatible registry can list subjects alone. */
  @Override
  public Set<String> subjectsOf(int id)
      throws UnknownSchemaException, RegistryUnreachableException {
    return ask(id, () -> client.getAllVersionsById(id)).stream()
        .map(SubjectVersion::getSubject)
        .collect(toUnmodifiableSet());
  }

  /** Past the client, which would have the schema held to the latest version alone. */
  @Override
  public boolean isCompatible(String subject, Schema schema) throws RegistryUnreachableException {
    try {
      return rest.testCompatibility(
              new RegisterSchemaRequest(asText(schema)), subject, EVERY_VERSION, false, false)
          .isEmpty();
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        return true;
      }
      throw new RegistryUnreachableException(url, e);
    } catch (IOException e) {
      throw new RegistryUnreachableException(url, e);
    }
  }

  @Override
  public void setCompatibility(String subject, String level) throws RegistryUnreachableException {
    try {
      client.updateConfig(subject, new Config(level));
    } catch (RestClientException | IOException e) {
      throw new RegistryUnreachableException(url, e);
    }
  }

  /** The client means every subject when it is given none. */
  @Override
  public void setDefaultCompatibility(String level) throws RegistryUnreachableException {
    setCompatibility(null, level);
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T ask(int id, Question<T> question)
      throws UnknownSchemaException, RegistryUnreachableException {
    try {
      return question.answer();
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        throw new UnknownSchemaException(id, e);
      }
      throw new RegistryUnreachableException(url, e);
    } catch (IOException e) {
      throw new RegistryUnreachableException(url, e);
    }
  }

  private static AvroSchema asText(Schema schema) {
    return new AvroSchema(schema.toString());
  }

  private interface Question<T> {
    T answer() throws RestClientException, IOException;
  }
}
