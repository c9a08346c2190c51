package io.lifestage.cluster;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Effects;
import io.lifestage.decision.OfferDesk;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Signal;
import io.lifestage.definition.RetailPack;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Learning;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the core alone says to the same events: no Flink, no Kafka, no fault. */
final class CoreAnswer {
  private final List<OutboundRecord> records = new ArrayList<>();
  private final OutputEncoder encoder;
  private final OfferDesk offers;

  private CoreAnswer(OutputEncoder encoder, OfferDesk offers) {
    this.encoder = encoder;
    this.offers = offers;
  }

  /**
   * The transitions, triggers and decisions, as records.
   *
   * @param events in whatever order, duplicates among them
   * @param until time goes on so far, epoch milliseconds
   */
  static List<OutboundRecord> to(
      List<Event> events, List<Product> catalogue, OutputEncoder encoder, long until) {
    Map<String, Product> products = catalogue.stream().collect(toMap(Product::sku, p -> p));
    Catalogue shop = (sku, at) -> products.get(sku);
    CoreAnswer answer = new CoreAnswer(encoder, new OfferDesk(Learning.OFFERED, shop));
    Decider decider = new Decider(RetailPack.whole(), shop, Policy.DEFAULT);
    events.stream()
        .collect(groupingBy(Event::customer))
        .forEach((customer, own) -> answer.addAll(customer, own, decider, until));
    answer.add(answer.offers.completeTo(until));
    return answer.records;
  }

  private void addAll(String customer, List<Event> events, Decider decider, long until) {
    CustomerRecord record = CustomerRecord.unknown(customer);
    for (Event event : events) {
      Outcome outcome = decider.decide(record, new Signal.Arrived(event), Long.MIN_VALUE);
      record = outcome.customer();
      decided(outcome.effects());
    }
    decided(decider.decide(record, Signal.TimePassed.TICK, until).effects());
  }

  private void decided(Effects effects) {
    offers.take(effects);
    add(effects.settled());
  }

  private void add(Effects effects) {
    effects.transitions().forEach(transition -> records.add(encoder.transition(transition)));
    effects.triggers().forEach(trigger -> records.add(encoder.trigger(trigger)));
    effects.decisions().forEach(decision -> records.add(encoder.decision(decision)));
  }
}
