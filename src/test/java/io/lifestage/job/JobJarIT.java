package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lifestage.wire.ConfluentRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** What is in the jar that goes to a cluster, and what the cluster brings itself. */
class JobJarIT {

  private static final Path JAR = Path.of(System.getProperty("lifestage.jobJar"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/lifestage/wire/ConfluentRegistry.class",
        "org/apache/avro/Schema.class",
        "org/apache/flink/connector/kafka/sink/KafkaSink.class",
        "org/apache/kafka/clients/consumer/KafkaConsumer.class",
        "org/apache/datasketches/hll/HllSketch.class",
        "com/google/common/base/Ticker.class",
        "picocli/CommandLine.class"
      })
  void theJobBringsWhatFlinkDoesNotHave(String file) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getEntry(file)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/flink/streaming/api/environment/StreamExecutionEnvironment.class",
        "org/apache/flink/runtime/jobgraph/JobGraph.class",
        "org/apache/flink/api/common/JobID.class",
        "org/apache/flink/formats/avro/AvroDeserializationSchema.class",
        "org/rocksdb/RocksDB.class",
        "org/slf4j/Logger.class",
        "org/apache/logging/log4j/core/Logger.class",
        "kafka/server/KafkaBroker.class"
      })
  void theJobBringsNoFlinkNoBackendAndNoBroker(String file) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getEntry(file)).isNull();
    }
  }

  @Test
  void theJarStartsTheJob() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.lifestage.job.LifestageJob");
    }
  }

  /** The command line runs from this jar and a logging interface, with no Flink beside it. */
  @Test
  void theRegistryClientNeedsNoFlink() throws Exception {
    URL[] places = {
      JAR.toUri().toURL(), Logger.class.getProtectionDomain().getCodeSource().getLocation()
    };
    try (URLClassLoader alone = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = alone.loadClass(ConfluentRegistry.class.getName());
      Object registry =
          type.getMethod("connect", Map.class)
              .invoke(null, Map.of("schema.registry.url", "http://127.0.0.1:1"));

      assertThatExceptionOfType(InvocationTargetException.class)
          .isThrownBy(() -> type.getMethod("byId", int.class).invoke(registry, 1))
          .havingCause()
          .extracting(cause -> cause.getClass().getSimpleName())
          .isEqualTo("RegistryUnreachableException");
    }
  }
}
