package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The watch over one subject: how much it scatters, and what is found.
 *
 * <p>A finding opens where the evidence is {@value #STRONG} standard deviations or more, and the
 * deviation is worth it, at {@value #IN_A_ROW} ends in a row, in a window of a quarter of an hour,
 * half an hour or an hour. It closes when the shortest window that showed it has been well, by less
 * than {@value #WELL} standard deviations or half the deviation, at {@value #WELL_FOR} ends in a
 * row; or when for a day there was too little traffic to tell, or it has been so for three days.
 */
final class Vigil {
  /** Windows, in panes; by their numbers evidence and dispersion are kept apart. */
  static final List<Integer> WINDOWS = List.of(3, 6, 12);

  /** By chance alone, one in three million looks. */
  static final double STRONG = 5;

  private static final double WELL = 2;
  private static final int IN_A_ROW = 2;
  private static final int WELL_FOR = 3;
  private static final int UNHEARD_FOR = 288;
  private static final long USUAL_AFTER = Duration.ofDays(3).toMillis();

  /** Looks by which the scatter must be known: a day of them. */
  private static final int LOOKS_NEEDED = 288;

  /** Looks over which the scatter is averaged: three days. */
  private static final int LOOKS_REMEMBERED = 3 * LOOKS_NEEDED;

  private static final int LOOKS_ASSUMED = 20;

  /** A single look counts for no more than this many times the usual scatter. */
  private static final double OUTLIER = 9;

  private static final float LEAST_DISPERSION = 0.25f;
  private static final double LEAST_LEARNT_FROM = 2;

  private final float[] dispersions = {1, 1, 1};
  private int looks;
  private int strongInARow;
  private long closedAt = Long.MIN_VALUE;
  private Finding finding;

  /** What an end has changed. */
  enum Change {
    NONE,
    OPENED,
    GOES_ON,
    /** Over: it is as it was before. */
    WELL_AGAIN,
    /** Over: too few came for too long to tell. */
    LOST_SIGHT_OF,
    /** Over: it has been so for so long that it is to be expected. */
    NOW_USUAL;

    boolean isOver() {
      return this == WELL_AGAIN || this == LOST_SIGHT_OF || this == NOW_USUAL;
    }
  }

  /** The finding that is open, or was closed just now; null if there is none. */
  Finding finding() {
    return finding;
  }

  /** Whether something seems wrong, or was until a while ago. */
  boolean isTroubled(long moment, long aftermath) {
    return finding != null || strongInARow > 0 || closedAt > moment - aftermath;
  }

  boolean isOpen() {
    return finding != null;
  }

  /**
   * Judges an end.
   *
   * @param readings one for each window; empty where it is not known what is usual
   * @param end epoch milliseconds
   * @param behind whether what is wrong elsewhere may be seen here, so that nothing opens
   */
  Change judge(AlertKind kind, List<Reading> readings, long end, boolean behind) {
    return finding == null
        ? watch(kind, sinceTheLastFinding(readings, end), behind)
        : follow(kind, readings, end);
  }

  /** A window that holds what is over already must not open it again. */
  private List<Reading> sinceTheLastFinding(List<Reading> readings, long end) {
    long well = closedAt == Long.MIN_VALUE ? closedAt : closedAt - WELL_FOR * WatchedPanes.PANE;
    int since = 0;
    while (since < readings.size() && end - WINDOWS.get(since) * WatchedPanes.PANE >= well) {
      since++;
    }
    return readings.subList(0, since);
  }

  private Change watch(AlertKind kind, List<Reading> readings, boolean behind) {
    int strong = shortestStrong(kind, readings);
    if (!behind && !readings.isEmpty()) {
      learnScatter(readings);
    }
    strongInARow = strong < 0 || behind || looks < LOOKS_NEEDED ? 0 : strongInARow + 1;
    if (strongInARow < IN_A_ROW) {
      return Change.NONE;
    }
    strongInARow = 0;
    finding = new Finding(strong);
    finding.see(kind, readings.get(strong), true);
    return Change.OPENED;
  }

  private Change follow(AlertKind kind, List<Reading> readings, long end) {
    int strong = shortestStrong(kind, readings);
    if (strong >= 0) {
      finding.window = Math.min(finding.window, strong);
    }
    boolean heard =
        !readings.isEmpty() && readings.get(finding.window).wouldTell(dispersions[finding.window]);
    if (heard) {
      Reading reading = readings.get(finding.window);
      finding.unheard = 0;
      finding.well = isWell(kind, reading) ? finding.well + 1 : 0;
      finding.see(kind, reading, strong >= 0);
    } else {
      finding.unheard++;
    }
    if (finding.well >= WELL_FOR) {
      return Change.WELL_AGAIN;
    }
    if (finding.unheard >= UNHEARD_FOR) {
      return Change.LOST_SIGHT_OF;
    }
    return end - finding.openedAt >= USUAL_AFTER ? Change.NOW_USUAL : Change.GOES_ON;
  }

  /** Forgets the finding that is over. */
  void close(long at) {
    closedAt = at;
    finding = null;
  }

  private int shortestStrong(AlertKind kind, List<Reading> readings) {
    for (int window = 0; window < readings.size(); window++) {
      Reading reading = readings.get(window);
      boolean strong =
          reading.isEnough()
              && reading.deviation() >= kind.least()
              && reading.evidence() / Math.sqrt(dispersions[window]) >= STRONG;
      if (strong) {
        return window;
      }
    }
    return -1;
  }

  private boolean isWell(AlertKind kind, Reading reading) {
    return reading.deviation() < kind.least() / 2
        || reading.evidence() / Math.sqrt(dispersions[finding.window]) < WELL;
  }

  /** The mean square of the evidence is the dispersion, as far as there was enough to tell. */
  private void learnScatter(List<Reading> readings) {
    if (readings.get(readings.size() - 1).expected() < LEAST_LEARNT_FROM) {
      return;
    }
    float weight = 1f / Math.min(looks + LOOKS_ASSUMED, LOOKS_REMEMBERED);
    for (int window = 0; window < readings.size(); window++) {
      Reading reading = readings.get(window);
      if (reading.expected() >= LEAST_LEARNT_FROM) {
        double square = reading.evidence() * reading.evidence();
        double bounded = Math.min(square, OUTLIER * dispersions[window]);
        dispersions[window] += weight * (float) (bounded - dispersions[window]);
        dispersions[window] = Math.max(dispersions[window], LEAST_DISPERSION);
      }
    }
    looks = Math.min(looks + 1, LOOKS_REMEMBERED);
  }

  void writeTo(DataOutput out) throws IOException {
    for (float dispersion : dispersions) {
      out.writeFloat(dispersion);
    }
    Varint.write(out, looks);
    Varint.write(out, strongInARow);
    out.writeLong(closedAt);
    out.writeBoolean(finding != null);
    if (finding != null) {
      finding.writeTo(out);
    }
  }

  static Vigil readFrom(DataInput in) throws IOException {
    Vigil vigil = new Vigil();
    for (int window = 0; window < vigil.dispersions.length; window++) {
      vigil.dispersions[window] = in.readFloat();
    }
    vigil.looks = (int) Varint.read(in);
    vigil.strongInARow = (int) Varint.read(in);
    vigil.closedAt = in.readLong();
    vigil.finding = in.readBoolean() ? Finding.readFrom(in) : null;
    return vigil;
  }

  /** Something that is wrong, from its opening to its end. */
  static final class Finding {
    private int window;
    private int well;
    private int unheard;
    private Alert.Severity severity = Alert.Severity.INFO;
    private Reading last;
    private long openedAt;
    private double settled;
    private int told;

    private Finding(int window) {
      this.window = window;
    }

    private void see(AlertKind kind, Reading reading, boolean strong) {
      last = reading;
      Alert.Severity now =
          reading.deviation() >= kind.critical() ? Alert.Severity.CRITICAL : Alert.Severity.WARNING;
      if (strong && now.compareTo(severity) > 0) {
        severity = now;
      }
    }

    /** What was last seen with enough traffic to tell. */
    Reading last() {
      return last;
    }

    /** The worst that it has been. */
    Alert.Severity severity() {
      return severity;
    }

    long openedAt() {
      return openedAt;
    }

    void openedAt(long moment) {
      openedAt = moment;
    }

    /** What it cost in panes that are settled and gone. */
    double settled() {
      return settled;
    }

    void settle(double lost) {
      settled += lost;
    }

    /** Whether this was not said yet; from now on it is. */
    boolean isNews(Alert alert) {
      int gist = alert.gist();
      boolean news = gist != told;
      told = gist;
      return news;
    }

    /** Whether anybody was told of it. */
    boolean isTold() {
      return told != 0;
    }

    private void writeTo(DataOutput out) throws IOException {
      Varint.write(out, window);
      Varint.write(out, well);
      Varint.write(out, unheard);
      out.writeUTF(severity.name());
      out.writeBoolean(last.rises());
      out.writeDouble(last.observed());
      out.writeDouble(last.expected());
      out.writeDouble(last.came());
      out.writeDouble(last.known());
      Varint.write(out, last.panes());
      out.writeLong(openedAt);
      out.writeDouble(settled);
      out.writeInt(told);
    }

    private static Finding readFrom(DataInput in) throws IOException {
      Finding finding = new Finding((int) Varint.read(in));
      finding.well = (int) Varint.read(in);
      finding.unheard = (int) Varint.read(in);
      finding.severity = Alert.Severity.valueOf(in.readUTF());
      finding.last =
          new Reading(
              in.readBoolean(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              (int) Varint.read(in));
      finding.openedAt = in.readLong();
      finding.settled = in.readDouble();
      finding.told = in.readInt();
      return finding;
    }
  }
}
