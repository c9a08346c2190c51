package io.lifestage.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/** A registry without a process: ids, subjects, FULL_TRANSITIVE, and silence on request. */
public final class InMemoryRegistry implements SchemaRegistry {
  private static final SchemaValidator FULL_TRANSITIVE_VALIDATOR =
      new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

  private final Map<String, List<Schema>> subjects = new LinkedHashMap<>();
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, String> levels = new HashMap<>();
  private int unanswered;
  private int questions;

  /** Leaves the next questions without an answer. */
  public void silentFor(int questions) {
    unanswered = questions;
  }

  /** How often it was asked for what an id means. */
  int questions() {
    return questions;
  }

  Map<String, String> levels() {
    return levels;
  }

  @Override
  public int register(String subject, Schema schema) throws IncompatibleSchemaException {
    List<Schema> versions = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
    try {
      FULL_TRANSITIVE_VALIDATOR.validate(schema, versions);
    } catch (SchemaValidationException e) {
      throw new IncompatibleSchemaException(subject, e);
    }
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    if (!versions.contains(schema)) {
      versions.add(schema);
    }
    return schemas.indexOf(schema) + 1;
  }

  @Override
  public Schema byId(int id) throws UnknownSchemaException, RegistryUnreachableException {
    answer();
    if (id < 1 || id > schemas.size()) {
      throw new UnknownSchemaException(id, null);
    }
    return schemas.get(id - 1);
  }

  @Override
  public Set<String> subjectsOf(int id)
      throws UnknownSchemaException, RegistryUnreachableException {
    Schema schema = byId(id);
    Set<String> holding = new HashSet<>();
    subjects.forEach(
        (subject, versions) -> {
          if (versions.contains(schema)) {
            holding.add(subject);
          }
        });
    return holding;
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setCompatibility(String subject, String level) {
    levels.put(subject, level);
  }

  @Override
  public void setDefaultCompatibility(String level) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private void answer() throws RegistryUnreachableException {
    questions++;
    if (unanswered > 0) {
      unanswered--;
      throw new RegistryUnreachableException("memory", null);
    }
  }
}
