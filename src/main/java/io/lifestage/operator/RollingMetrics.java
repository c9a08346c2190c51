package io.lifestage.operator;

import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.RollingMetric;
import io.lifestage.metric.Sketch;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the rolling windows of each metric and dimension and writes what changes. One value and one
 * timer for each key ({@link ObservationBundle#key}), and where the metric has estimates a sketch
 * for each label and pane beside that, each a value of its own ({@link HeldSketches}).
 *
 * <p>There are few keys, and each changes every few seconds: so what changes is held in memory, and
 * written once for each checkpoint. An operator and no function, since a function cannot write the
 * state of a key that is not the one it is called for.
 */
public final class RollingMetrics extends AbstractStreamOperator<MetricPoint>
    implements OneInputStreamOperator<ObservationBundle, MetricPoint>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 2L;

  /** Memory for sketches, in bytes: those of some fifty thousand panes with few customers. */
  static final long ROOM = 32 << 20;

  /** The name that Flink gives to the timers of functions. */
  private static final String TIMERS = "user-timers";

  private final long writeFrom;
  private final long room;

  private transient ValueState<RollingMetric> state;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient HeldSketches sketches;
  private transient LevelGauges gauges;

  /** What was used since the last checkpoint, by key; the state has it as it was then. */
  private transient Map<String, RollingMetric> used;

  /**
   * The windows of all metrics.
   *
   * @param writeFrom the event time from which windows are written. A long past that is read in
   *     first is counted, but its windows, whose ends have long gone by, are not written, but for
   *     those that had ended last; and of its panes only those have sketches that a written window
   *     holds: a job that is restored with an earlier moment has estimates of what came since.
   *     {@link Instant#MIN} to write all
   */
  public RollingMetrics(Instant writeFrom) {
    this(writeFrom, ROOM);
  }

  RollingMetrics(Instant writeFrom, long room) {
    this.writeFrom = writeFrom.equals(Instant.MIN) ? Long.MIN_VALUE : writeFrom.toEpochMilli();
    this.room = room;
  }

  @Override
  public void open() throws Exception {
    super.open();
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("rolling-metric-v1", MetricTypes.STATE));
    sketches =
        new HeldSketches(
            getRuntimeContext()
                .getMapState(
                    new MapStateDescriptor<String, Sketch>(
                        "pane-sketches-v1", Types.STRING, MetricTypes.SKETCH)),
            this,
            room);
    timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    gauges = new LevelGauges(getMetricGroup());
    used = new HashMap<>();
  }

  /** What was observed of the metric whose key is set. */
  @Override
  public void processElement(StreamRecord<ObservationBundle> element) throws IOException {
    ObservationBundle bundle = element.getValue();
    long now = timers.currentWatermark();
    RollingMetric metric = inUse(bundle.key());
    if (metric == null) {
      metric = RollingMetric.starting(bundle.metric(), bundle.dimension(), now);
    }
    long armed = metric.nextDeadline(writeFrom);
    write(metric.observe(bundle.observations(), now, writeFrom, sketches));
    keep(bundle.key(), metric, armed);
  }

  /** Time changes the metric whose key is set. */
  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws IOException {
    RollingMetric metric = inUse(timer.getKey());
    if (metric != null) {
      write(metric.advance(timers.currentWatermark(), writeFrom, sketches));
      keep(timer.getKey(), metric, timer.getTimestamp());
    }
  }

  /** None is ever set: windows are of event time. */
  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of the wall clock was set");
  }

  /** Flink calls this before it takes the snapshot of what stands in the state. */
  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Map.Entry<String, RollingMetric> one : used.entrySet()) {
      setCurrentKey(one.getKey());
      state.update(one.getValue());
    }
    // Whoever takes the snapshot may still read these while the next bundles come.
    used.clear();
    sketches.writeAll();
  }

  private RollingMetric inUse(String key) throws IOException {
    RollingMetric metric = used.get(key);
    return metric == null ? state.value() : metric;
  }

  private void write(Iterable<MetricPoint> points) {
    for (MetricPoint point : points) {
      gauges.show(point);
      output.collect(new StreamRecord<>(point));
    }
  }

  private void keep(String key, RollingMetric metric, long armed) throws IOException {
    long next = metric.nextDeadline(writeFrom);
    if (armed != next && armed != Long.MAX_VALUE) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, armed);
    }
    if (next != Long.MAX_VALUE) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
    }
    if (metric.isEmpty()) {
      used.remove(key);
      state.clear();
    } else {
      used.put(key, metric);
    }
  }
}
