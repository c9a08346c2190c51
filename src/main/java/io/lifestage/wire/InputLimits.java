package io.lifestage.wire;

import java.time.Duration;

/**
 * How far a record may go.
 *
 * @param aheadMillis how far an event's time may lie ahead of the broker's append time,
 *     milliseconds
 * @param idLength characters that an id may have
 */
public record InputLimits(long aheadMillis, int idLength) {

  private static final int ID_LENGTH = 512;

  /** Event time is wall time, give or take: one minute ahead at most. */
  public static final InputLimits LIVE = live(Duration.ofMinutes(1));

  /** The data has a time of its own, and no clock to hold it to. */
  public static final InputLimits HISTORIC = new InputLimits(Long.MAX_VALUE, ID_LENGTH);

  /** Whether event time is wall time. */
  boolean isLive() {
    return aheadMillis != Long.MAX_VALUE;
  }

  /** Event time is wall time, at most this far ahead. */
  public static InputLimits live(Duration ahead) {
    return new InputLimits(ahead.toMillis(), ID_LENGTH);
  }
}
