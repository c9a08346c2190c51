package io.lifestage.operator;

import io.lifestage.metric.Alert;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.Watch;
import io.lifestage.metric.WatchedPanes;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells operations what is far from its baseline. All of it has one key, {@value #ALL}: steps,
 * methods and sources are judged by each other, and what comes is added up already.
 *
 * <p>A bundle reads and writes the panes that are not judged yet; what is usual, which is some ten
 * kilobytes, is read and written once for each pane of five minutes.
 */
public final class OperationalAlerts
    extends KeyedProcessFunction<String, ObservationBundle, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  /** The one key. */
  public static final String ALL = "operations";

  private final long writeFrom;
  private final Encoders encoders;

  private transient ValueState<WatchedPanes> coming;
  private transient ValueState<Watch> state;
  private transient OutputEncoder encoder;

  /**
   * The watch over everything.
   *
   * @param writeFrom the event time from which findings are told. A long past that is read in first
   *     tells what is usual, but what was wrong then is nobody's business any more
   */
  public OperationalAlerts(Instant writeFrom, Encoders encoders) {
    this.writeFrom = writeFrom.equals(Instant.MIN) ? Long.MIN_VALUE : writeFrom.toEpochMilli();
    this.encoders = encoders;
  }

  @Override
  public void open(OpenContext context) {
    coming =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("watched-panes-v1", MetricTypes.WATCHED_PANES));
    state = getRuntimeContext().getState(new ValueStateDescriptor<>("watch-v1", MetricTypes.WATCH));
    encoder = encoders.outputs();
  }

  /** Only counts; the timer at the end of the pane judges. */
  @Override
  public void processElement(
      ObservationBundle bundle, Context context, Collector<OutboundRecord> out) throws IOException {
    WatchedPanes panes = coming();
    panes.add(bundle);
    coming.update(panes);
    TimerService time = context.timerService();
    time.registerEventTimeTimer(panes.nextEnd(time.currentWatermark()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutboundRecord> out)
      throws IOException {
    WatchedPanes panes = coming();
    Watch watch = state.value() == null ? new Watch() : state.value();
    TimerService time = context.timerService();
    for (Alert alert : watch.advance(time.currentWatermark(), panes, writeFrom)) {
      out.collect(encoder.alert(alert));
    }
    coming.update(panes);
    state.update(watch);
    long next = watch.nextDeadline(panes);
    if (next != Long.MAX_VALUE) {
      time.registerEventTimeTimer(next);
    }
  }

  private WatchedPanes coming() throws IOException {
    return coming.value() == null ? new WatchedPanes() : coming.value();
  }
}
