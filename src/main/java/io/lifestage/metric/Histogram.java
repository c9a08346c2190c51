package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How values are spread, by buckets whose bounds grow by a constant factor: every quantile is
 * within one percent of the value that has its rank, and half a unit for rounding, always and not
 * only likely.
 *
 * <p>This is the sketch of C. Masson, J. E. Rim and H. K. Lee, "DDSketch: A Fast and
 * Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", PVLDB 12(12), 2019, for whole
 * numbers. Chosen over KLL, whose error is one of rank and whose compaction tosses a coin: the same
 * values give the same numbers here, merging adds no error, and since buckets are counts, what a
 * late event shows to be wrong is taken back exactly.
 *
 * <p>Zero and what is less share the first bucket. At most 2,186 buckets cover every other value.
 */
public final class Histogram implements Sketch {
  /** How far a quantile may be from the value with that rank, as a share of it. */
  public static final double RELATIVE_ERROR = 0.01;

  private static final double GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
  private static final double LOG_OF_GROWTH = StrictMath.log(GROWTH);

  /** The bucket of all that is not positive. */
  private static final int ZERO = 0;

  private static final int ROOM = 16;

  private long[] counts = {};
  private int first;

  @Override
  public void add(Observation observation) {
    if (observation.count() != 0) {
      long value = observation.count() > 0 ? observation.sum() : -observation.sum();
      add(bucket(value), observation.count());
    }
  }

  @Override
  public void merge(Sketch other) {
    Histogram more = (Histogram) other;
    for (int i = 0; i < more.counts.length; i++) {
      if (more.counts[i] != 0) {
        add(more.first + i, more.counts[i]);
      }
    }
  }

  @Override
  public Histogram copy() {
    Histogram copy = new Histogram();
    copy.counts = counts.clone();
    copy.first = first;
    return copy;
  }

  @Override
  public Estimates estimates() {
    long total = 0;
    for (long count : counts) {
      total += Math.max(0, count);
    }
    return total == 0
        ? Estimates.NONE
        : Estimates.ofQuantiles(
            quantile(total, 50), quantile(total, 90), quantile(total, 95), quantile(total, 99));
  }

  @Override
  public int size() {
    return counts.length * Long.BYTES;
  }

  /** The smallest value that at least so many percent of the values do not exceed. */
  private long quantile(long total, int percent) {
    long rank = total / 100 * percent + (total % 100 * percent + 99) / 100;
    long seen = 0;
    int bucket = 0;
    while (seen < rank) {
      seen += Math.max(0, counts[bucket++]);
    }
    return value(first + bucket - 1);
  }

  private static int bucket(long value) {
    return value <= 0
        ? ZERO
        : 1 + (int) StrictMath.ceil(StrictMath.log((double) value) / LOG_OF_GROWTH);
  }

  /** The value that no value of the bucket is farther from than the error allows. */
  private static long value(int bucket) {
    return bucket == ZERO
        ? 0
        : StrictMath.round(2 * StrictMath.exp((bucket - 1) * LOG_OF_GROWTH) / (GROWTH + 1));
  }

  private void add(int bucket, long count) {
    reach(bucket);
    counts[bucket - first] += count;
  }

  private void reach(int bucket) {
    if (counts.length == 0) {
      first = Math.max(ZERO, bucket - ROOM / 2);
      counts = new long[ROOM];
    } else if (bucket < first) {
      int begin = Math.max(ZERO, bucket - ROOM);
      long[] wider = new long[counts.length + first - begin];
      System.arraycopy(counts, 0, wider, first - begin, counts.length);
      counts = wider;
      first = begin;
    }
    if (bucket - first >= counts.length) {
      counts = Arrays.copyOf(counts, bucket - first + 1 + ROOM);
    }
  }

  /** The occupied buckets, each by its distance from the one before. */
  @Override
  public void writeTo(DataOutput out) throws IOException {
    Varint.write(out, Arrays.stream(counts).filter(count -> count != 0).count());
    int last = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        Varint.write(out, first + i - last);
        Varint.write(out, counts[i]);
        last = first + i;
      }
    }
  }

  static Histogram readFrom(DataInput in) throws IOException {
    Histogram histogram = new Histogram();
    int bucket = 0;
    for (long left = Varint.read(in); left > 0; left--) {
      bucket += (int) Varint.read(in);
      histogram.add(bucket, Varint.read(in));
    }
    return histogram;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Histogram that && Arrays.equals(trimmed(), that.trimmed());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(trimmed());
  }

  /** The counts from bucket zero to the last that is occupied. */
  private long[] trimmed() {
    int end = counts.length;
    while (end > 0 && counts[end - 1] == 0) {
      end--;
    }
    long[] all = new long[end == 0 ? 0 : first + end];
    System.arraycopy(counts, 0, all, all.length - end, end);
    return all;
  }
}
