package io.lifestage.job;

import io.lifestage.operator.ArrivalCodec;
import io.lifestage.operator.CodecTypeInfo;
import io.lifestage.operator.CustomerLifecycle.DefinitionsSupplier;
import io.lifestage.operator.CustomerLifecycle.PolicySettings;
import io.lifestage.operator.Encoders;
import io.lifestage.operator.OutboundRecordCodec;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.OutboundRecord;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What the operators of the topology need to know.
 *
 * @param definitions the stage model, the traits, the journeys
 * @param policy the bounds of time
 * @param encoders how to write records
 * @param metricsFrom event time from which rolling windows are written
 */
record JobParts(
    DefinitionsSupplier definitions,
    PolicySettings policy,
    Encoders encoders,
    Instant metricsFrom) {
  static final TypeInformation<Decoded.OfEvent> ARRIVAL =
      new CodecTypeInfo<>(Decoded.OfEvent.class, new ArrivalCodec());
  static final TypeInformation<OutboundRecord> RECORD =
      new CodecTypeInfo<>(OutboundRecord.class, new OutboundRecordCodec());
}
