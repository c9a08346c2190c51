package io.lifestage.operator;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Effects;
import io.lifestage.decision.OfferDesk;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Outcome.Disposition;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Signal;
import io.lifestage.definition.RetailPack;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.offer.Learning;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.ReadBack;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The core alone, asked about every customer by a loop: what the operator and the job must say. */
public final class Bookkeeper {
  private final Decider decider;
  private final OutputEncoder encoder;
  private final Map<String, CustomerRecord> customers = new HashMap<>();
  private final Map<Disposition, Integer> dispositions = new EnumMap<>(Disposition.class);
  private final List<String> lines = new ArrayList<>();
  private final List<String> offered = new ArrayList<>();
  private final OfferDesk offers;
  private long now = Long.MIN_VALUE;

  public Bookkeeper(Catalogue catalogue) {
    decider = new Decider(RetailPack.definitions(), catalogue, Policy.DEFAULT);
    offers = new OfferDesk(Learning.OFFERED, catalogue);
    encoder = Slot.ENCODERS.outputs();
  }

  /** Takes an event in. */
  public Bookkeeper arrive(Event event) {
    CustomerRecord before =
        customers.getOrDefault(event.customer(), CustomerRecord.unknown(event.customer()));
    Outcome outcome = decider.decide(before, new Signal.Arrived(event), now);
    dispositions.merge(outcome.disposition(), 1, Integer::sum);
    customers.put(event.customer(), outcome.customer());
    write(outcome.effects());
    return this;
  }

  /** Lets time pass, for those for whom it matters. */
  public Bookkeeper passTo(long time) {
    now = Math.max(now, time);
    customers.replaceAll((customer, record) -> advanced(record));
    write(offers.completeTo(now), offered);
    return this;
  }

  private CustomerRecord advanced(CustomerRecord record) {
    CustomerRecord advanced = record;
    for (long next = decider.nextDeadline(advanced);
        next <= now && next < Long.MAX_VALUE;
        next = decider.nextDeadline(advanced)) {
      Outcome outcome = decider.decide(advanced, Signal.TimePassed.TICK, now);
      write(outcome.effects());
      advanced = outcome.customer();
    }
    return advanced;
  }

  private void write(Effects effects) {
    offers.take(effects);
    write(effects.settled(), lines);
  }

  private void write(Effects effects, List<String> lines) {
    effects.transitions().forEach(t -> lines.add(ReadBack.line(encoder.transition(t))));
    effects.triggers().forEach(t -> lines.add(ReadBack.line(encoder.trigger(t))));
    effects.decisions().forEach(d -> lines.add(ReadBack.line(encoder.decision(d))));
  }

  /** All that was said of customers alone, see {@link ReadBack#line}. */
  public List<String> lines() {
    return lines;
  }

  /** And of what waited for offers. */
  public List<String> linesWithOffers() {
    return Stream.concat(lines.stream(), offered.stream()).toList();
  }

  /** What became of the events, and of how many. */
  Map<Disposition, Integer> dispositions() {
    return dispositions;
  }

  int tooLate() {
    return dispositions.getOrDefault(Disposition.TOO_LATE, 0);
  }

  /** How many customers something will happen to by time alone. */
  int waiting() {
    return (int)
        customers.values().stream().filter(c -> decider.nextDeadline(c) < Long.MAX_VALUE).count();
  }

  /** What is stored of each customer. */
  List<CustomerRecord> customers() {
    return List.copyOf(customers.values());
  }
}
