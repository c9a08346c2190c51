package io.lifestage.wire;

import static io.lifestage.wire.Wired.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lifestage.cluster.RegistryProcess;
import io.lifestage.lifecycle.Event;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contracts in a real registry, in a process of its own. */
class SchemasIT {

  private static RegistryProcess process;

  @BeforeAll
  static void startTheRegistry(@TempDir Path folder) {
    process = RegistryProcess.start(folder);
  }

  @AfterAll
  static void stopTheRegistry() {
    process.close();
  }

  @Test
  void theContractsOfTwoSpacesAreRegisteredAgainAndAgain() throws RegistryException {
    try (SchemaRegistry registry = connect()) {
      Map<Topic, Integer> live = new Schemas(registry, "").register();
      Map<Topic, Integer> history = new Schemas(registry, "history.").register();

      assertThat(live).hasSize(14);
      assertThat(new Schemas(registry, "").register()).isEqualTo(live);
      assertThat(registry.subjectsOf(history.get(Topic.ORDERS))).contains("history.orders-value");
    }
  }

  @Test
  void whatWasEncodedWithItsIdsIsDecoded() throws Exception {
    try (SchemaRegistry registry = connect()) {
      Map<Topic, Integer> ids = new Schemas(registry, "decoded.").register();
      InputDecoder decoder = new InputDecoder(registry, "decoded.", InputLimits.LIVE);
      Event order = Wired.order("o-1", "ada");
      OutboundRecord record = new EventEncoder("decoded.", ids).encode(order);
      Origin origin = new Origin(record.topic(), 0, 0, NOON);

      assertThat(decoder.decode(origin, record.key(), record.value()))
          .isEqualTo(new Decoded.OfEvent(order, origin));
    }
  }

  /** Nobody said so but us: the registry's own default is to let everything pass. */
  @Test
  void theSubjectsAreHeldToFullTransitive() throws RegistryException {
    Schema other = SchemaBuilder.record("Other").fields().requiredString("id").endRecord();
    try (SchemaRegistry registry = connect()) {
      new Schemas(registry, "held.").register();

      assertThatExceptionOfType(IncompatibleSchemaException.class)
          .isThrownBy(() -> registry.register("held.orders-value", other));
    }
  }

  private static SchemaRegistry connect() {
    return ConfluentRegistry.connect(Map.of("schema.registry.url", process.url()));
  }
}
