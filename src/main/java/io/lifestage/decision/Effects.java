package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a decision, in the order in which it was decided.
 *
 * @param transitions stages entered and left
 * @param triggers what to send, or to take back
 * @param decisions why, and why not
 * @param observations what the rolling metrics count
 */
public record Effects(
    List<Transition> transitions,
    List<Trigger> triggers,
    List<Decision> decisions,
    List<Observation> observations) {

  /** Nothing follows. */
  public static final Effects NONE = new Effects(List.of(), List.of(), List.of(), List.of());

  /** Somewhere to add to. */
  static Effects collecting() {
    return new Effects(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  public boolean isEmpty() {
    return transitions.isEmpty()
        && triggers.isEmpty()
        && decisions.isEmpty()
        && observations.isEmpty();
  }

  /** Adds all of another's. */
  void addAll(Effects more) {
    transitions.addAll(more.transitions);
    triggers.addAll(more.triggers);
    decisions.addAll(more.decisions);
    observations.addAll(more.observations);
  }
}
