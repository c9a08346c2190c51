package io.lifestage.operator;

import io.lifestage.metric.Observation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An observation: its three names, then time, count and sum; since version 2 whether there is a
 * sketch, and the sketch.
 */
public final class ObservationCodec implements Codec<Observation> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "observation";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void write(Observation value, DataOutput out) throws IOException {
    out.writeUTF(value.metric());
    out.writeUTF(value.dimension());
    out.writeUTF(value.label());
    out.writeLong(value.at());
    out.writeLong(value.count());
    out.writeLong(value.sum());
    SketchCodec.writeNullable(value.sketch(), out);
  }

  @Override
  public Observation read(int version, DataInput in) throws IOException {
    return new Observation(
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        version < 2 ? null : SketchCodec.readNullable(in));
  }
}
