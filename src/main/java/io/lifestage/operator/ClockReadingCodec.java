package io.lifestage.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Readings of the clock. */
public final class ClockReadingCodec implements Codec<ClockReading> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "clock-reading";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(ClockReading reading, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.number(reading.to());
    out.number(reading.wall());
    out.bool(reading.silent());
    out.map(reading.lag(), out::number);
  }

  @Override
  public ClockReading read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    return new ClockReading(in.number(), in.number(), in.bool(), in.map(in::number));
  }
}
