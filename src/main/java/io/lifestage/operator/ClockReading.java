package io.lifestage.operator;

import java.util.Map;

/**
 * What the clock saw of the inputs.
 *
 * @param to event time up to which nothing more is expected, epoch milliseconds
 * @param wall wall-clock time of the reading, epoch milliseconds
 * @param silent whether every input was silent and read to its end, so that time moved
 * @param lag records not yet read, by topic
 */
public record ClockReading(long to, long wall, boolean silent, Map<String, Long> lag) {

  /** The reading of a clock that does not go. */
  public static final ClockReading STOPPED = new ClockReading(0, 0, false, Map.of());
}
