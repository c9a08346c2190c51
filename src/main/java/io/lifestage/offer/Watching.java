package io.lifestage.offer;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long and how many customers watch something, and how fast they are told.
 *
 * @param hours how long a look counts, in hours
 * @param atMost how many customers are remembered; of more those with the least interest go
 * @param perSecond how many are told in each second of event time
 * @param untilBought whether buying ends the interest
 */
public record Watching(long hours, int atMost, int perSecond, boolean untilBought)
    implements Serializable {

  /** Of a product: 30 days, until it is bought. */
  public static final Watching PRODUCT =
      new Watching(Duration.ofDays(30).toHours(), 250_000, 500, true);

  /** Of a category: 90 days. */
  public static final Watching CATEGORY =
      new Watching(Duration.ofDays(90).toHours(), 250_000, 500, false);

  /** The hour of a moment, by which looks are remembered. */
  public static long hour(long at) {
    return Math.floorDiv(at, 3_600_000L);
  }

  /** Whether a look in one hour no longer counts in another. */
  public boolean isOver(long looked, long now) {
    return looked < now - hours;
  }

  /** A moment, at midnight UTC, when a look of an hour surely is over; epoch milliseconds. */
  public long overBy(long looked) {
    return (Math.floorDiv(looked + hours + 1, 24) + 1) * 86_400_000L;
  }
}
