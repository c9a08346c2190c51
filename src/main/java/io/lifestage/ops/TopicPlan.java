package io.lifestage.ops;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The topics that Lifestage wants, as {@code deploy/topics.yaml} says them.
 *
 * @param topics in the order of the file, with its defaults filled in
 */
public record TopicPlan(List<Topic> topics) {

  /**
   * One wanted topic.
   *
   * @param config Kafka's topic options by name; options that are not named are the broker's
   * @param key what its records are keyed by, in words
   * @param purpose what it is for, in one sentence
   */
  public record Topic(
      String name,
      int partitions,
      short replication,
      Map<String, String> config,
      String key,
      String purpose) {

    Topic named(String other) {
      return new Topic(other, partitions, replication, config, key, purpose);
    }
  }

  /** A plan that can't be used; the message says where it is wrong, and how to mend it. */
  public static final class InvalidPlan extends RuntimeException {
    InvalidPlan(String message) {
      super(message);
    }
  }

  private static final Set<String> FILE_KEYS = Set.of("defaults", "topics");
  private static final Set<String> DEFAULTS_KEYS = Set.of("partitions", "replication", "config");
  private static final Set<String> TOPIC_KEYS =
      Set.of("name", "purpose", "key", "partitions", "replication", "config");

  public TopicPlan {
    topics = List.copyOf(topics);
  }

  /**
   * Reads a plan.
   *
   * @param partitions for every topic that does not say its own, instead of the file's default
   * @param replication of every topic, whatever the file says
   * @throws InvalidPlan if the file says something that no topic can have
   * @throws IOException if the file can't be read
   */
  public static TopicPlan read(Path file, OptionalInt partitions, OptionalInt replication)
      throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      LoaderOptions strict = new LoaderOptions();
      strict.setAllowDuplicateKeys(false);
      Object content = new Yaml(new SafeConstructor(strict)).load(reader);
      return parse(new Entries(file.toString(), content), partitions, replication);
    } catch (YAMLException e) {
      throw new InvalidPlan(file + ": " + e.getMessage());
    }
  }

  private static TopicPlan parse(
      Entries file, OptionalInt wantedPartitions, OptionalInt wantedReplication) {
    file.allow(FILE_KEYS);
    Entries defaults = file.entries("defaults");
    defaults.allow(DEFAULTS_KEYS);
    int partitions = wantedPartitions.orElseGet(() -> defaults.count("partitions", 1));
    int replication = wantedReplication.orElseGet(() -> defaults.count("replication", 1));

    List<Topic> topics = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Entries topic : file.list("topics")) {
      topic.allow(TOPIC_KEYS);
      String name = topic.text("name");
      if (!names.add(name)) {
        throw new InvalidPlan(topic.where + ": a second topic '" + name + "'; keep one of them");
      }
      Map<String, String> config = new TreeMap<>(defaults.options("config"));
      config.putAll(topic.options("config"));
      topics.add(
          new Topic(
              name,
              topic.count("partitions", partitions),
              (short) wantedReplication.orElseGet(() -> topic.count("replication", replication)),
              config,
              topic.text("key"),
              topic.text("purpose")));
    }
    return new TopicPlan(topics);
  }

  /** The same topics with a prefix before every name, as a space has them. */
  public TopicPlan prefixed(String prefix) {
    return new TopicPlan(topics.stream().map(topic -> topic.named(prefix + topic.name())).toList());
  }

  /** A mapping of the file, which knows where it stands, for the messages. */
  private record Entries(String where, Map<String, Object> values) {

    Entries(String where, Object content) {
      this(where, mapping(where, content));
    }

    private static Map<String, Object> mapping(String where, Object content) {
      if (content == null) {
        return Map.of();
      }
      if (!(content instanceof Map<?, ?> map)) {
        throw new InvalidPlan(where + ": has to be a mapping (name: value)");
      }
      Map<String, Object> values = new LinkedHashMap<>();
      map.forEach((key, value) -> values.put(String.valueOf(key), value));
      return values;
    }

    void allow(Set<String> keys) {
      for (String key : values.keySet()) {
        if (!keys.contains(key)) {
          throw new InvalidPlan(
              "%s: '%s' means nothing here; there are %s"
                  .formatted(where, key, keys.stream().sorted().toList()));
        }
      }
    }

    Entries entries(String key) {
      return new Entries(where + ": " + key, values.get(key));
    }

    List<Entries> list(String key) {
      if (!(values.get(key) instanceof List<?> items) || items.isEmpty()) {
        throw new InvalidPlan(where + ": '" + key + "' has to be a list with at least one entry");
      }
      List<Entries> entries = new ArrayList<>();
      for (Object item : items) {
        entries.add(new Entries("%s: %s[%d]".formatted(where, key, entries.size()), item));
      }
      return entries;
    }

    String text(String key) {
      if (values.get(key) instanceof String text && !text.isBlank()) {
        return text;
      }
      throw new InvalidPlan(where + ": '" + key + "' is missing; it has to be a text");
    }

    int count(String key, int otherwise) {
      Object value = values.getOrDefault(key, otherwise);
      if (value instanceof Integer count && count >= 1 && count <= Short.MAX_VALUE) {
        return count;
      }
      throw new InvalidPlan(
          "%s: '%s' has to be a whole number from 1 to %d, and is %s"
              .formatted(where, key, Short.MAX_VALUE, value));
    }

    Map<String, String> options(String key) {
      Map<String, String> options = new TreeMap<>();
      entries(key).values.forEach((option, value) -> options.put(option, String.valueOf(value)));
      return options;
    }
  }
}
