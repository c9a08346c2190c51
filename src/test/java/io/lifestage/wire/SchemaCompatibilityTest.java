package io.lifestage.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Holds every schema in {@code avro/} to the rules, and to its last released version in {@code
 * avro/released/}. A schema that was never released is a new subject: it has only the rules to
 * keep.
 */
class SchemaCompatibilityTest {

  private static final Path CURRENT = Path.of("avro");
  private static final Path RELEASED = CURRENT.resolve("released");

  @Test
  void everySchemaKeepsTheRules() throws IOException {
    assertThat(schemasIn(CURRENT))
        .allSatisfy((name, schema) -> assertThat(SchemaRules.brokenBy(schema)).as(name).isEmpty());
  }

  @Test
  void everySchemaReadsAndIsReadByItsReleasedVersion() throws IOException {
    Map<String, Schema> current = schemasIn(CURRENT);

    assertThat(schemasIn(RELEASED))
        .allSatisfy(
            (name, released) ->
                assertThat(SchemaRules.brokenBetween(released, current.get(name)))
                    .as(name)
                    .isEmpty());
  }

  /** Its records are still in topics and in savepoints. */
  @Test
  void whatWasReleasedIsNeverRemoved() throws IOException {
    assertThat(schemasIn(CURRENT).keySet()).containsAll(schemasIn(RELEASED).keySet());
  }

  private static Map<String, Schema> schemasIn(Path folder) throws IOException {
    Map<String, Schema> schemas = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".avsc")).toList()) {
        schemas.put(
            file.getFileName().toString(), new Schema.Parser().parse(Files.readString(file)));
      }
    }
    return schemas;
  }

  /** The rules seen at work, on schemas that keep them and on schemas that do not. */
  @Nested
  class OnMadeUpSchemas {

    private static final String ID = field("id", "\"string\"");

    @Test
    void aSchemaThatKeepsEveryRuleBreaksNone() {
      assertThat(
              SchemaRules.brokenBy(
                  event(
                      ID,
                      field("type", "\"string\""),
                      optional("note", "\"string\""),
                      field("channel", channel("UNKNOWN", "EMAIL")),
                      field("lines", "{\"type\": \"array\", \"items\": \"long\"}"))))
          .isEmpty();
    }

    @Test
    void aTypeThatIsNoStringIsRefused() {
      Schema schema = event(field("type", channel("UNKNOWN", "EMAIL")));

      assertThat(SchemaRules.brokenBy(schema)).containsExactly("Event.type is not a string");
    }

    @Test
    void aUnionOfTwoThingsIsRefused() {
      Schema schema =
          event(
              "{\"name\": \"value\", \"doc\": \"V.\", \"type\": [\"null\", \"string\", \"long\"],"
                  + " \"default\": null}");

      assertThat(SchemaRules.brokenBy(schema))
          .containsExactly("Event.value is a union other than [null, X]");
    }

    @Test
    void anOptionalFieldWithoutDefaultIsRefused() {
      Schema schema = event(field("note", "[\"null\", \"string\"]"));

      assertThat(SchemaRules.brokenBy(schema))
          .containsExactly("Event.note is optional without default null");
    }

    @Test
    void anEnumWithoutDefaultIsRefused() {
      Schema schema =
          event(
              field(
                  "channel",
                  "{\"type\": \"enum\", \"name\": \"Channel\", \"symbols\": [\"UNKNOWN\"]}"));

      assertThat(SchemaRules.brokenBy(schema))
          .containsExactly("Event.channel is an enum without default UNKNOWN");
    }

    @Test
    void aFieldWithoutDocumentationIsRefused() {
      Schema schema = event("{\"name\": \"id\", \"type\": \"string\"}");

      assertThat(SchemaRules.brokenBy(schema)).containsExactly("Event.id is not documented");
    }

    @Test
    void aRuleBrokenDeepInsideIsFound() {
      Schema schema =
          event(
              field(
                  "lines",
                  "{\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": \"Line\","
                      + " \"doc\": \"L.\", \"fields\": [{\"name\": \"sku\", \"type\": \"string\"}]}}"));

      assertThat(SchemaRules.brokenBy(schema))
          .containsExactly("Event.lines[].sku is not documented");
    }

    @Test
    void aFieldWithDefaultMayBeAdded() {
      assertThat(SchemaRules.brokenBetween(event(ID), event(ID, optional("note", "\"string\""))))
          .isEmpty();
    }

    @Test
    void aFieldWithoutDefaultMayNotBeAdded() {
      assertThat(SchemaRules.brokenBetween(event(ID), event(ID, field("note", "\"string\""))))
          .singleElement()
          .asString()
          .startsWith("Today's reader, released writer: READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void aFieldWithoutDefaultMayNotBeRemoved() {
      assertThat(SchemaRules.brokenBetween(event(ID, field("note", "\"string\"")), event(ID)))
          .singleElement()
          .asString()
          .startsWith("Released reader, today's writer: READER_FIELD_MISSING_DEFAULT_VALUE");
    }

    @Test
    void aFieldMayNotChangeItsType() {
      assertThat(
              SchemaRules.brokenBetween(
                  event(field("n", "\"int\"")), event(field("n", "\"long\""))))
          .singleElement()
          .asString()
          .startsWith("Released reader, today's writer: TYPE_MISMATCH");
    }

    @Test
    void aSymbolMayBeAddedToAnEnumWithDefault() {
      assertThat(
              SchemaRules.brokenBetween(
                  event(field("channel", channel("UNKNOWN", "EMAIL"))),
                  event(field("channel", channel("UNKNOWN", "EMAIL", "PUSH")))))
          .isEmpty();
    }

    private static Schema event(String... fields) {
      return new Schema.Parser()
          .parse(
              "{\"type\": \"record\", \"name\": \"Event\", \"doc\": \"E.\", \"fields\": [%s]}"
                  .formatted(String.join(",", fields)));
    }

    private static String field(String name, String type) {
      return "{\"name\": \"%s\", \"doc\": \"D.\", \"type\": %s}".formatted(name, type);
    }

    private static String optional(String name, String type) {
      return "{\"name\": \"%s\", \"doc\": \"D.\", \"type\": [\"null\", %s], \"default\": null}"
          .formatted(name, type);
    }

    private static String channel(String... symbols) {
      return "{\"type\": \"enum\", \"name\": \"Channel\", \"doc\": \"C.\", \"symbols\": [\"%s\"],"
              .formatted(String.join("\", \"", List.of(symbols)))
          + " \"default\": \"UNKNOWN\"}";
    }
  }
}
