package io.lifestage.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * What a schema must keep so that it can grow for ever under FULL_TRANSITIVE: a type is a string,
 * unions are {@code [null, X]} with default null, enums have a default, everything is documented.
 */
final class SchemaRules {

  private static final String ENUM_DEFAULT = "UNKNOWN";

  private final List<String> broken = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private SchemaRules() {}

  /** One sentence for each rule that {@code schema} breaks by itself; none if it keeps them all. */
  static List<String> brokenBy(Schema schema) {
    SchemaRules rules = new SchemaRules();
    rules.check(schema, schema.getName());
    return rules.broken;
  }

  /** One sentence for each way in which readers and writers of two versions disagree. */
  static List<String> brokenBetween(Schema released, Schema current) {
    List<String> broken = new ArrayList<>();
    broken.addAll(brokenByReading(current, released, "Today's reader, released writer"));
    broken.addAll(brokenByReading(released, current, "Released reader, today's writer"));
    return broken;
  }

  private static List<String> brokenByReading(Schema reader, Schema writer, String who) {
    SchemaCompatibility.SchemaPairCompatibility answer =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    if (answer.getType() == SchemaCompatibilityType.COMPATIBLE) {
      return List.of();
    }
    return answer.getResult().getIncompatibilities().stream()
        .map(
            it ->
                "%s: %s at %s (%s)".formatted(who, it.getType(), it.getLocation(), it.getMessage()))
        .toList();
  }

  private void check(Schema schema, String path) {
    switch (schema.getType()) {
      case RECORD -> checkRecord(schema, path);
      case ENUM -> checkEnum(schema, path);
      case UNION -> checkUnion(schema, path);
      case ARRAY -> check(schema.getElementType(), path + "[]");
      case MAP -> check(schema.getValueType(), path + "{}");
      default -> {}
    }
  }

  private void checkRecord(Schema schema, String path) {
    if (!seen.add(schema.getFullName())) {
      return;
    }
    require(schema.getDoc() != null, path + " is not documented");
    for (Schema.Field field : schema.getFields()) {
      String at = path + "." + field.name();
      require(field.doc() != null && !field.doc().isBlank(), at + " is not documented");
      require(
          !field.name().equals("type") || field.schema().getType() == Schema.Type.STRING,
          at + " is not a string");
      require(
          field.schema().getType() != Schema.Type.UNION
              || field.defaultVal() == JsonProperties.NULL_VALUE,
          at + " is optional without default null");
      check(field.schema(), at);
    }
  }

  private void checkEnum(Schema schema, String path) {
    require(
        ENUM_DEFAULT.equals(schema.getEnumDefault()),
        path + " is an enum without default " + ENUM_DEFAULT);
  }

  private void checkUnion(Schema union, String path) {
    List<Schema> branches = union.getTypes();
    require(
        branches.size() == 2 && branches.get(0).getType() == Schema.Type.NULL,
        path + " is a union other than [null, X]");
    branches.forEach(branch -> check(branch, path));
  }

  private void require(boolean kept, String sentence) {
    if (!kept) {
      broken.add(sentence);
    }
  }
}
