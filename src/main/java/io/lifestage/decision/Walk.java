package io.lifestage.decision;

import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Step;
import java.util.stream.Collectors;

/** The way of a run through the steps of its journey. */
final class Walk {
  private Walk() {}

  /** Does the steps from this one on, until one waits or there is none left. */
  static void proceed(Draft draft, Journey journey, Instance run, int from) {
    proceed(draft, journey, run, from, false);
  }

  /** The last trigger's decision is the run's end; a run that ends without one says so. */
  static void proceed(Draft draft, Journey journey, Instance begun, int from, boolean decided) {
    draft.speakOf(begun.context());
    Instance run = begun;
    boolean told = decided;
    int place = from;
    while (place < journey.steps().size()) {
      Step step = journey.steps().get(place);
      if (step instanceof Step.Delay delay) {
        long wakeAt = Deadlines.after(draft.now(), delay.duration());
        Register.keep(draft, Register.nameOf(run), run.waiting(place, draft.now(), wakeAt));
        return;
      } else if (step instanceof Step.Hold hold) {
        long wakeAt = Deadlines.after(draft.now(), hold.patience());
        Register.keep(draft, Register.nameOf(run), run.waiting(place, draft.now(), wakeAt));
        return;
      } else if (step instanceof Step.Branch branch) {
        int way = way(draft, branch);
        run = Ways.led(run, "branch", told(draft, branch, way));
        place = way < branch.arms().size() ? branch.arms().get(way).target() : branch.otherwise();
      } else if (step instanceof Step.Split split) {
        int lot = Lot.of(draft.key, journey.id(), split.id());
        Step.Share share = share(journey, split, lot);
        run = Ways.led(run, "split", "%s: %s: lot %d".formatted(split.id(), share.name(), lot));
        place = share.target();
      } else if (step instanceof Step.GoTo to) {
        place = to.target();
      } else if (step instanceof Step.Emit emit) {
        Instance here = run.waiting(place, draft.now(), draft.now());
        if (Arbitration.contends(journey, emit)) {
          Register.keep(
              draft,
              Register.nameOf(run),
              here.waiting(place, draft.now(), Arbitration.choosingAt(draft)));
          return;
        }
        Emission.Verdicts said = Emission.decide(draft, journey, here, emit, null);
        Goals.pursueGoal(draft, journey, Ways.told(here), said);
        run = Ways.told(run);
        told = true;
        place++;
      }
    }
    if (told) {
      draft.running = Bounds.remove(draft.running, Register.nameOf(run));
    } else {
      Register.end(draft, run, Outcome.EXITED, Reason.COMPLETED);
    }
  }

  /** The number of the arm whose condition holds first; as many as there are where none does. */
  private static int way(Draft draft, Step.Branch branch) {
    int way = 0;
    while (way < branch.arms().size() && !branch.arms().get(way).condition().holds(draft)) {
      way++;
    }
    return way;
  }

  /** Which way, by the values of the conditions that were asked. */
  private static String told(Draft draft, Step.Branch branch, int way) {
    int arms = branch.arms().size();
    String told =
        branch.arms().stream()
            .limit(way + 1L)
            .map(arm -> arm.condition().told(draft))
            .filter(values -> !values.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    String which = way < arms ? "way %d of %d".formatted(way + 1, arms) : "otherwise";
    return Ways.detail(branch.id() + ": " + which, told);
  }

  private static Step.Share share(Journey journey, Step.Split split, int lot) {
    for (Step.Share share : split.shares()) {
      if (lot < share.below()) {
        return share;
      }
    }
    throw new IllegalStateException(journey.versioned() + ": the shares of a split end early");
  }
}
