package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A rolling window, or a running total: panes in order of time, and the sum of those that the
 * window holds.
 *
 * <p>A pane is known by the end at which it enters the window. The first {@code within} panes are
 * in the window, the others lie ahead of time; a pane that leaves is dropped, and a running total,
 * which nothing leaves, drops a pane once it is counted. Sketches are not here: they are kept by
 * pane elsewhere, come and go with it, and are merged whenever the window's value may have changed.
 */
final class Panes implements Track {
  private static final int FIRST_CAPACITY = 4;
  private static final long NEVER = Long.MAX_VALUE;

  private final RollingWindow window;
  private final Written written;
  private long[] entries = new long[FIRST_CAPACITY];
  private long[] counts = new long[FIRST_CAPACITY];
  private long[] sums = new long[FIRST_CAPACITY];
  private int size;
  private int within;
  private long count;
  private long sum;

  Panes(RollingWindow window) {
    this(window, new Written());
  }

  private Panes(RollingWindow window, Written written) {
    this.window = window;
    this.written = written;
  }

  @Override
  public void observe(
      Observation observation, long now, long from, SeriesSketches sketches, Writer out) {
    long end = window.endAt(now);
    long entry = window.entersAt(observation.at());
    if (window.leavesAt(entry) <= end) {
      return;
    }
    long first = window.endAt(from);
    boolean late = entry <= end;
    if (late) {
      count += observation.count();
      sum += observation.sum();
    }
    if (!late || window.forgets()) {
      boolean opened = put(entry, observation.count(), observation.sum(), late);
      if (isSeen(entry, first)) {
        sketches.add(window, entry, observation, opened);
      }
    }
    if (late && end >= first) {
      write(end, sketches, out);
    }
  }

  @Override
  public void advance(long before, long now, long from, SeriesSketches sketches, Writer out) {
    long first = window.endAt(from);
    if (window.endAt(before) < first) {
      long end = Math.min(window.endAt(now), first);
      moveTo(end, first, sketches);
      if (end == first) {
        write(end, sketches, out);
      }
    }
    for (long next = nextChange(); next <= now && next != NEVER; next = nextChange()) {
      moveTo(next, first, sketches);
      write(next, sketches, out);
    }
  }

  @Override
  public long nextDeadline(long now, long from) {
    long end = window.endAt(now);
    long first = window.endAt(from);
    if (end < first) {
      return size > 0 || written.differs(count, sum, Estimates.NONE) ? first : NEVER;
    }
    if (size == 0 && window.forgets() && written.reaches(end)) {
      // Empty, and remembered only until late data can no longer rewrite the zero.
      return written.end() + window.pane();
    }
    return nextChange();
  }

  @Override
  public boolean isSpent(long now) {
    return size == 0
        && count == 0
        && sum == 0
        && !written.differs(0, 0, Estimates.NONE)
        && !written.reaches(window.endAt(now));
  }

  /** The next end at which a pane enters or leaves. */
  private long nextChange() {
    long enters = within < size ? entries[within] : NEVER;
    long leaves = within > 0 ? window.leavesAt(entries[0]) : NEVER;
    return Math.min(enters, leaves);
  }

  /**
   * Whether a window that is written holds the pane. One that has left before the first end that is
   * written needs no sketch: nobody is told what it says.
   */
  private boolean isSeen(long entry, long first) {
    return window.leavesAt(entry) > first;
  }

  private void moveTo(long end, long first, SeriesSketches sketches) {
    for (; within < size && entries[within] <= end; within++) {
      count += counts[within];
      sum += sums[within];
    }
    int gone = window.forgets() ? 0 : within;
    for (; gone < within && window.leavesAt(entries[gone]) <= end; gone++) {
      count -= counts[gone];
      sum -= sums[gone];
      if (isSeen(entries[gone], first)) {
        sketches.remove(window, entries[gone]);
      }
    }
    size -= gone;
    within -= gone;
    for (long[] column : new long[][] {entries, counts, sums}) {
      System.arraycopy(column, gone, column, 0, size);
    }
  }

  private void write(long end, SeriesSketches sketches, Writer out) {
    Estimates estimates = sketches.over(window, entries, within);
    if (written.differs(count, sum, estimates)) {
      int revision = written.write(count, sum, estimates, end);
      out.write(window, end, count, sum, revision, estimates);
    }
  }

  /**
   * Adds to a pane.
   *
   * @return whether it is the first that the pane gets
   */
  private boolean put(long entry, long addedCount, long addedSum, boolean late) {
    int found = Arrays.binarySearch(entries, 0, size, entry);
    int slot = found >= 0 ? found : -found - 1;
    if (found < 0) {
      open(slot, entry);
      within += late ? 1 : 0;
    }
    counts[slot] += addedCount;
    sums[slot] += addedSum;
    return found < 0;
  }

  private void open(int slot, long entry) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
      sums = Arrays.copyOf(sums, 2 * size);
    }
    for (long[] column : new long[][] {entries, counts, sums}) {
      System.arraycopy(column, slot, column, slot + 1, size - slot);
      column[slot] = 0;
    }
    entries[slot] = entry;
    size++;
  }

  /** Entries as steps of whole panes from the one before: one byte each while there is traffic. */
  @Override
  public void writeTo(DataOutput out, boolean estimated) throws IOException {
    written.writeTo(out, estimated);
    Varint.write(out, count);
    Varint.write(out, sum);
    Varint.write(out, size);
    Varint.write(out, within);
    long last = 0;
    for (int i = 0; i < size; i++) {
      Varint.write(out, (entries[i] - last) / window.pane());
      Varint.write(out, counts[i]);
      Varint.write(out, sums[i]);
      last = entries[i];
    }
  }

  static Panes readFrom(RollingWindow window, boolean estimated, DataInput in) throws IOException {
    Panes panes = new Panes(window, Written.readFrom(in, estimated));
    panes.count = Varint.read(in);
    panes.sum = Varint.read(in);
    panes.size = (int) Varint.read(in);
    panes.within = (int) Varint.read(in);
    int capacity = Math.max(FIRST_CAPACITY, panes.size);
    panes.entries = new long[capacity];
    panes.counts = new long[capacity];
    panes.sums = new long[capacity];
    long last = 0;
    for (int i = 0; i < panes.size; i++) {
      last += Varint.read(in) * window.pane();
      panes.entries[i] = last;
      panes.counts[i] = Varint.read(in);
      panes.sums[i] = Varint.read(in);
    }
    return panes;
  }
}
