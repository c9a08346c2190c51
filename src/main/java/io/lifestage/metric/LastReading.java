package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A level that is read off: the reading with the latest time stands until a later one comes. It is
 * written at the next end, also where it was read at a later time than that: how far a job is
 * behind must not be told only once it is there. An earlier reading that comes later changes
 * nothing.
 */
final class LastReading implements Track {
  private static final RollingWindow WINDOW = RollingWindow.NOW;

  private final Written written;
  private long count;
  private long sum;
  private long at = Long.MIN_VALUE;

  LastReading() {
    this(new Written());
  }

  private LastReading(Written written) {
    this.written = written;
  }

  @Override
  public void observe(
      Observation observation, long now, long from, SeriesSketches sketches, Writer out) {
    if (observation.at() >= at) {
      count = observation.count();
      sum = observation.sum();
      at = observation.at();
    }
  }

  @Override
  public void advance(long before, long now, long from, SeriesSketches sketches, Writer out) {
    long end = nextDeadline(before, from);
    if (end <= now && end != Long.MAX_VALUE) {
      int revision = written.write(count, sum, Estimates.NONE, end);
      out.write(WINDOW, end, count, sum, revision, Estimates.NONE);
    }
  }

  @Override
  public long nextDeadline(long now, long from) {
    if (!written.differs(count, sum, Estimates.NONE)) {
      return Long.MAX_VALUE;
    }
    return Math.max(WINDOW.entersAt(now), WINDOW.endNotBefore(from));
  }

  /** Never: a reading of zero is one, and later ones must be told from earlier ones. */
  @Override
  public boolean isSpent(long now) {
    return false;
  }

  @Override
  public void writeTo(DataOutput out, boolean estimated) throws IOException {
    written.writeTo(out, false);
    Varint.write(out, count);
    Varint.write(out, sum);
    out.writeLong(at);
  }

  static LastReading readFrom(DataInput in) throws IOException {
    LastReading reading = new LastReading(Written.readFrom(in, false));
    reading.count = Varint.read(in);
    reading.sum = Varint.read(in);
    reading.at = in.readLong();
    return reading;
  }
}
