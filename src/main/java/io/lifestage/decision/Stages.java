package io.lifestage.decision;

import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Moves a customer through the stage model. */
final class Stages {
  /** So much evidence is named; what decided comes first. */
  private static final int EVIDENCE = 8;

  private Stages() {}

  /**
   * Takes the moves that the draft's event makes, or the segments that the customer is in, one
   * after the other.
   *
   * @param cause the event, or what a window that slid has lost
   */
  static List<Transition> moveOn(Draft draft, Cause cause) {
    List<Transition> taken = new ArrayList<>();
    Set<String> visited = new HashSet<>();
    Move move = applicable(draft, visited);
    while (move != null) {
      List<String> evidence = draft.evidenceOfWhatWasAsked(cause.event(), EVIDENCE);
      taken.add(take(draft, move, cause, evidence));
      visited.add(draft.stage);
      move = applicable(draft, visited);
    }
    return taken;
  }

  /** Takes a move that a deadline makes; the evidence is the event that it counts from. */
  static Transition moveOn(Draft draft, Move move, Cause since) {
    return take(draft, move, since, List.of(since.event()));
  }

  private static Move applicable(Draft draft, Set<String> visited) {
    for (Move move : draft.definitions.stages().moves()) {
      if (move.leaves(draft.stage) && !visited.contains(move.to()) && isMade(draft, move.when())) {
        return move;
      }
    }
    return null;
  }

  private static boolean isMade(Draft draft, Move.When when) {
    draft.forgetWhatWasAsked();
    if (when instanceof Move.On on) {
      return draft.event() != null
          && on.types().contains(draft.event().type())
          && on.condition().holds(draft);
    }
    return when instanceof Move.Whenever whenever
        && draft.in(whenever.segment())
        && draft.definitions.segments().get(whenever.segment()).condition().holds(draft);
  }

  private static Transition take(Draft draft, Move move, Cause cause, List<String> evidence) {
    StageModel model = draft.definitions.stages();
    long at = draft.now();
    int cycle = move.newCycle() || draft.cycle == 0 ? draft.cycle + 1 : draft.cycle;
    Transition transition =
        new Transition(
            draft.key,
            draft.stage,
            move.to(),
            cycle,
            at,
            draft.stageSince,
            move.cause(),
            evidence,
            model.id() + "@" + model.version(),
            false);
    boolean returned = cycle != draft.cycle && draft.cycle > 0;
    if (cycle != draft.cycle) {
      draft.cycleSince = at;
    }
    draft.cycle = cycle;
    draft.stage = move.to();
    draft.stageSince = at;
    draft.stageCause = cause;
    draft.effects.transitions().add(transition);
    observe(draft, transition, model);
    if (returned) {
      List<Observation> observations = draft.effects.observations();
      observations.add(Observation.one(Metrics.RETURNS, "cycle", String.valueOf(cycle), at));
      observations.add(Observation.one(Metrics.RETURNS, "cause", move.cause(), at));
    }
    return transition;
  }

  private static void observe(Draft draft, Transition moved, StageModel model) {
    List<Observation> observations = draft.effects.observations();
    String from = moved.from() == null ? "" : moved.from();
    observations.add(
        Observation.one(Metrics.TRANSITIONS, "from>to", from + ">" + moved.to(), moved.at()));
    observations.add(Observation.one(Metrics.POPULATION, "stage", moved.to(), moved.at()));
    if (moved.from() != null) {
      observations.add(Observation.one(Metrics.POPULATION, "stage", from, moved.at()).withdrawn());
      observations.add(
          Observation.of(Metrics.DWELL, "stage", from, moved.at(), moved.at() - moved.since()));
      if (model.isAdvance(from, moved.to())) {
        long took = moved.at() - draft.cycleSince;
        observations.add(Observation.one(Metrics.ADVANCES, "stage", from, moved.at()));
        observations.add(
            Observation.of(Metrics.TIME_TO_STAGE, "stage", moved.to(), moved.at(), took));
      }
      if (moved.to().equals(model.lost())) {
        observations.add(Observation.one(Metrics.LAPSES, "stage", from, moved.at()));
        observations.add(Observation.one(Metrics.LAPSES, "cause", moved.cause(), moved.at()));
      }
      if (model.isLoss(moved.from(), moved.to())) {
        observations.add(Observation.one(Metrics.CUSTOMERS_LOST, "stage", from, moved.at()));
        observations.add(
            Observation.one(Metrics.CUSTOMERS_LOST, "cause", moved.cause(), moved.at()));
      }
    }
  }
}
