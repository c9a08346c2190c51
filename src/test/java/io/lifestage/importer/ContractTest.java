package io.lifestage.importer;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the importer lets through, the contracts take: an import never fails half way. */
class ContractTest {
  private static final String ALL =
      """
      name: all
      time: {column: t}
      money: {currency: {constant: EUR}}
      attributes:
      %s
      events:
        - type: %s
      """;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> anyTextInAnyAttributeIsABadRowOrFitsTheContract() {
    return Vocabulary.types().stream()
        .map(type -> DynamicTest.dynamicTest(type, () -> everyAttributeFits(type)));
  }

  private void everyAttributeFits(String type) throws IOException {
    StringBuilder attributes = new StringBuilder();
    for (String name : Vocabulary.attributes(type)) {
      attributes.append("  ").append(name).append(": x\n");
    }
    String mapping = ALL.formatted(attributes.toString().stripTrailing(), type);
    EventEncoder encoder = new EventEncoder("space.", ids());
    for (String text : new String[] {"text", "1", "true", "agent", "3.0", "-1", "99"}) {
      Imports imports = new Imports(folder);

      imports.run(
          mapping, ("t,x\n2024-05-01T10:00:00Z," + text + "\n").getBytes(StandardCharsets.UTF_8));

      for (Event event : imports.events) {
        assertThat(encoder.encode(event).value()).isNotEmpty();
      }
      assertThat(imports.events.size() + imports.bad.size()).isEqualTo(1);
    }
  }

  private static Map<Topic, Integer> ids() {
    return Arrays.stream(Topic.values()).collect(toMap(topic -> topic, Topic::ordinal));
  }
}
