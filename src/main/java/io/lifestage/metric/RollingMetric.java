package io.lifestage.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One metric split by one dimension: the rolling windows of all its labels. Time is passed in, and
 * is event time throughout; whoever holds this calls {@link #advance} no later than {@link
 * #nextDeadline}.
 *
 * <ul>
 *   <li>A window's value is written at each end (a multiple of its pane) at which it differs from
 *       the value written before. Time may jump: every end in between is still written, so the
 *       output does not depend on how time came.
 *   <li>What comes after its time rewrites, with a revision, the windows that hold it and whose end
 *       is the last one reached. Windows that ended before are not written again.
 *   <li>When no more is observed every flow falls to zero, is written as zero, and is forgotten;
 *       then there is no deadline any more. A level stays, and needs no deadline.
 *   <li>At most {@value #LABELS} labels are kept apart at a time. What else comes is counted under
 *       {@value #OTHER}. Which labels those are depends on the order of arrival.
 * </ul>
 *
 * <p>Values change in place. Not thread-safe.
 */
public final class RollingMetric {
  /** Most labels that are kept apart. */
  public static final int LABELS = 100;

  /** The label of all the others. */
  public static final String OTHER = "other";

  /** Before any event, and an end of every window; its sums with other times do not overflow. */
  private static final long BEGINNING = Duration.ofDays(-100_000_000).toMillis();

  private final String metric;
  private final String dimension;
  private final MetricDefinition.Kind kind;
  private final Map<String, RollingSeries> series = new TreeMap<>();
  private long now;

  private RollingMetric(String metric, String dimension, MetricDefinition.Kind kind, long now) {
    this.metric = metric;
    this.dimension = dimension;
    this.kind = kind;
    this.now = Math.max(now, BEGINNING);
  }

  /** A metric of which nothing has been observed yet, with time where it is. */
  public static RollingMetric starting(String metric, String dimension, long now) {
    return new RollingMetric(metric, dimension, Metrics.kind(metric), now);
  }

  /**
   * Start of the finest pane that holds the moment, epoch milliseconds. Every window's panes are
   * made of whole ones, so what happened within one of them needs not be told apart.
   */
  public static long finestPane(long moment) {
    return RollingWindow.finestPane(Math.max(moment, BEGINNING));
  }

  /**
   * Takes observations of this metric and dimension in.
   *
   * @param moment how far event time has come, epoch milliseconds
   * @param writeFrom of each window the end that this moment has reached last is the first that is
   *     written, so that a window of a day is there at once and not at its next end; epoch
   *     milliseconds
   * @param sketches those of this metric and dimension
   * @return what has to be written for it now: what time has changed, then windows rewritten
   */
  public List<MetricPoint> observe(
      List<Observation> observations, long moment, long writeFrom, PaneSketches sketches) {
    List<MetricPoint> points = advance(moment, writeFrom, sketches);
    for (Observation observation : observations) {
      String label = bounded(observation.label());
      series
          .computeIfAbsent(label, name -> RollingSeries.of(kind))
          .observe(
              observation,
              now,
              Math.max(writeFrom, BEGINNING),
              new SeriesSketches(kind, label, sketches),
              into(points, label));
    }
    return points;
  }

  /**
   * Lets event time go on; does nothing if it has not.
   *
   * @return what changed, for each label and window in order of time
   */
  public List<MetricPoint> advance(long moment, long writeFrom, PaneSketches sketches) {
    List<MetricPoint> points = new ArrayList<>();
    if (moment > now) {
      series.forEach(
          (label, one) ->
              one.advance(
                  now,
                  moment,
                  Math.max(writeFrom, BEGINNING),
                  new SeriesSketches(kind, label, sketches),
                  into(points, label)));
      now = moment;
      series.values().removeIf(one -> one.isSpent(now));
    }
    return points;
  }

  /** When time next changes a window, epoch milliseconds, or {@link Long#MAX_VALUE} for never. */
  public long nextDeadline(long writeFrom) {
    long from = Math.max(writeFrom, BEGINNING);
    long next = Long.MAX_VALUE;
    for (RollingSeries one : series.values()) {
      next = Math.min(next, one.nextDeadline(now, from));
    }
    return next;
  }

  /** Whether nothing would be lost by forgetting it. */
  public boolean isEmpty() {
    return series.values().stream().allMatch(one -> one.isSpent(now));
  }

  private String bounded(String label) {
    boolean known = series.containsKey(label);
    int apart = series.size() - (series.containsKey(OTHER) ? 1 : 0);
    return known || apart < LABELS ? label : OTHER;
  }

  private Track.Writer into(List<MetricPoint> points, String label) {
    return (window, end, count, sum, revision, estimates) ->
        points.add(
            new MetricPoint(
                metric, dimension, label, window.label(), end, count, sum, revision, estimates));
  }

  /** Writes it in the format that {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeUTF(metric);
    out.writeUTF(dimension);
    out.writeUTF(kind.name());
    out.writeLong(now);
    Varint.write(out, series.size());
    for (Map.Entry<String, RollingSeries> one : series.entrySet()) {
      out.writeUTF(one.getKey());
      one.getValue().writeTo(kind, out);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote. A metric that has got estimates since then, or has them no
   * longer, keeps its counts.
   */
  public static RollingMetric readFrom(DataInput in) throws IOException {
    String name = in.readUTF();
    String dimension = in.readUTF();
    MetricDefinition.Kind was = MetricDefinition.Kind.valueOf(in.readUTF());
    MetricDefinition.Kind is = Metrics.kind(name);
    boolean flows = !is.isLevel() && !was.isLevel();
    RollingMetric metric = new RollingMetric(name, dimension, flows ? is : was, in.readLong());
    for (long left = Varint.read(in); left > 0; left--) {
      metric.series.put(in.readUTF(), RollingSeries.readFrom(was, in));
    }
    return metric;
  }
}
