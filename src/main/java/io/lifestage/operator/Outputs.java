package io.lifestage.operator;

import io.lifestage.metric.Observation;
import io.lifestage.wire.OutboundRecord;
import org.apache.flink.util.OutputTag;

/** What operators put out beside their main stream. */
public final class Outputs {
  /** Records for the sink. */
  public static final OutputTag<OutboundRecord> RECORDS =
      new OutputTag<>(
          "records", new CodecTypeInfo<>(OutboundRecord.class, new OutboundRecordCodec()));

  /** What the rolling metrics count. */
  public static final OutputTag<Observation> OBSERVATIONS =
      new OutputTag<>(
          "observations", new CodecTypeInfo<>(Observation.class, new ObservationCodec()));

  /** The profiles of customers of whom something has changed. */
  public static final OutputTag<LazyRecord> PROFILES =
      new OutputTag<>("profiles", new CodecTypeInfo<>(LazyRecord.class, new LazyRecordCodec()));

  private Outputs() {}
}
