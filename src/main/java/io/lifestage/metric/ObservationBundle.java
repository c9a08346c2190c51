package io.lifestage.metric;

import java.util.List;
import java.util.Objects;

/**
 * Observations of one metric and dimension, added up beforehand, that travel together: one read and
 * one write of state for all of them.
 *
 * @param metric the metric of each
 * @param dimension the dimension of each
 * @param observations at most one for each label and pane of five seconds
 */
public record ObservationBundle(String metric, String dimension, List<Observation> observations) {

  /** Checks that nothing is missing. */
  public ObservationBundle {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(dimension, "dimension");
    observations = List.copyOf(observations);
  }

  /**
   * What its state is kept by: metric and dimension. Not the label, since only where all labels
   * meet can their number be bounded.
   */
  public String key() {
    return metric + "/" + dimension;
  }
}
