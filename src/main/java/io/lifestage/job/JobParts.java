package io.lifestage.job;

import io.lifestage.decision.Policy;
import io.lifestage.definition.DefinitionException;
import io.lifestage.definition.Library;
import io.lifestage.definition.Packs;
import io.lifestage.definition.Source;
import io.lifestage.operator.ArrivalCodec;
import io.lifestage.operator.CodecTypeInfo;
import io.lifestage.operator.Encoders;
import io.lifestage.operator.OutboundRecordCodec;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.OutboundRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What the operators of the topology need to know.
 *
 * @param pack the definitions that hold from the beginning of time
 * @param policy the bounds of time
 * @param endOfTime the last moment that is decided, epoch milliseconds
 * @param encoders how to write records
 * @param metricsFrom event time from which rolling windows and alerts are written
 */
record JobParts(
    List<Source> pack, Policy policy, long endOfTime, Encoders encoders, Instant metricsFrom) {
  /**
   * The definitions of a pack, which are seen to work.
   *
   * @param name a pack of the program, or a folder
   */
  static List<Source> pack(String name) throws StartRefusedException {
    try {
      List<Source> sources = Packs.named(name);
      Library.compile(sources);
      return sources;
    } catch (IOException | DefinitionException | IllegalArgumentException e) {
      throw new StartRefusedException("--pack " + name + ": " + e.getMessage(), e);
    }
  }

  static final TypeInformation<Decoded.OfEvent> ARRIVAL =
      new CodecTypeInfo<>(Decoded.OfEvent.class, new ArrivalCodec());
  static final TypeInformation<OutboundRecord> RECORD =
      new CodecTypeInfo<>(OutboundRecord.class, new OutboundRecordCodec());
}
