package io.lifestage.bench;

import java.io.Serializable;
import java.util.List;

/**
 * How much is written to one topic.
 *
 * @param topic with its prefix
 * @param recordsPerEvent on average
 * @param bytesPerRecord of key and value, on average
 */
record Share(String topic, double recordsPerEvent, double bytesPerRecord) implements Serializable {

  /** The shares of what was written for so many events. */
  static List<Share> of(List<Output> outputs, int events) {
    return outputs.stream()
        .filter(output -> output.records() > 0)
        .map(
            output ->
                new Share(
                    output.topic(),
                    (double) output.records() / events,
                    (double) output.bytes() / output.records()))
        .toList();
  }
}
