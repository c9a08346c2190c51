package io.lifestage.operator;

import io.lifestage.metric.MetricPoint;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.PaneSketches;
import io.lifestage.metric.RollingMetric;
import io.lifestage.metric.Sketch;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps the rolling windows of each metric and dimension and writes what changes. One value and one
 * timer for each key ({@link ObservationBundle#key}): one read and one write for a bundle, and one
 * for an instant at which any window of the metric changes.
 *
 * <p>A metric with estimates has a sketch for each label and pane beside that, each a value of its
 * own: a bundle reads and writes those of the panes that it falls into, and a window that changes
 * reads those of its own panes.
 */
public final class RollingMetrics
    extends KeyedProcessFunction<String, ObservationBundle, MetricPoint> {
  private static final long serialVersionUID = 1L;

  private final long writeFrom;

  private transient ValueState<RollingMetric> state;
  private transient PaneSketches sketches;
  private transient LevelGauges gauges;

  /**
   * The windows of all metrics.
   *
   * @param writeFrom the event time from which windows are written. A long past that is read in
   *     first is counted, but its windows, whose ends have long gone by, are not written. {@link
   *     Instant#MIN} to write all
   */
  public RollingMetrics(Instant writeFrom) {
    this.writeFrom = writeFrom.equals(Instant.MIN) ? Long.MIN_VALUE : writeFrom.toEpochMilli();
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("rolling-metric-v1", MetricTypes.STATE));
    MapState<String, Sketch> panes =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>("pane-sketches-v1", Types.STRING, MetricTypes.SKETCH));
    sketches = new StoredSketches(panes);
    gauges = new LevelGauges(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(ObservationBundle bundle, Context context, Collector<MetricPoint> out)
      throws IOException {
    TimerService time = context.timerService();
    RollingMetric metric = state.value();
    if (metric == null) {
      metric = RollingMetric.starting(bundle.metric(), bundle.dimension(), time.currentWatermark());
    }
    long armed = metric.nextDeadline(writeFrom);
    write(metric.observe(bundle.observations(), time.currentWatermark(), writeFrom, sketches), out);
    store(metric, armed, time);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MetricPoint> out)
      throws IOException {
    RollingMetric metric = state.value();
    if (metric != null) {
      write(metric.advance(context.timerService().currentWatermark(), writeFrom, sketches), out);
      store(metric, timestamp, context.timerService());
    }
  }

  private void write(Iterable<MetricPoint> points, Collector<MetricPoint> out) {
    for (MetricPoint point : points) {
      gauges.show(point);
      out.collect(point);
    }
  }

  /**
   * The sketches in Flink's state, of the key that is set.
   *
   * @param panes by the panes' names
   */
  private record StoredSketches(MapState<String, Sketch> panes) implements PaneSketches {
    @Override
    public Sketch get(String pane) {
      try {
        return panes.get(pane);
      } catch (Exception e) {
        throw new IllegalStateException("the sketch of " + pane + " could not be read", e);
      }
    }

    @Override
    public void put(String pane, Sketch sketch) {
      try {
        panes.put(pane, sketch);
      } catch (Exception e) {
        throw new IllegalStateException("the sketch of " + pane + " could not be kept", e);
      }
    }

    @Override
    public void remove(String pane) {
      try {
        panes.remove(pane);
      } catch (Exception e) {
        throw new IllegalStateException("the sketch of " + pane + " could not be removed", e);
      }
    }
  }

  private void store(RollingMetric metric, long armed, TimerService time) throws IOException {
    long next = metric.nextDeadline(writeFrom);
    if (armed != next && armed != Long.MAX_VALUE) {
      time.deleteEventTimeTimer(armed);
    }
    if (next != Long.MAX_VALUE) {
      time.registerEventTimeTimer(next);
    }
    if (metric.isEmpty()) {
      state.clear();
    } else {
      state.update(metric);
    }
  }
}
