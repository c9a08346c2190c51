package io.lifestage.wire;

import java.util.Set;
import org.apache.avro.Schema;

/**
 * The one place that knows which id stands for which schema. Safe for use by several threads.
 *
 * <p>Every method throws {@link RegistryUnreachableException} when the registry gives no answer,
 * which says nothing about the schema asked for.
 */
public interface SchemaRegistry extends AutoCloseable {

  /** The compatibility that every subject of Lifestage is held to. */
  String FULL_TRANSITIVE = "FULL_TRANSITIVE";

  /**
   * Registers {@code schema}, or finds it if the subject already has it.
   *
   * @return the id, the same for as long as the registry keeps its storage
   * @throws IncompatibleSchemaException if the subject's compatibility forbids it
   */
  int register(String subject, Schema schema)
      throws IncompatibleSchemaException, RegistryUnreachableException;

  /**
   * The schema with this id, from memory after the first time: an id never changes its meaning.
   *
   * @throws UnknownSchemaException if the registry has no such id
   */
  Schema byId(int id) throws UnknownSchemaException, RegistryUnreachableException;

  /**
   * The subjects that this id is registered under. Asked anew each time, since a subject may be
   * added; whoever asks for every record should remember the answer.
   *
   * @throws UnknownSchemaException if the registry has no such id
   */
  Set<String> subjectsOf(int id) throws UnknownSchemaException, RegistryUnreachableException;

  /** Whether {@link #register} would succeed. Anything goes for a subject that does not exist. */
  boolean isCompatible(String subject, Schema schema) throws RegistryUnreachableException;

  /** Holds one subject to a level such as {@link #FULL_TRANSITIVE}. */
  void setCompatibility(String subject, String level) throws RegistryUnreachableException;

  /** Holds every subject without a level of its own to this one. */
  void setDefaultCompatibility(String level) throws RegistryUnreachableException;

  @Override
  void close();
}
