package io.lifestage.job;

import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.WatchedPanes;
import io.lifestage.offer.Watching;
import io.lifestage.operator.Announcement;
import io.lifestage.operator.ClockReading;
import io.lifestage.operator.CoPurchaseCounts;
import io.lifestage.operator.CompletedOffers;
import io.lifestage.operator.CustomerLifecycle;
import io.lifestage.operator.LatestProfiles;
import io.lifestage.operator.LooksOfEvents;
import io.lifestage.operator.MetricRecords;
import io.lifestage.operator.MetricTypes;
import io.lifestage.operator.ObservationBundler;
import io.lifestage.operator.OfferMessage;
import io.lifestage.operator.OfferTypes;
import io.lifestage.operator.OperationalAlerts;
import io.lifestage.operator.Outputs;
import io.lifestage.operator.RecordTicks;
import io.lifestage.operator.RollingMetrics;
import io.lifestage.operator.RouteInputs;
import io.lifestage.operator.TellWatchers;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.OutboundRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * How everything hangs together.
 *
 * <pre>
 *                 ┌ looks, changes ─ by product ─ by category ┐ (price drops, arrivals, …)
 *  inputs ─ route ┼ events ──── by customer ─ lifecycle ┬ transitions, triggers, decisions ─┐
 *                 ├ products ┬ (to every slot) ────┘    ├ profiles, once per checkpoint ────┤
 *                 ├ dead letters ───────────────────────┼───────────────────────────────────┼─ sink
 *  clock ─ ticks ─┴─────────────────────────────────────┼───────────────────────────────────┤
 *                                                       ├ sales ─ by product ─ co-purchases │
 *                                                       ├ what waits for them ─ offers ─────┤
 *                                                       └ observations ┬ rolling metrics ───┤
 *                                                                      └ alerts ────────────┘
 * </pre>
 */
final class Topology {
  private Topology() {}

  /**
   * Wires the job. Production, tests and benchmarks differ in what they pass.
   *
   * @param inputs what was read, with its watermarks
   * @param clock when time moved while the inputs were silent, and how far the job lags
   * @param sink where records go
   * @param parts what operators need to know
   */
  static void define(
      DataStream<Decoded> inputs,
      DataStream<ClockReading> clock,
      Sink<OutboundRecord> sink,
      JobParts parts) {
    SingleOutputStreamOperator<Decoded.OfEvent> events =
        inputs
            .process(new RouteInputs(parts.encoders()), JobParts.ARRIVAL)
            .uid(Uids.ROUTING)
            .name("Route: events, products, definitions, dead letters");
    SingleOutputStreamOperator<OutboundRecord> ticks =
        clock
            .process(new RecordTicks(parts.encoders()), JobParts.RECORD)
            .uid(Uids.TICKS)
            .name("Write down ticks");
    DataStream<Announcement> announcements = events.getSideOutput(RouteInputs.ANNOUNCEMENTS);

    SingleOutputStreamOperator<OutboundRecord> customers =
        withWhatWatchersAreTold(events, announcements)
            .keyBy(arrival -> arrival.event().customer())
            .connect(announcements.broadcast())
            .transform(
                "Decide each customer's stage and journeys",
                JobParts.RECORD,
                new CustomerLifecycle(
                    parts.pack(), parts.policy(), parts.endOfTime(), parts.encoders()))
            .uid(Uids.CUSTOMER);
    DataStream<OutboundRecord> profiles =
        customers
            .getSideOutput(Outputs.PROFILES)
            .transform("Latest profile of each customer", JobParts.RECORD, new LatestProfiles())
            .uid(Uids.PROFILES);

    SingleOutputStreamOperator<OutboundRecord> offers = offers(customers, announcements, parts);
    DataStream<ObservationBundle> observed =
        bundled(customers, Uids.CUSTOMER_BUNDLES).union(bundled(offers, Uids.OFFER_BUNDLES));
    DataStream<OutboundRecord> metrics =
        observed
            .union(bundled(events, Uids.INPUT_BUNDLES), bundled(ticks, Uids.CLOCK_BUNDLES))
            .keyBy(bundle -> bundle.key())
            .transform(
                "Keep rolling metrics", MetricTypes.POINT, new RollingMetrics(parts.metricsFrom()))
            .uid(Uids.METRICS)
            .map(new MetricRecords(parts.encoders()))
            .returns(JobParts.RECORD)
            .uid(Uids.METRIC_RECORDS)
            .name("Metrics as records");

    DataStream<OutboundRecord> alerts =
        observed
            .filter(WatchedPanes::concern)
            .uid(Uids.WATCHED)
            .name("Pick out what is watched")
            .keyBy(bundle -> OperationalAlerts.ALL)
            .process(new OperationalAlerts(parts.metricsFrom(), parts.encoders()), JobParts.RECORD)
            .uid(Uids.ALERTS)
            .name("Alert operations");

    customers
        .union(offers, profiles, metrics, alerts)
        .union(events.getSideOutput(Outputs.RECORDS), ticks)
        .sinkTo(sink)
        .uid(Uids.SINK)
        .name("Write all outputs in one transaction");
  }

