package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Step;
import java.util.Comparator;
import java.util.List;

/** The best of the triggers that are due together: it alone is sent. */
final class Arbitration {
  private Arbitration() {}

  /** Whether a trigger has to stand back for a better one, and to keep the guards of marketing. */
  static boolean contends(Journey journey, Step.Emit emit) {
    return !journey.service() && emit.address().audience() == Step.Audience.CUSTOMER;
  }

  static boolean isContender(Draft draft, Instance run) {
    Journey journey = run.step() < 0 ? null : draft.definitions.journey(run);
    return journey != null
        && journey.steps().get(run.step()) instanceof Step.Emit emit
        && contends(journey, emit);
  }

  static long choosingAt(Draft draft) {
    if (draft.choosesAt < draft.now() || draft.choosesAt == 0) {
      draft.choosesAt = Deadlines.after(draft.now(), draft.definitions.guards().arbitration());
    }
    return draft.choosesAt;
  }

  /**
   * Decides on all triggers that have waited for each other: the best first, and it alone is sent.
   */
  static void choose(Draft draft) {
    List<Instance> contenders =
        draft.running.values().stream()
            .filter(run -> run.wakeAt() <= draft.now() && isContender(draft, run))
            .sorted(bestFirst(draft))
            .toList();
    if (draft.choosesAt <= draft.now()) {
      draft.choosesAt = 0;
    }
    Journey winner = null;
    for (Instance run : contenders) {
      Journey journey = draft.definitions.journey(run);
      Step.Emit emit = (Step.Emit) journey.steps().get(run.step());
      draft.speakOf(run.context());
      Emission.Verdicts said = Emission.decide(draft, journey, run, emit, winner);
      Instance told = Ways.told(run);
      if (said.heldUntil() > 0) {
        Register.keep(
            draft,
            Register.nameOf(run),
            told.waiting(run.step(), run.stepSince(), said.heldUntil()));
        continue;
      }
      if (said.fired() && draft.definitions.guards().arbitration().toMillis() > 0) {
        winner = journey;
      }
      Goals.pursueGoal(draft, journey, told, said);
      Walk.proceed(draft, journey, told, run.step() + 1, true);
    }
  }

  /** The greatest priority, then the greatest offer, then who has waited longest. */
  private static Comparator<Instance> bestFirst(Draft draft) {
    return Comparator.<Instance>comparingInt(run -> -worth(draft, run).priority())
        .thenComparingLong(run -> -worth(draft, run).offerValue())
        .thenComparingLong(Instance::enteredAt)
        .thenComparing(Instance::journey)
        .thenComparing(Instance::key);
  }

  private static Step.Worth worth(Draft draft, Instance run) {
    Journey journey = draft.definitions.journey(run);
    return ((Step.Emit) journey.steps().get(run.step())).worth();
  }
}
