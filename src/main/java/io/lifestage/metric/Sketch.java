package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is remembered of many values in little space, to within a stated error. Two of them merge
 * into what one would have become that had seen all values, in whatever order.
 *
 * <p>Values change in place. Not thread-safe.
 */
public sealed interface Sketch permits Histogram, DistinctCount {

  /** One that has seen nothing, for a metric of this kind; null for a kind without sketches. */
  static Sketch of(MetricDefinition.Kind kind) {
    return switch (kind) {
      case DISTRIBUTION -> new Histogram();
      case DISTINCT -> new DistinctCount();
      case FLOW, TOTAL, READING -> null;
    };
  }

  /**
   * Takes an observation in that stands for one happening, or takes one back.
   *
   * @param observation one that holds no sketch
   */
  void add(Observation observation);

  /** Takes in all that another of the same kind has seen; the other stays as it is. */
  void merge(Sketch other);

  /** One that has seen the same, and goes its own way. */
  Sketch copy();

  /** What it says of the values. */
  Estimates estimates();

  /** About how much memory it takes, in bytes. */
  int size();

  /** Writes it in the format that {@link #readFrom} reads. */
  void writeTo(DataOutput out) throws IOException;

  /** Reads what {@link #writeTo} wrote of a sketch of that kind. */
  static Sketch readFrom(MetricDefinition.Kind kind, DataInput in) throws IOException {
    return switch (kind) {
      case DISTRIBUTION -> Histogram.readFrom(in);
      case DISTINCT -> DistinctCount.readFrom(in);
      case FLOW, TOTAL, READING ->
          throw new IOException("A metric of kind " + kind + " has no sketch");
    };
  }

  /** The kind of metric that it belongs to. */
  default MetricDefinition.Kind kind() {
    return this instanceof Histogram
        ? MetricDefinition.Kind.DISTRIBUTION
        : MetricDefinition.Kind.DISTINCT;
  }
}