  /** What crosses customers comes after them: what is bought together, and what to offer of it. */
  private static SingleOutputStreamOperator<OutboundRecord> offers(
      SingleOutputStreamOperator<OutboundRecord> customers,
      DataStream<Announcement> announcements,
      JobParts parts) {
    DataStream<OfferMessage> answers =
        customers
            .getSideOutput(OfferTypes.PARTS)
            .keyBy(part -> part.key())
            .connect(customers.getSideOutput(OfferTypes.SALES).broadcast())
            .transform("Learn what is bought together", OfferTypes.MESSAGE, new CoPurchaseCounts())
            .uid(Uids.CO_PURCHASES);
    return customers
        .getSideOutput(OfferTypes.PROVISIONAL)
        .union(answers)
        .keyBy(message -> message.key())
        .connect(announcements.broadcast())
        .transform(
            "Complete what waits for offers",
            JobParts.RECORD,
            new CompletedOffers(parts.policy(), parts.encoders()))
        .uid(Uids.OFFERS);
  }

  /**
   * The events, and those that tell customers what happened to products they watch. They are made
   * before the customer's operator, so nothing flows back.
   */
  private static DataStream<Decoded.OfEvent> withWhatWatchersAreTold(
      DataStream<Decoded.OfEvent> events, DataStream<Announcement> announcements) {
    SingleOutputStreamOperator<Decoded.OfEvent> ofProducts =
        events
            .flatMap(new LooksOfEvents())
            .returns(TellWatchers.LOOK)
            .uid(Uids.LOOKS)
            .name("Pick out looks at products")
            .keyBy(look -> look.sku())
            .connect(
                announcements
                    .filter(announcement -> announcement instanceof Announcement.OfProduct)
                    .uid(Uids.CHANGES)
                    .name("Pick out products")
                    .keyBy(announcement -> TellWatchers.product(announcement).sku()))
            .transform(
                "Tell who watches a product",
                JobParts.ARRIVAL,
                TellWatchers.ofProducts(Watching.PRODUCT))
            .uid(Uids.PRODUCT_WATCHERS);
    DataStream<Decoded.OfEvent> ofCategories =
        ofProducts
            .getSideOutput(TellWatchers.LOOKS)
            .keyBy(look -> look.category())
            .connect(
                ofProducts
                    .getSideOutput(TellWatchers.ARRIVALS)
                    .keyBy(arrival -> TellWatchers.product(arrival).category()))
            .transform(
                "Tell who watches a category",
                JobParts.ARRIVAL,
                TellWatchers.ofCategories(Watching.CATEGORY))
            .uid(Uids.CATEGORY_WATCHERS);
    return events.union(ofProducts, ofCategories);
  }

  /** Adds observations up where they are made, in the same chain. */
  private static DataStream<ObservationBundle> bundled(
      SingleOutputStreamOperator<?> observed, String uid) {
    return observed
        .getSideOutput(Outputs.OBSERVATIONS)
        .transform("Add observations up", MetricTypes.BUNDLE, new ObservationBundler())
        .uid(uid);
  }
}
