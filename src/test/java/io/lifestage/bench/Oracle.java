package io.lifestage.bench;

import static java.util.stream.Collectors.toMap;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Effects;
import io.lifestage.decision.OfferDesk;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Signal;
import io.lifestage.definition.RetailPack;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Learning;
import io.lifestage.traffic.Outlet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The pure core's answer to the events, which the job's has to equal before it is timed. */
final class Oracle implements Outlet {
  private final Decider decider;
  private final OfferDesk offers;
  private final Map<String, CustomerRecord> customers = new HashMap<>();
  private final List<String> triggers = new ArrayList<>();

  private Oracle(List<Product> products) {
    Map<String, Product> catalogue =
        products.stream().collect(toMap(Product::sku, Function.identity()));
    Catalogue shop = (sku, at) -> catalogue.get(sku);
    decider = new Decider(RetailPack.whole(), shop, Policy.DEFAULT);
    offers = new OfferDesk(Learning.OFFERED, shop);
  }

  /** The ids of all triggers, sorted, with time ending at the last event. */
  static List<String> triggers(Workload workload) throws Exception {
    try (Oracle oracle = new Oracle(workload.products())) {
      long end = workload.tell(oracle);
      for (String customer : List.copyOf(oracle.customers.keySet())) {
        oracle.walk(customer, end);
      }
      oracle.say(oracle.offers.completeTo(end));
      oracle.triggers.sort(null);
      return oracle.triggers;
    }
  }

  @Override
  public void send(Event event, String bookmark) {
    String customer = event.customer();
    walk(customer, event.at() - 1);
    decide(customer, new Signal.Arrived(event), event.at() - 1);
  }

  @Override
  public void flush() {
    // Nothing is kept.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  /** Deadline by deadline up to a moment. */
  private void walk(String customer, long moment) {
    for (long next = next(customer); next <= moment; next = next(customer)) {
      decide(customer, Signal.TimePassed.TICK, next);
    }
  }

  private long next(String customer) {
    CustomerRecord record = customers.get(customer);
    return record == null ? Long.MAX_VALUE : decider.nextDeadline(record);
  }

  private void decide(String customer, Signal signal, long now) {
    CustomerRecord before = customers.computeIfAbsent(customer, CustomerRecord::unknown);
    Outcome outcome = decider.decide(before, signal, now);
    customers.put(customer, outcome.customer());
    offers.take(outcome.effects());
    say(outcome.effects().settled());
  }

  private void say(Effects effects) {
    effects.triggers().stream().map(Trigger::id).forEach(triggers::add);
  }
}
