package io.lifestage.operator;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.OutputEncoder;
import java.util.List;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends what was read where it belongs: events on, products aside, the unusable to dead letters. */
public final class RouteInputs extends ProcessFunction<Decoded, Event> {
  private static final long serialVersionUID = 1L;

  /** Versions of products. */
  public static final OutputTag<Product> PRODUCTS =
      new OutputTag<>("products", new CodecTypeInfo<>(Product.class, new ProductCodec()));

  private final OutputEncoderFactory encoders;
  private transient OutputEncoder encoder;

  public RouteInputs(OutputEncoderFactory encoders) {
    this.encoders = encoders;
  }

  @Override
  public void open(org.apache.flink.api.common.functions.OpenContext context) throws Exception {
    encoder = encoders.create();
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<Event> events) {
    if (decoded instanceof Decoded.OfEvent of) {
      events.collect(of.event());
    } else if (decoded instanceof Decoded.OfProduct of) {
      context.output(PRODUCTS, of.product());
    } else if (decoded instanceof Decoded.ProductGone gone) {
      context.output(PRODUCTS, withdrawn(gone));
    } else if (decoded instanceof Decoded.DeadLetter dead) {
      context.output(Outputs.RECORDS, encoder.deadLetter(dead));
      context.output(
          Outputs.OBSERVATIONS,
          Observation.one(
              Metrics.DEAD_LETTERS, "reason", dead.defect().code(), dead.origin().timestamp()));
    }
  }

  /** A product that is in the catalogue no more: nobody can buy it, and it goes with nothing. */
  private static Product withdrawn(Decoded.ProductGone gone) {
    return new Product(gone.sku(), gone.at(), "", "", Money.NONE, false, List.of());
  }
}
