package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What sketches say of a window; each null where the metric has no such thing, or where there is
 * nothing in the window.
 *
 * @param distinct how many different customers, see {@link DistinctCount} for the error
 * @param p50 the median, in the metric's unit of the sum, see {@link Histogram} for the error
 * @param p90 what 90 of 100 values do not exceed
 * @param p95 what 95 of 100 values do not exceed
 * @param p99 what 99 of 100 values do not exceed
 */
public record Estimates(Long distinct, Long p50, Long p90, Long p95, Long p99) {
  /** Nothing to say. */
  public static final Estimates NONE = new Estimates(null, null, null, null, null);

  private static final byte ABSENT = 0;
  private static final byte DISTINCT = 1;
  private static final byte QUANTILES = 2;

  static Estimates ofDistinct(long distinct) {
    return new Estimates(distinct, null, null, null, null);
  }

  static Estimates ofQuantiles(long p50, long p90, long p95, long p99) {
    return new Estimates(null, p50, p90, p95, p99);
  }

  /** Writes it in the format that {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    if (distinct != null) {
      out.writeByte(DISTINCT);
      Varint.write(out, distinct);
    } else if (p50 != null) {
      out.writeByte(QUANTILES);
      Varint.write(out, p50);
      Varint.write(out, p90);
      Varint.write(out, p95);
      Varint.write(out, p99);
    } else {
      out.writeByte(ABSENT);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static Estimates readFrom(DataInput in) throws IOException {
    byte what = in.readByte();
    return switch (what) {
      case ABSENT -> NONE;
      case DISTINCT -> ofDistinct(Varint.read(in));
      case QUANTILES ->
          ofQuantiles(Varint.read(in), Varint.read(in), Varint.read(in), Varint.read(in));
      default -> throw new IOException("Estimates of kind " + what + " are not known");
    };
  }
}
