package io.lifestage.console;

import io.lifestage.metric.Estimates;
import java.util.Arrays;

/**
 * The values of one window of one series, the latest so many. A value stands until the next: only
 * what changed is written.
 */
final class MetricHistory {
  /** What a window held at a moment; of a moment before the history it is not known. */
  record Value(long count, long sum, Estimates estimates) {
    static final Value NOTHING = new Value(0, 0);

    Value(long count, long sum) {
      this(count, sum, Estimates.NONE);
    }

    /** Estimates do not add up. */
    Value plus(Value other) {
      return new Value(count + other.count, sum + other.sum);
    }
  }

  private final int capacity;
  private long[] ends = new long[4];
  private long[] counts = new long[4];
  private long[] sums = new long[4];

  /** Null until there are any: most metrics have none. */
  private Estimates[] estimates;

  private int size;
  private boolean forgot;

  MetricHistory(int capacity) {
    this.capacity = capacity;
  }

  /** Takes a value; one for an end that is known already replaces it. */
  void put(long end, Value value) {
    int found = Arrays.binarySearch(ends, 0, size, end);
    if (found >= 0) {
      set(found, value);
      return;
    }
    int at = -found - 1;
    if (size == capacity) {
      if (at == 0) {
        return;
      }
      // A quarter at a time, so that a full history is not moved for every value.
      drop(Math.max(1, capacity / 4));
      at = -Arrays.binarySearch(ends, 0, size, end) - 1;
    }
    if (size == ends.length) {
      int more = Math.min(capacity, size * 2);
      ends = Arrays.copyOf(ends, more);
      counts = Arrays.copyOf(counts, more);
      sums = Arrays.copyOf(sums, more);
      estimates = estimates == null ? null : Arrays.copyOf(estimates, more);
    }
    System.arraycopy(ends, at, ends, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    System.arraycopy(sums, at, sums, at + 1, size - at);
    if (estimates != null) {
      System.arraycopy(estimates, at, estimates, at + 1, size - at);
    }
    ends[at] = end;
    set(at, value);
    size++;
  }

  private void set(int at, Value value) {
    counts[at] = value.count();
    sums[at] = value.sum();
    if (estimates == null && !value.estimates().equals(Estimates.NONE)) {
      estimates = new Estimates[ends.length];
      Arrays.fill(estimates, Estimates.NONE);
    }
    if (estimates != null) {
      estimates[at] = value.estimates();
    }
  }

  private Value get(int at) {
    return new Value(counts[at], sums[at], estimates == null ? Estimates.NONE : estimates[at]);
  }

  private void drop(int oldest) {
    size -= oldest;
    System.arraycopy(ends, oldest, ends, 0, size);
    System.arraycopy(counts, oldest, counts, 0, size);
    System.arraycopy(sums, oldest, sums, 0, size);
    if (estimates != null) {
      System.arraycopy(estimates, oldest, estimates, 0, size);
    }
    forgot = true;
  }

  /** The value that stands last. */
  Value last() {
    return size == 0 ? Value.NOTHING : get(size - 1);
  }

  /**
   * The value that stood at a moment.
   *
   * @return null where it was forgotten; nothing where none had been written yet
   */
  Value at(long moment) {
    int found = Arrays.binarySearch(ends, 0, size, moment);
    int index = found >= 0 ? found : -found - 2;
    if (index < 0) {
      return forgot ? null : Value.NOTHING;
    }
    return get(index);
  }
}
