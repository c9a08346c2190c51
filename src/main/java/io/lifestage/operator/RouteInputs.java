package io.lifestage.operator;

import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.RefusedRecords;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends what was read where it belongs: events on, products and definitions aside, the unusable to
 * dead letters.
 */
public final class RouteInputs extends ProcessFunction<Decoded, Decoded.OfEvent> {
  private static final long serialVersionUID = 1L;

  /** What every customer's operator has to know. */
  public static final OutputTag<Announcement> ANNOUNCEMENTS =
      new OutputTag<>(
          "announcements", new CodecTypeInfo<>(Announcement.class, new AnnouncementCodec()));

  private final Encoders encoders;
  private transient RefusedRecords refused;

  public RouteInputs(Encoders encoders) {
    this.encoders = encoders;
  }

  @Override
  public void open(OpenContext context) {
    refused = encoders.refused();
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<Decoded.OfEvent> events) {
    if (decoded instanceof Decoded.OfEvent of) {
      events.collect(of);
    } else if (decoded instanceof Decoded.OfProduct of) {
      context.output(ANNOUNCEMENTS, new Announcement.OfProduct(of.product()));
    } else if (decoded instanceof Decoded.ProductGone gone) {
      context.output(ANNOUNCEMENTS, new Announcement.OfProduct(withdrawn(gone)));
    } else if (decoded instanceof Decoded.OfDefinition of) {
      context.output(ANNOUNCEMENTS, new Announcement.OfDefinition(of));
    } else if (decoded instanceof Decoded.DeadLetter dead) {
      context.output(Outputs.RECORDS, refused.deadLetter(dead));
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
