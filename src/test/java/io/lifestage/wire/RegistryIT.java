package io.lifestage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lifestage.cluster.RegistryProcess;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry client against a real registry, in a process of its own. */
class RegistryIT {

  private static final Schema ORDER =
      SchemaBuilder.record("Order").namespace("shop").fields().requiredString("id").endRecord();
  private static final Schema ORDER_WITH_NOTE =
      SchemaBuilder.record("Order")
          .namespace("shop")
          .fields()
          .requiredString("id")
          .optionalString("note")
          .endRecord();
  private static final Schema ORDER_WITH_REQUIRED_NOTE =
      SchemaBuilder.record("Order")
          .namespace("shop")
          .fields()
          .requiredString("id")
          .requiredString("note")
          .endRecord();

  private static RegistryProcess process;

  @BeforeAll
  static void startTheRegistry(@TempDir Path folder) throws RegistryException {
    process = RegistryProcess.start(folder);
    try (SchemaRegistry registry = connect()) {
      registry.setDefaultCompatibility(SchemaRegistry.FULL_TRANSITIVE);
    }
  }

  @AfterAll
  static void stopTheRegistry() {
    process.close();
  }

  @Test
  void whatWasRegisteredIsReadByItsId() throws RegistryException {
    try (SchemaRegistry writer = connect();
        SchemaRegistry reader = connect()) {
      int id = writer.register("read-value", ORDER);

      assertThat(reader.byId(id)).isEqualTo(ORDER);
    }
  }

  @Test
  void registeringTwiceGivesTheSameId() throws RegistryException {
    try (SchemaRegistry first = connect();
        SchemaRegistry second = connect()) {
      assertThat(second.register("twice-value", ORDER))
          .isEqualTo(first.register("twice-value", ORDER));
    }
  }

  @Test
  void anIdKnowsTheSubjectsItIsRegisteredUnder() throws RegistryException {
    try (SchemaRegistry registry = connect()) {
      Schema schema = SchemaBuilder.fixed("Shared").size(1);
      int id = registry.register("one-value", schema);
      registry.register("other-value", schema);

      assertThat(registry.subjectsOf(id)).containsExactlyInAnyOrder("one-value", "other-value");
    }
  }

  @Test
  void anIdThatNobodyRegisteredIsUnknown() {
    try (SchemaRegistry registry = connect()) {
      assertThatExceptionOfType(UnknownSchemaException.class)
          .isThrownBy(() -> registry.byId(999_999));
      assertThatExceptionOfType(UnknownSchemaException.class)
          .isThrownBy(() -> registry.subjectsOf(999_999));
    }
  }

  @Test
  void aNewSubjectTakesAnySchema() throws RegistryException {
    try (SchemaRegistry registry = connect()) {
      assertThat(registry.isCompatible("nobody-has-this-value", ORDER)).isTrue();
    }
  }

  @Test
  void aFieldWithADefaultMayBeAdded() throws RegistryException {
    try (SchemaRegistry registry = connect()) {
      registry.register("grown-value", ORDER);

      assertThat(registry.isCompatible("grown-value", ORDER_WITH_NOTE)).isTrue();
      assertThat(registry.register("grown-value", ORDER_WITH_NOTE)).isPositive();
    }
  }

  @Test
  void aFieldWithoutADefaultIsRefused() throws RegistryException {
    try (SchemaRegistry registry = connect()) {
      registry.register("refused-value", ORDER);

      assertThat(registry.isCompatible("refused-value", ORDER_WITH_REQUIRED_NOTE)).isFalse();
      assertThatExceptionOfType(IncompatibleSchemaException.class)
          .isThrownBy(() -> registry.register("refused-value", ORDER_WITH_REQUIRED_NOTE))
          .withMessageContaining("refused-value");
    }
  }

  /** Each neighbour fits the next, the first does not fit the last: only TRANSITIVE sees it. */
  @Test
  void aSchemaIsHeldToEveryVersionAndNotOnlyToTheLast() throws RegistryException {
    Schema noteIsText = ORDER_WITH_NOTE;
    Schema noteIsNumber =
        SchemaBuilder.record("Order")
            .namespace("shop")
            .fields()
            .requiredString("id")
            .optionalLong("note")
            .endRecord();
    try (SchemaRegistry registry = connect()) {
      registry.register("transitive-value", noteIsText);
      registry.register("transitive-value", ORDER);

      assertThat(registry.isCompatible("transitive-value", noteIsNumber)).isFalse();
    }
  }

  /** The twin: it is the level that refuses, and a weaker one takes the same field. */
  @Test
  void aWeakerLevelTakesAFieldWithoutADefault() throws RegistryException {
    try (SchemaRegistry registry = connect()) {
      registry.register("weaker-value", ORDER);
      registry.setCompatibility("weaker-value", "FORWARD");

      assertThat(registry.isCompatible("weaker-value", ORDER_WITH_REQUIRED_NOTE)).isTrue();
    }
  }

  @Test
  void idsSurviveAKilledRegistry() throws RegistryException {
    try (SchemaRegistry before = connect();
        SchemaRegistry after = connect()) {
      int id = before.register("durable-value", ORDER_WITH_NOTE);
      process.kill();
      assertThatExceptionOfType(RegistryUnreachableException.class)
          .isThrownBy(() -> after.byId(id));

      process.start();

      assertThat(after.byId(id)).isEqualTo(ORDER_WITH_NOTE);
      assertThat(after.register("durable-value", ORDER_WITH_NOTE)).isEqualTo(id);
    }
  }

  private static SchemaRegistry connect() {
    return ConfluentRegistry.connect(Map.of("schema.registry.url", process.url()));
  }
}
