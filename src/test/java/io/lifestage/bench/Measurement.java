package io.lifestage.bench;

import java.util.Map;

/**
 * What a run saw of itself from the end of its first fifth to its last event.
 *
 * @param until when its last event was taken in, wall time, epoch milliseconds
 * @param events how many the keyed operator took in
 * @param seconds how long that was
 * @param cpuSeconds of all threads of the process, native ones too
 * @param allocatedBytes on the Java heap, by all threads
 * @param stateOperations in the whole run, by state and kind; empty where they were not counted
 */
record Measurement(
    long until,
    long events,
    double seconds,
    double cpuSeconds,
    long allocatedBytes,
    Map<String, Long> stateOperations) {

  double eventsPerSecond() {
    return events / seconds;
  }

  double cpuMicrosPerEvent() {
    return 1e6 * cpuSeconds / events;
  }

  double allocatedPerEvent() {
    return (double) allocatedBytes / events;
  }
}
