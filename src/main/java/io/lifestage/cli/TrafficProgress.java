package io.lifestage.cli;

import io.lifestage.traffic.Player;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How far traffic is, as one line that changes on a terminal, or a line now and then in a log; the
 * first line of live traffic comes at once.
 */
final class TrafficProgress implements Player.Listener {
  private static final long ON_A_TERMINAL = 1_000;
  private static final long IN_A_LOG_OF_THE_PAST = 5_000;
  private static final long IN_A_LOG = 60_000;

  private final PrintWriter err;
  private final boolean terminal;
  private final boolean wallTime;
  private long saidAt;
  private long saidSent;
  private boolean saidLive;

  /**
   * @param wallTime whether event time goes on as the wall's in the end
   */
  TrafficProgress(PrintWriter err, boolean terminal, boolean wallTime, long now) {
    this.err = err;
    this.terminal = terminal;
    this.wallTime = wallTime;
    this.saidAt = now;
  }

  @Override
  public void reached(long sent, long at, long now, boolean caughtUp) {
    boolean live = wallTime && (saidLive || caughtUp);
    long every = terminal ? ON_A_TERMINAL : live ? IN_A_LOG : IN_A_LOG_OF_THE_PAST;
    if (now - saidAt < every && live == saidLive) {
      return;
    }
    double rate = (sent - saidSent) * 1000.0 / Math.max(1, now - saidAt);
    String line =
        "%-5s  %s  %,d events  %,.1f/s"
            .formatted(
                live ? "live" : wallTime ? "past" : "space",
                text(sent == 0 ? now : at),
                sent,
                rate);
    if (terminal) {
      err.printf("\r%-78s", line);
    } else {
      err.println(line);
    }
    err.flush();
    saidAt = now;
    saidSent = sent;
    saidLive = live;
  }

  /** Leaves the line that changes. */
  void end() {
    if (terminal) {
      err.println();
    }
  }

  private static String text(long at) {
    return Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
