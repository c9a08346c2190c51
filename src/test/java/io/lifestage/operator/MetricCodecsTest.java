package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class MetricCodecsTest {
  private static final Observation PAID =
      Observation.of("revenue", "currency", "EUR", 1_700_000_000_123L, 1999);

  @Test
  void anObservationComesBackAsItWas() throws IOException {
    assertComesBack(new ObservationCodec(), PAID.withdrawn());
  }

  @Test
  void aBundleComesBackAsItWas() throws IOException {
    assertComesBack(
        new ObservationBundleCodec(),
        new ObservationBundle("revenue", "currency", List.of(PAID, PAID.withdrawn())));
    assertComesBack(
        new ObservationBundleCodec(), new ObservationBundle("revenue", "currency", List.of()));
  }

  @Test
  void aPointComesBackAsItWas() throws IOException {
    assertComesBack(
        new MetricPointCodec(), new MetricPoint("lag", "topic", "chat", "now", 5_000, -1, 7, 2));
  }

  private static <T> void assertComesBack(Codec<T> codec, T value) throws IOException {
    CodecSerializer<T> serializer = new CodecSerializer<>(codec);
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

    assertThat(serializer.deserialize(in)).isEqualTo(value);
    assertThat(in.available()).isZero();
  }
}
