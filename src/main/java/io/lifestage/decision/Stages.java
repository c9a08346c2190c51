package io.lifestage.decision;

import io.lifestage.lifecycle.Event;
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

  /** Takes the moves that the draft's event makes, one after the other. */
  static List<Transition> moveOn(Draft draft) {
    List<Transition> taken = new ArrayList<>();
    Set<String> visited = new HashSet<>();
    Move move = applicable(draft, visited);
    while (move != null) {
      List<String> evidence = draft.evidenceOfWhatWasAsked(draft.event().id(), EVIDENCE);
      taken.add(take(draft, move, draft.event().id(), evidence));
      visited.add(draft.stage);
      move = applicable(draft, visited);
    }
    return taken;
  }

  /** Takes a move that a deadline makes; the evidence is the event that it counts from. */
  static Transition moveOn(Draft draft, Move move, String since) {
    return take(draft, move, since, List.of(since));
  }

  private static Move applicable(Draft draft, Set<String> visited) {
    Event event = draft.event();
    for (Move move : draft.definitions.stages().moves()) {
      if (move.when() instanceof Move.On on
          && move.leaves(draft.stage)
          && !visited.contains(move.to())
          && on.types().contains(event.type())) {
        draft.forgetWhatWasAsked();
        if (on.condition().holds(draft)) {
          return move;
        }
      }
    }
    return null;
  }

  private static Transition take(Draft draft, Move move, String event, List<String> evidence) {
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
    if (cycle != draft.cycle) {
      draft.cycleSince = at;
    }
    draft.cycle = cycle;
    draft.stage = move.to();
    draft.stageSince = at;
    draft.stageEvent = event;
    draft.effects.transitions().add(transition);
    observe(draft, transition, model);
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
      if (model.isLoss(moved.from(), moved.to())) {
        observations.add(Observation.one(Metrics.CUSTOMERS_LOST, "stage", from, moved.at()));
        observations.add(
            Observation.one(Metrics.CUSTOMERS_LOST, "cause", moved.cause(), moved.at()));
      }
    }
  }
}
