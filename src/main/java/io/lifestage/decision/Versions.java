package io.lifestage.decision;

import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.InFlight;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Status;
import io.lifestage.journey.Step;
import io.lifestage.lifecycle.Cause;
import java.util.List;

/** What another version of the definitions does to runs under way, and to those to come. */
final class Versions {
  private Versions() {}

  /**
   * Does it, at the moment of the change.
   *
   * @param before what held until then
   */
  static void takeOver(Draft draft, Definitions before) {
    for (Instance run : List.copyOf(draft.running.values())) {
      Journey newest = draft.definitions.journey(run.journey());
      if (newest == null || draft.definitions.journey(run) == null) {
        Register.end(draft, run, Outcome.EXITED, Reason.DEFINITION_GONE);
      } else if (newest.terms().status() == Status.ARCHIVED) {
        Register.end(draft, run, Outcome.EXITED, Reason.ARCHIVED);
      } else if (run.step() == Instance.BEFORE) {
        Unbegun.countAnew(draft, newest, run, before);
      } else if (newest.version() > run.version()
          && newest.terms().inFlight() instanceof InFlight.Migrate migrate) {
        migrate(draft, newest, run, before, migrate);
      }
    }
    for (Journey journey : draft.definitions.dated()) {
      String published = Publication.key("journey", journey.id(), journey.version());
      Unbegun.setDate(draft, journey, Cause.of(published));
    }
  }

  private static void migrate(
      Draft draft, Journey newest, Instance run, Definitions before, InFlight.Migrate mapping) {
    Journey old = before.journey(run);
    if (run.step() < 0 || old == null) {
      Register.keep(draft, Register.nameOf(run), run.migrated(newest.version(), run.step()));
      return;
    }
    String step = old.nameOfStep(run.step());
    int to = newest.stepNamed(mapping.steps().getOrDefault(step, step));
    if (to < 0) {
      Register.end(draft, run, Outcome.EXITED, Reason.NO_STEP_TO_GO_ON);
      return;
    }
    Step target = newest.steps().get(to);
    Instance moved = run.migrated(newest.version(), to);
    Register.decide(draft, moved, Outcome.MIGRATED, step, target.id(), 0, List.of());
    boolean waitsAlike = target.getClass() == old.steps().get(run.step()).getClass();
    if (waitsAlike && !(target instanceof Step.Branch || target instanceof Step.Split)) {
      Register.keep(draft, Register.nameOf(run), reckonedAnew(draft, Ways.told(moved), target));
    } else {
      Walk.proceed(draft, newest, Ways.told(moved), to);
    }
  }

  /** The run, waiting as the new version would have it wait since it reached the step. */
  private static Instance reckonedAnew(Draft draft, Instance run, Step step) {
    long wakeAt = run.wakeAt();
    if (step instanceof Step.Delay delay) {
      wakeAt = Deadlines.after(run.stepSince(), delay.duration());
    } else if (step instanceof Step.Hold hold) {
      wakeAt = Math.min(wakeAt, Deadlines.after(run.stepSince(), hold.atMost()));
    }
    return run.waiting(run.step(), run.stepSince(), Math.max(wakeAt, draft.now()));
  }
}
