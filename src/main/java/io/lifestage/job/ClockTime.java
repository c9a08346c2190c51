package io.lifestage.job;

import io.lifestage.operator.ClockReading;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * The clock's time. While the inputs speak it stays out of the way; while all are silent it leads.
 */
final class ClockTime implements WatermarkStrategy<ClockReading> {
  private static final long serialVersionUID = 1L;

  @Override
  public TimestampAssigner<ClockReading> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (reading, readAt) -> reading.to();
  }

  @Override
  public WatermarkGenerator<ClockReading> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator();
  }

  private static final class Generator implements WatermarkGenerator<ClockReading> {
    @Override
    public void onEvent(ClockReading reading, long timestamp, WatermarkOutput output) {
      if (reading.silent()) {
        output.emitWatermark(new Watermark(reading.to()));
      } else {
        output.markIdle();
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Time moves by readings alone.
    }
  }
}
