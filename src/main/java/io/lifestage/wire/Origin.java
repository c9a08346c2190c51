package io.lifestage.wire;

import io.lifestage.lifecycle.Place;

/**
 * Where a record was read.
 *
 * @param topic the topic's name with its prefix
 * @param partition the partition
 * @param offset the offset in it
 * @param timestamp when the broker appended it, epoch milliseconds; -1 where it does not say
 */
public record Origin(String topic, int partition, long offset, long timestamp) {

  /** The origin of what the job made itself, at this moment: it was read nowhere. */
  public static Origin made(long at) {
    return new Origin("", -1, -1, at);
  }

  /** The place, as those who know no Kafka call it; null for what was read nowhere. */
  public Place place() {
    return partition < 0 ? null : new Place(topic, partition, offset);
  }

  @Override
  public String toString() {
    return "%s-%d at offset %d".formatted(topic, partition, offset);
  }
}
