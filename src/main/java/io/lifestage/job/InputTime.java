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

/**
 * The time of one partition by its records: behind the latest by the disorder bound. A record that
 * cannot be used moves no time; a product moves it as far as its change is in force.
 */
final class InputTime implements WatermarkStrategy<Decoded> {
  private static final long serialVersionUID = 1L;

  private final Duration disorder;

  /**
   * The time of the input topics.
   *
   * @param disorder how far behind the latest record another may lie and still be in order
   */
  InputTime(Duration disorder) {
    this.disorder = disorder;
  }

  @Override
  public TimestampAssigner<Decoded> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (decoded, readAt) -> eventTime(decoded);
  }

  @Override
  public WatermarkGenerator<Decoded> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator(disorder.toMillis());
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
    private long latest;

    Generator(long disorder) {
      this.disorder = disorder;
      this.latest = Long.MIN_VALUE + disorder + 1;
    }

    @Override
    public void onEvent(Decoded decoded, long timestamp, WatermarkOutput output) {
      latest = Math.max(latest, timestamp);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(new Watermark(latest - disorder - 1));
    }
  }
}
