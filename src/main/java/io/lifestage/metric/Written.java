package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The value of a window that was written last, so that only changes and corrections follow. */
final class Written {
  private static final long NEVER = Long.MIN_VALUE;

  private long count;
  private long sum;
  private long end = NEVER;
  private int revision;
  private Estimates estimates = Estimates.NONE;

  /** Whether a reader who knows what was written would now be wrong. */
  boolean differs(long nowCount, long nowSum, Estimates nowEstimates) {
    return count != nowCount || sum != nowSum || !estimates.equals(nowEstimates);
  }

  /** Whether a value was written for this end or a later one. */
  boolean reaches(long windowEnd) {
    return end >= windowEnd && end != NEVER;
  }

  /** The end that was written last. */
  long end() {
    return end;
  }

  /**
   * Remembers a value as written.
   *
   * @return its revision: how often this end was written before
   */
  int write(long nowCount, long nowSum, Estimates nowEstimates, long windowEnd) {
    revision = end == windowEnd ? revision + 1 : 0;
    count = nowCount;
    sum = nowSum;
    estimates = nowEstimates;
    end = windowEnd;
    return revision;
  }

  void writeTo(DataOutput out, boolean estimated) throws IOException {
    Varint.write(out, count);
    Varint.write(out, sum);
    out.writeLong(end);
    Varint.write(out, revision);
    if (estimated) {
      estimates.writeTo(out);
    }
  }

  static Written readFrom(DataInput in, boolean estimated) throws IOException {
    Written written = new Written();
    written.count = Varint.read(in);
    written.sum = Varint.read(in);
    written.end = in.readLong();
    written.revision = (int) Varint.read(in);
    written.estimates = estimated ? Estimates.readFrom(in) : Estimates.NONE;
    return written;
  }
}
