package io.lifestage.wire;

import static io.lifestage.wire.Wired.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class SchemasTest {

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Schemas schemas = new Schemas(registry, PREFIX);

  @Test
  void everyTopicWithASchemaHasASubjectHeldToFullTransitive() throws RegistryException {
    Map<Topic, Integer> ids = schemas.register();

    assertThat(ids).hasSize(14).doesNotContainKeys(Topic.DEAD_LETTERS, Topic.LATE_EVENTS);
    assertThat(registry.levels())
        .hasSize(14)
        .containsEntry("shop.orders-value", SchemaRegistry.FULL_TRANSITIVE);
    assertThat(registry.subjectsOf(ids.get(Topic.ORDERS))).containsExactly("shop.orders-value");
  }

  @Test
  void aSecondTimeNothingChanges() throws RegistryException {
    assertThat(schemas.register()).isEqualTo(schemas.register());
  }

  @Test
  void aSubjectThatHoldsSomethingElseIsNamed() throws RegistryException {
    registry.register("shop.chat-value", Schema.create(Schema.Type.LONG));

    assertThatExceptionOfType(IncompatibleSchemaException.class)
        .isThrownBy(schemas::register)
        .withMessageContaining("shop.chat-value");
  }
}
