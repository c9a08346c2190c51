package io.lifestage.operator;

import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.OutputEncoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Writes down each tick that moved time, and the lag. To the stream of arrivals it adds no element,
 * only the clock's watermarks.
 */
public final class RecordTicks extends ProcessFunction<ClockReading, Decoded.OfEvent> {
  private static final long serialVersionUID = 1L;
  private static final String SILENCE = "silence";

  private final Encoders encoders;
  private transient OutputEncoder encoder;

  public RecordTicks(Encoders encoders) {
    this.encoders = encoders;
  }

  @Override
  public void open(OpenContext context) {
    encoder = encoders.outputs();
  }

  @Override
  public void processElement(
      ClockReading reading, Context context, Collector<Decoded.OfEvent> none) {
    if (reading.silent()) {
      context.output(Outputs.RECORDS, encoder.tick(reading.to(), reading.wall(), SILENCE));
    }
    reading
        .lag()
        .forEach(
            (topic, records) ->
                context.output(
                    Outputs.OBSERVATIONS,
                    Observation.reading(Metrics.LAG, "topic", topic, reading.wall(), records)));
  }
}
