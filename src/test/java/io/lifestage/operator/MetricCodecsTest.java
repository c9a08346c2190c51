package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.metric.Estimates;
import io.lifestage.metric.MetricDefinition;
import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.Sketch;
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

  @Test
  void sketchesAndWhatTheySayComeBackAsTheyWere() throws IOException {
    Sketch sketch = Sketch.of(MetricDefinition.Kind.DISTRIBUTION);
    sketch.add(Observation.of(Metrics.CHAT_RESPONSE, "subject", "sales", 0, 1_234));
    Sketch customers = Sketch.of(MetricDefinition.Kind.DISTINCT);
    customers.add(Observation.of(Metrics.REACH, "source", "search", 0, "ada"));
    Observation bundled =
        new Observation(Metrics.CHAT_RESPONSE, "subject", "sales", 5, 1, 1_234, sketch);

    assertComesBack(new SketchCodec(), sketch);
    assertComesBack(new SketchCodec(), customers);
    assertComesBack(new ObservationCodec(), bundled);
    assertComesBack(
        new ObservationBundleCodec(),
        new ObservationBundle(Metrics.CHAT_RESPONSE, "subject", List.of(bundled)));
    for (Estimates estimates : List.of(sketch.estimates(), customers.estimates())) {
      assertComesBack(
          new MetricPointCodec(),
          new MetricPoint("m", "dimension", "label", "1m", 5_000, 1, 7, 2, estimates));
    }
  }

  @Test
  void whatVersionOneWroteIsRead() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF("revenue");
    out.writeUTF("currency");
    out.writeUTF("EUR");
    out.writeLong(PAID.at());
    out.writeLong(1);
    out.writeLong(1999);

    assertThat(new ObservationCodec().read(1, new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(PAID);
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
