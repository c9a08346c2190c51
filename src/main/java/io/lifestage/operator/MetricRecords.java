package io.lifestage.operator;

import io.lifestage.metric.MetricPoint;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Metric points as records of their topic. */
public final class MetricRecords extends RichMapFunction<MetricPoint, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  private final Encoders encoders;
  private transient OutputEncoder encoder;

  public MetricRecords(Encoders encoders) {
    this.encoders = encoders;
  }

  @Override
  public void open(OpenContext context) {
    encoder = encoders.outputs();
  }

  @Override
  public OutboundRecord map(MetricPoint point) {
    return encoder.metric(point);
  }
}
