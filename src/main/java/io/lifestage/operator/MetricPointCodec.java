package io.lifestage.operator;

import io.lifestage.metric.Estimates;
import io.lifestage.metric.MetricPoint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A metric point, field by field in the order of the record; estimates since version 2. */
public final class MetricPointCodec implements Codec<MetricPoint> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "metric-point";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void write(MetricPoint value, DataOutput out) throws IOException {
    out.writeUTF(value.metric());
    out.writeUTF(value.dimension());
    out.writeUTF(value.label());
    out.writeUTF(value.window());
    out.writeLong(value.at());
    out.writeLong(value.count());
    out.writeLong(value.sum());
    out.writeInt(value.revision());
    value.estimates().writeTo(out);
  }

  @Override
  public MetricPoint read(int version, DataInput in) throws IOException {
    return new MetricPoint(
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        version < 2 ? Estimates.NONE : Estimates.readFrom(in));
  }
}
