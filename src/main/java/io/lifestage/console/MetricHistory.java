package io.lifestage.console;

import java.util.Arrays;

/**
 * The values of one window of one series, the latest so many. A value stands until the next: only
 * what changed is written.
 */
final class MetricHistory {
  /** What a window held at a moment; of a moment before the history it is not known. */
  record Value(long count, long sum) {
    static final Value NOTHING = new Value(0, 0);

    Value plus(Value other) {
      return new Value(count + other.count, sum + other.sum);
    }
  }

  private final int capacity;
  private long[] ends = new long[4];
  private long[] counts = new long[4];
  private long[] sums = new long[4];
  private int size;
  private boolean forgot;

  MetricHistory(int capacity) {
    this.capacity = capacity;
  }

  /** Takes a value; one for an end that is known already replaces it. */
  void put(long end, long count, long sum) {
    int found = Arrays.binarySearch(ends, 0, size, end);
    if (found >= 0) {
      counts[found] = count;
      sums[found] = sum;
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
    }
    System.arraycopy(ends, at, ends, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    System.arraycopy(sums, at, sums, at + 1, size - at);
    ends[at] = end;
    counts[at] = count;
    sums[at] = sum;
    size++;
  }

  private void drop(int oldest) {
    size -= oldest;
    System.arraycopy(ends, oldest, ends, 0, size);
    System.arraycopy(counts, oldest, counts, 0, size);
    System.arraycopy(sums, oldest, sums, 0, size);
    forgot = true;
  }

  /** The value that stands last. */
  Value last() {
    return size == 0 ? Value.NOTHING : new Value(counts[size - 1], sums[size - 1]);
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
    return new Value(counts[index], sums[index]);
  }
}
