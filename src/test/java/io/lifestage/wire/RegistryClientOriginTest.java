package io.lifestage.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The jar that the registry client is taken from also holds copies of other libraries. These tests
 * name where a class came from, so that none of those copies gets in unseen.
 */
class RegistryClientOriginTest {

  @Test
  void theRegistryClientLiesBesideOurOwnClasses() {
    assertThat(originOf(CachedSchemaRegistryClient.class))
        .isEqualTo(originOf(ConfluentRegistry.class));
  }

  @Test
  void avroComesFromAvro() {
    assertThat(originOf(Schema.class)).matches(".*/avro-[0-9.]+\\.jar");
  }

  @Test
  void guavaComesFromGuava() {
    assertThat(originOf(Ticker.class)).matches(".*/guava-[0-9.]+-jre\\.jar");
  }

  @Test
  void snakeYamlComesFromSnakeYaml() {
    assertThat(originOf(Yaml.class)).matches(".*/snakeyaml-[0-9.]+\\.jar");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/avro/Schema.class",
        "com/google/common/base/Ticker.class",
        "org/yaml/snakeyaml/Yaml.class",
        "org/apache/commons/lang3/StringUtils.class",
        "org/apache/commons/io/IOUtils.class"
      })
  void noLibraryIsThereTwice(String file) throws IOException {
    assertThat(placesOf(file)).hasSize(1);
  }

  @Test
  void flinksOwnAvroFormatIsNotThere() throws IOException {
    assertThat(placesOf("org/apache/flink/formats/avro")).isEmpty();
  }

  /** The twin: the way of looking does find what is there. */
  @Test
  void flinksOwnAvroFormatWouldBeSeen() throws IOException {
    assertThat(placesOf("org/apache/flink/avro")).hasSize(1);
  }

  private static String originOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static List<URL> placesOf(String file) throws IOException {
    return Collections.list(RegistryClientOriginTest.class.getClassLoader().getResources(file));
  }
}
