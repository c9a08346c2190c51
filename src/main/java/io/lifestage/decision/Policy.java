package io.lifestage.decision;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The bounds of time that decisions keep.
 *
 * @param lateness how far behind the decided time an event may lie and still correct it,
 *     milliseconds
 * @param triggersFrom before it everything is decided but triggers are withheld as history, epoch
 *     milliseconds
 * @param cartIdle how long a cart lies untouched before it counts as left behind, milliseconds
 * @param atMostRecent how many events per customer a late event may rewind; beyond it the lateness
 *     of this customer is shorter
 */
public record Policy(long lateness, long triggersFrom, long cartIdle, int atMostRecent)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** An hour of lateness, an hour for a cart, triggers from the beginning of time. */
  public static final Policy DEFAULT = of(Duration.ofHours(1), Instant.EPOCH);

  /** The defaults with another lateness and beginning. */
  public static Policy of(Duration lateness, Instant triggersFrom) {
    return new Policy(
        lateness.toMillis(), triggersFrom.toEpochMilli(), Duration.ofHours(1).toMillis(), 512);
  }
}
