package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Outcome.Disposition;
import io.lifestage.definition.RetailPack;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One customer's record in the hands of somebody who brings events and lets time pass. */
final class Runner {
  private final Timeline definitions;
  private final Decider decider;
  CustomerRecord record = CustomerRecord.unknown("ada");
  final Effects effects = Effects.collecting();
  private long now = Long.MIN_VALUE;

  Runner() {
    this(Policy.DEFAULT);
  }

  Runner(Policy policy) {
    this(RetailPack.definitions(), policy);
  }

  Runner(Definitions definitions) {
    this(definitions, Policy.DEFAULT);
  }

  private Runner(Definitions definitions, Policy policy) {
    this(Timeline.always(definitions), policy);
  }

  Runner(Timeline definitions) {
    this(definitions, Policy.DEFAULT);
  }

  private Runner(Timeline definitions, Policy policy) {
    this.definitions = definitions;
    this.decider = new Decider(definitions, Catalogue.EMPTY, policy);
  }

  /** Somebody other than Ada. */
  Runner about(String customer) {
    record = CustomerRecord.unknown(customer);
    return this;
  }

  Disposition arrive(Event event) {
    return take(new Signal.Arrived(event));
  }

  /** In one step, whatever lies between. */
  void leapTo(long moment) {
    now = Math.max(now, moment);
    take(Signal.TimePassed.TICK);
  }

  /** Deadline by deadline. */
  void walkTo(long moment) {
    for (long next = next(); next < moment; next = next()) {
      assertThat(next).as("a deadline lies ahead").isGreaterThan(now);
      leapTo(next);
    }
    leapTo(moment);
  }

  long next() {
    return decider.nextDeadline(record);
  }

  Profile profile() {
    return Profile.of(record, definitions.latest());
  }

  private Disposition take(Signal signal) {
    Outcome outcome = decider.decide(record, signal, now);
    record = outcome.customer();
    effects.addAll(outcome.effects());
    return outcome.disposition();
  }

  /** All in order, nothing late, to the end. */
  static Runner inOrder(List<Event> history, long end) {
    return new Runner().through(history, end);
  }

  /** All in order, nothing late, to the end. */
  Runner through(List<Event> history, long end) {
    for (Event event : history) {
      walkTo(event.at() - 1);
      arrive(event);
    }
    walkTo(end);
    return this;
  }

  /** What was said and not taken back, each with how often. */
  static Map<String, Integer> net(Effects effects) {
    Map<String, Integer> net = new TreeMap<>();
    for (Transition t : effects.transitions()) {
      Transition standing = t.withdrawn() ? withdrawn(t) : t;
      net.merge(standing.toString(), t.withdrawn() ? -1 : 1, Integer::sum);
    }
    for (Trigger t : effects.triggers()) {
      net.merge("trigger " + t.id(), t.status() == Trigger.Status.ACTIVE ? 1 : -1, Integer::sum);
    }
    for (Decision d : effects.decisions()) {
      net.merge(said(d), d.takesBack() == null ? 1 : -1, Integer::sum);
    }
    Map<String, long[]> counts = new HashMap<>();
    for (Observation o : effects.observations()) {
      if (!o.metric().equals("triggers_retracted")) {
        String what = o.metric() + " " + o.label() + " " + o.at();
        long[] sums = counts.computeIfAbsent(what, k -> new long[2]);
        sums[0] += o.count();
        sums[1] += o.sum();
      }
    }
    counts.forEach((what, sums) -> net.put(what + " " + sums[1], (int) sums[0]));
    net.values().removeIf(count -> count == 0);
    return net;
  }

  /** What a decision says, or takes back. */
  private static String said(Decision d) {
    Decision.TakenBack of =
        d.takesBack() == null
            ? new Decision.TakenBack(d.outcome(), d.reason(), d.at())
            : d.takesBack();
    return "decision %s@%d %s %s %s %s"
        .formatted(
            d.journey(), d.version(), d.instanceKey(), d.step(), d.causes().get(0).event(), of);
  }

  private static Transition withdrawn(Transition t) {
    return new Transition(
        t.customer(),
        t.from(),
        t.to(),
        t.cycle(),
        t.at(),
        t.since(),
        t.cause(),
        t.evidence(),
        t.model(),
        false);
  }

  /** All that was said, in whatever order. */
  static List<String> said(Effects effects) {
    List<String> said = new ArrayList<>();
    effects.transitions().forEach(t -> said.add(t.toString()));
    effects.triggers().forEach(t -> said.add(t.toString()));
    effects.decisions().forEach(d -> said.add(d.toString()));
    effects.observations().forEach(o -> said.add(o.toString()));
    said.sort(null);
    return said;
  }
}
