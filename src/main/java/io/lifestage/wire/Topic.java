package io.lifestage.wire;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.lifestage.lifecycle.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;

/** The topics and their contracts; names and schemas are those of {@code avro/README.md}. */
public enum Topic {
  CLICKSTREAM("clickstream", true),
  CHAT("chat", true),
  ORDERS("orders", true),
  CUSTOMERS("customers", true),
  OUTCOMES("outcomes", true),
  PRODUCTS("products", true),
  DEFINITIONS("definitions", true),
  TRANSITIONS("transitions", true),
  TRIGGERS("triggers", true),
  DECISIONS("decisions", true),
  PROFILES("profiles", true),
  METRICS("metrics", true),
  ALERTS("alerts", true),
  CLOCK("clock", true),
  DEAD_LETTERS("dead-letters", false),
  LATE_EVENTS("late-events", false);

  private static final Map<Topic, Schema> SCHEMAS =
      Arrays.stream(values())
          .filter(topic -> topic.hasSchema)
          .collect(toUnmodifiableMap(topic -> topic, topic -> load(topic.plainName)));

  private final String plainName;
  private final boolean hasSchema;

  Topic(String plainName, boolean hasSchema) {
    this.plainName = plainName;
    this.hasSchema = hasSchema;
  }

  /** The name without a prefix. */
  public String plainName() {
    return plainName;
  }

  /** The name in a space: its prefix, then the plain name. */
  public String in(String prefix) {
    return prefix + plainName;
  }

  /** The registry's subject of the values in a space. */
  public String subjectIn(String prefix) {
    return in(prefix) + "-value";
  }

  /** The contract of this release, or null where the topic has none. */
  public Schema schema() {
    return SCHEMAS.get(this);
  }

  /** Whether the topic carries events of customers. */
  public boolean carriesEvents() {
    return EventType.topics().contains(plainName);
  }

  /** Whether the job reads it. */
  public boolean isInput() {
    return carriesEvents() || this == PRODUCTS || this == DEFINITIONS;
  }

  /**
   * The topic with this name in a space.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Topic named(String name, String prefix) {
    for (Topic topic : values()) {
      if (name.equals(topic.in(prefix))) {
        return topic;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no topic of Lifestage with the prefix '%s'".formatted(name, prefix));
  }

  private static Schema load(String name) {
    String resource = "/avro/" + name + ".avsc";
    try (InputStream in = Topic.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The class path has no " + resource);
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
