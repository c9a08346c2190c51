package io.lifestage.operator;

import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Writes down each tick of the clock, and the lag. */
public final class RecordTicks extends ProcessFunction<ClockReading, OutboundRecord> {
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
  public void processElement(ClockReading reading, Context context, Collector<OutboundRecord> out) {
    if (reading.silent()) {
      out.collect(encoder.tick(reading.to(), reading.wall(), SILENCE));
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
