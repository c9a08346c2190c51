package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Observation;
import io.lifestage.offer.Sale;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a decision, in the order in which it was decided.
 *
 * @param transitions stages entered and left
 * @param triggers what to send, or to take back
 * @param decisions why, and why not
 * @param observations what the rolling metrics count
 * @param sales what is learnt of products that go together
 */
public record Effects(
    List<Transition> transitions,
    List<Trigger> triggers,
    List<Decision> decisions,
    List<Observation> observations,
    List<Sale> sales) {

  /** Nothing follows. */
  public static final Effects NONE =
      new Effects(List.of(), List.of(), List.of(), List.of(), List.of());

  /** Somewhere to add to. */
  static Effects collecting() {
    return new Effects(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  public boolean isEmpty() {
    return transitions.isEmpty()
        && triggers.isEmpty()
        && decisions.isEmpty()
        && observations.isEmpty()
        && sales.isEmpty();
  }

  /** What is sent, or taken back, with a decision; null where nothing is. */
  private Trigger triggerOf(Decision decision) {
    boolean sends = decision.takesBack() == null;
    Trigger own = null;
    for (Trigger trigger : triggers) {
      boolean sent = trigger.status() == Trigger.Status.ACTIVE;
      own = sent == sends && trigger.id().equals(decision.triggerId()) ? trigger : own;
    }
    return own;
  }

  /** Adds all of another's. */
  void addAll(Effects more) {
    transitions.addAll(more.transitions);
    triggers.addAll(more.triggers);
    decisions.addAll(more.decisions);
    observations.addAll(more.observations);
    sales.addAll(more.sales);
  }

  /** What is said for good: without what waits for offers. */
  public Effects settled() {
    if (decisions.stream().noneMatch(Decision::provisional)) {
      return this;
    }
    return new Effects(
        transitions,
        triggers.stream().filter(trigger -> trigger.wanted() == null).toList(),
        decisions.stream().filter(decision -> !decision.provisional()).toList(),
        observations,
        sales);
  }

  /** What waits for offers, in the order in which it was decided. */
  public List<Provisional> provisional() {
    List<Provisional> waiting = new ArrayList<>();
    for (Decision decision : decisions) {
      if (decision.provisional()) {
        waiting.add(new Provisional(decision.at(), triggerOf(decision), decision));
      }
    }
    return waiting;
  }
}
