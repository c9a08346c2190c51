package io.lifestage.operator;

import io.lifestage.metric.MetricDefinition;
import io.lifestage.metric.Sketch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A sketch: what kind it is, one byte, then in the form that the core gives it. */
public final class SketchCodec implements Codec<Sketch> {
  private static final long serialVersionUID = 1L;

  private static final byte NONE = 0;
  private static final byte HISTOGRAM = 1;
  private static final byte DISTINCT_COUNT = 2;

  @Override
  public String id() {
    return "sketch";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Sketch value, DataOutput out) throws IOException {
    writeNullable(value, out);
  }

  @Override
  public Sketch read(int version, DataInput in) throws IOException {
    return readNullable(in);
  }

  /** It changes in place. */
  @Override
  public boolean immutable() {
    return false;
  }

  static void writeNullable(Sketch value, DataOutput out) throws IOException {
    if (value == null) {
      out.writeByte(NONE);
    } else {
      out.writeByte(
          value.kind() == MetricDefinition.Kind.DISTRIBUTION ? HISTOGRAM : DISTINCT_COUNT);
      value.writeTo(out);
    }
  }

  static Sketch readNullable(DataInput in) throws IOException {
    byte what = in.readByte();
    return switch (what) {
      case NONE -> null;
      case HISTOGRAM -> Sketch.readFrom(MetricDefinition.Kind.DISTRIBUTION, in);
      case DISTINCT_COUNT -> Sketch.readFrom(MetricDefinition.Kind.DISTINCT, in);
      default -> throw new IOException("A sketch of kind " + what + " is not known");
    };
  }
}
