package io.lifestage.job;

import io.lifestage.wire.Decoded;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/**
 * The time of one partition: behind its latest usable record by the disorder bound.
 *
 * <p>A record that cannot be used moves no time, nor does it keep a partition awake: a flood of
 * garbage leaves the others' time alone. A product moves time as far as its change is in force.
 */
final class InputTime implements WatermarkStrategy<Decoded> {
  private static final long serialVersionUID = 1L;

  private final Duration disorder;
  private final Duration idleness;

  /**
   * The time of the input topics.
   *
   * @param disorder how far behind the latest record another may lie and still be in order
   * @param idleness after how long without a usable record a partition no longer holds time, or
   *     null for never
   */
  InputTime(Duration disorder, Duration idleness) {
    this.disorder = disorder;
    this.idleness = idleness;
  }

  @Override
  public TimestampAssigner<Decoded> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (decoded, readAt) -> eventTime(decoded);
  }

  @Override
  public WatermarkGenerator<Decoded> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator(
        disorder.toMillis(),
        idleness == null ? Long.MAX_VALUE : idleness.toMillis(),
        context.getInputActivityClock());
  }

  /** Event time, epoch milliseconds; {@link Long#MIN_VALUE} for what has none. */
  private static long eventTime(Decoded decoded) {
    if (decoded instanceof Decoded.OfEvent of) {
      return of.event().at();
    }
    if (decoded instanceof Decoded.OfProduct of) {
      long appended = of.origin().timestamp();
      return appended < 0
          ? of.product().effectiveAt()
          : Math.min(of.product().effectiveAt(), appended);
    }
    return decoded instanceof Decoded.ProductGone gone ? gone.at() : Long.MIN_VALUE;
  }

  private static final class Generator implements WatermarkGenerator<Decoded> {
    private final long disorder;
    private final long idleness;
    private final RelativeClock clock;
    private long latest;
    private long lastActive;

    Generator(long disorder, long idleness, RelativeClock clock) {
      this.disorder = disorder;
      this.idleness = idleness;
      this.clock = clock;
      this.latest = Long.MIN_VALUE + disorder + 1;
      this.lastActive = clock.relativeTimeMillis();
    }

    @Override
    public void onEvent(Decoded decoded, long timestamp, WatermarkOutput output) {
      if (timestamp == Long.MIN_VALUE) {
        return;
      }
      latest = Math.max(latest, timestamp);
      lastActive = clock.relativeTimeMillis();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (clock.relativeTimeMillis() - lastActive > idleness) {
        output.markIdle();
      } else {
        output.emitWatermark(new Watermark(latest - disorder - 1));
      }
    }
  }
}
