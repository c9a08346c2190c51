package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;

/**
 * How much of a series is usual in a pane, for each hour of the day or of the week, in UTC. What
 * was seen weighs half after {@value #HALF_LIFE_DAYS} days.
 */
final class Baseline {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int HOURS_OF_A_DAY = 24;
  private static final int HALF_LIFE_DAYS = 14;

  private final float[] counts;
  private final float[] panes;
  private final byte[] days;
  private final int[] lastDays;
  private int lastSeen;

  /**
   * Nothing is usual yet.
   *
   * @param daysApart after how many days an hour is like itself, 1 or 7
   */
  Baseline(int daysApart) {
    int hours = HOURS_OF_A_DAY * daysApart;
    counts = new float[hours];
    panes = new float[hours];
    days = new byte[hours];
    lastDays = new int[hours];
    lastSeen = Integer.MIN_VALUE;
  }

  /** Takes a pane in, also one in which nothing of the series was. */
  void learn(long start, long count) {
    int hour = hourOf(start);
    int day = dayOf(start);
    if (days[hour] == 0 || day > lastDays[hour]) {
      int passed = days[hour] == 0 ? 0 : day - lastDays[hour];
      float left = (float) Math.pow(0.5, (double) passed / HALF_LIFE_DAYS);
      counts[hour] *= left;
      panes[hour] *= left;
      days[hour] = (byte) Math.min(days[hour] + 1, Byte.MAX_VALUE);
      lastDays[hour] = day;
    }
    counts[hour] += count;
    panes[hour]++;
    if (count != 0) {
      lastSeen = Math.max(lastSeen, day);
    }
  }

  /** On how many days the hour of this moment has been seen. */
  int days(long moment) {
    return days[hourOf(moment)];
  }

  /** How many a pane of this hour has, on average. */
  double rate(long moment) {
    int hour = hourOf(moment);
    return panes[hour] == 0 ? 0 : counts[hour] / panes[hour];
  }

  /** How many were seen in this hour, older ones for less. */
  double seen(long moment) {
    return counts[hourOf(moment)];
  }

  /** How many were seen at all, older ones for less. */
  double total() {
    double total = 0;
    for (float count : counts) {
      total += count;
    }
    return total;
  }

  /** Whether nothing came since a day so long ago that none of it is usual any more. */
  boolean isForgotten(long moment) {
    return lastSeen < dayOf(moment) - 2 * HALF_LIFE_DAYS;
  }

  private int hourOf(long moment) {
    return (int) Math.floorMod(Math.floorDiv(moment, HOUR), (long) counts.length);
  }

  private static int dayOf(long moment) {
    return (int) Math.floorDiv(moment, HOURS_OF_A_DAY * HOUR);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeByte(counts.length / HOURS_OF_A_DAY);
    out.writeInt(lastSeen);
    for (int hour = 0; hour < counts.length; hour++) {
      out.writeByte(days[hour]);
      if (days[hour] > 0) {
        out.writeFloat(counts[hour]);
        out.writeFloat(panes[hour]);
        out.writeInt(lastDays[hour]);
      }
    }
  }

  static Baseline readFrom(DataInput in) throws IOException {
    Baseline read = new Baseline(in.readByte());
    read.lastSeen = in.readInt();
    for (int hour = 0; hour < read.counts.length; hour++) {
      read.days[hour] = in.readByte();
      if (read.days[hour] > 0) {
        read.counts[hour] = in.readFloat();
        read.panes[hour] = in.readFloat();
        read.lastDays[hour] = in.readInt();
      }
    }
    return read;
  }
}
