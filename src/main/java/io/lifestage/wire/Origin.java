package io.lifestage.wire;

/**
 * Where a record was read.
 *
 * @param topic the topic's name with its prefix
 * @param partition the partition
 * @param offset the offset in it
 * @param timestamp when the broker appended it, epoch milliseconds; -1 where it does not say
 */
public record Origin(String topic, int partition, long offset, long timestamp) {

  @Override
  public String toString() {
    return "%s-%d at offset %d".formatted(topic, partition, offset);
  }
}
