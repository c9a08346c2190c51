package io.lifestage.metric;

/**
 * A rolling metric as it stands at the end of a window.
 *
 * @param metric its name, one of {@link Metrics}
 * @param dimension what splits it, empty for the total
 * @param label the dimension's value, empty for the total, {@code other} beyond the bound
 * @param window how long the window is: 1m, 5m, 1h, 24h; {@code now} for a level such as population
 * @param at end of the window, event time, epoch milliseconds
 * @param count how many observations
 * @param sum what they add up to, in the metric's unit
 * @param revision 0 for the first value of this window end, counted up when late data rewrites it
 * @param estimates what sketches say of the window, where the metric has any
 */
public record MetricPoint(
    String metric,
    String dimension,
    String label,
    String window,
    long at,
    long count,
    long sum,
    int revision,
    Estimates estimates) {

  /** A value without estimates. */
  public MetricPoint(
      String metric,
      String dimension,
      String label,
      String window,
      long at,
      long count,
      long sum,
      int revision) {
    this(metric, dimension, label, window, at, count, sum, revision, Estimates.NONE);
  }
}
