package io.lifestage.operator;

import io.lifestage.journey.Trigger;
import io.lifestage.metric.Punctuality;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * Reads off how far an operator is behind the clock, for Flink's reporters. Decides nothing, and
 * nothing that it shows is in any record or state.
 *
 * <p>Told by the task's thread, read by those of the reporters.
 */
final class WallClock {
  /** Of so many triggers, the last ones, quantiles are told. */
  static final int REMEMBERED = 1_000;

  private final LongSupplier clock;
  private final Histogram latency;
  private volatile long watermark = Long.MIN_VALUE;
  private volatile long completedAt;

  /**
   * Registers what there is to read off.
   *
   * @param clock the time now, epoch milliseconds
   */
  WallClock(MetricGroup operator, LongSupplier clock) {
    this.clock = clock;
    this.completedAt = clock.getAsLong();
    MetricGroup group = operator.addGroup("lifestage");
    group.gauge(Punctuality.WATERMARK_DELAY.metric(), (Gauge<Long>) this::delay);
    group.gauge(Punctuality.CHECKPOINT_AGE.metric(), (Gauge<Long>) this::age);
    latency =
        group.histogram(
            Punctuality.TRIGGER_LATENCY.metric(), new DescriptiveStatisticsHistogram(REMEMBERED));
  }

  /** Everything is decided up to this moment of event time, epoch milliseconds. */
  void reached(long moment) {
    watermark = moment;
  }

  /** A checkpoint is complete. */
  void completed() {
    completedAt = clock.getAsLong();
  }

  /** A trigger was decided; what a late event takes back or gives back is as old as it is. */
  void decided(Trigger trigger) {
    if (trigger.status() == Trigger.Status.ACTIVE && trigger.revision() == 0) {
      latency.update(clock.getAsLong() - trigger.at());
    }
  }

  /** Nought before the first watermark, and when time has come to its end. */
  private long delay() {
    long reached = watermark;
    return reached == Long.MIN_VALUE ? 0 : Math.max(0, clock.getAsLong() - reached);
  }

  private long age() {
    return Math.max(0, clock.getAsLong() - completedAt);
  }
}
