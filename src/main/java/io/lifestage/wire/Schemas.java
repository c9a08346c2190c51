package io.lifestage.wire;

import java.util.EnumMap;
import java.util.Map;

/** The contracts of this release in a registry. */
public final class Schemas {

  private final SchemaRegistry registry;
  private final String prefix;

  /**
   * @param registry where to
   * @param prefix what the topics' names begin with; may be empty
   */
  public Schemas(SchemaRegistry registry, String prefix) {
    this.registry = registry;
    this.prefix = prefix;
  }

  /**
   * Registers the schema of every topic that has one, each subject held to {@link
   * SchemaRegistry#FULL_TRANSITIVE}. What is registered already is found again, so this may be
   * repeated; it may also stop half way, and be repeated.
   *
   * @return the schemas' ids
   * @throws IncompatibleSchemaException if a subject holds a schema that ours does not go with
   */
  public Map<Topic, Integer> register()
      throws IncompatibleSchemaException, RegistryUnreachableException {
    Map<Topic, Integer> ids = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      if (topic.schema() != null) {
        String subject = topic.subjectIn(prefix);
        registry.setCompatibility(subject, SchemaRegistry.FULL_TRANSITIVE);
        ids.put(topic, registry.register(subject, topic.schema()));
      }
    }
    return ids;
  }
}
