package io.lifestage.operator;

import io.lifestage.metric.RollingMetric;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state of a rolling metric, in the compact form that the core gives it. */
public final class RollingMetricCodec implements Codec<RollingMetric> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "rolling-metric";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(RollingMetric value, DataOutput out) throws IOException {
    value.writeTo(out);
  }

  @Override
  public RollingMetric read(int version, DataInput in) throws IOException {
    return RollingMetric.readFrom(in);
  }

  /** It changes in place. */
  @Override
  public boolean immutable() {
    return false;
  }
}
