package io.lifestage.operator;

import io.lifestage.offer.Look;
import io.lifestage.wire.Decoded;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Takes from events what they say of products: a few bytes travel, and not the whole event. */
public final class LooksOfEvents implements FlatMapFunction<Decoded.OfEvent, Look> {
  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(Decoded.OfEvent arrival, Collector<Look> looks) {
    Look.of(arrival.event()).forEach(looks::collect);
  }
}
