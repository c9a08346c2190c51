package io.lifestage.operator;

import io.lifestage.metric.Bundling;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.RollingMetric;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds observations up before they are shuffled, so that a busy metric is no bottleneck, and counts
 * them for Prometheus.
 *
 * <p>It holds them in memory and has no state: all that it holds goes out before a barrier, so a
 * checkpoint never misses any; and before a watermark that completes a pane, so none is late that
 * was not late before. Put it behind, and chained to, what makes the observations.
 */
public final class ObservationBundler extends AbstractStreamOperator<ObservationBundle>
    implements OneInputStreamOperator<Observation, ObservationBundle> {
  private static final long serialVersionUID = 1L;

  /** Most observations held; a bound on memory, far above what five seconds of traffic need. */
  static final int CAPACITY = 10_000;

  private transient Bundling bundling;
  private transient OperationalCounters counters;
  private transient long completeUntil;

  @Override
  public void open() throws Exception {
    super.open();
    bundling = new Bundling();
    counters = new OperationalCounters(getMetricGroup());
    completeUntil = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<Observation> element) {
    bundling.add(element.getValue());
    if (bundling.size() >= CAPACITY) {
      flush();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long complete = RollingMetric.finestPane(mark.getTimestamp());
    if (complete != completeUntil) {
      completeUntil = complete;
      flush();
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() {
    for (ObservationBundle bundle : bundling.drain()) {
      bundle.observations().forEach(counters::count);
      output.collect(new StreamRecord<>(bundle));
    }
  }
}
