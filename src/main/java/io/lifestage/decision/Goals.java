package io.lifestage.decision;

import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.EventMatch;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Verdict;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.util.List;

/** What journeys are for, and whether it was reached. */
final class Goals {
  /** Whether the run got its triggers, or was held out: what its goal is compared by. */
  private static final String GROUP = "group";

  private Goals() {}

  /** Looks out for the goal from the first trigger on that was sent or held out. */
  static void pursueGoal(Draft draft, Journey journey, Instance run, Emission.Verdicts said) {
    String name = Register.nameOf(run) + Register.GOAL;
    if (journey.goal() == null || said.group() == null || draft.running.containsKey(name)) {
      return;
    }
    long until = Deadlines.after(draft.now(), journey.goal().within());
    Register.keep(
        draft,
        name,
        run.remembering(GROUP, said.group()).waiting(Instance.BEHIND, draft.now(), until));
  }

  static void pursue(Draft draft, Journey journey, Instance run) {
    draft.speakOf(run.context());
    EventMatch goal = journey.goal().events();
    if (Runs.matches(draft, journey, run, goal)) {
      String detail = Ways.detail(draft.event().type(), goal.condition().told(draft));
      Verdict verdict = new Verdict("goal", true, detail);
      Register.end(draft, run, Outcome.CONVERTED, run.context().get(GROUP), verdict);
      draft
          .effects
          .observations()
          .add(Observation.one(Metrics.CONVERSIONS, "journey", run.journey(), draft.now()));
      observe(draft, run, 1);
    }
  }

  /** The time for it is over. */
  static void miss(Draft draft, Instance run) {
    Register.end(draft, run, Outcome.EXITED, Reason.GOAL_MISSED);
    observe(draft, run, 0);
  }

  /** What became of it, beside the others of the run's group. */
  private static void observe(Draft draft, Instance run, long reached) {
    String group = run.context().get(GROUP);
    for (String metric : List.of(Metrics.GOAL_OUTCOMES, Metrics.GOAL_OUTCOMES_EVER)) {
      draft.observe(metric, "journey", run.journey(), reached);
      draft.observe(metric, group, run.journey(), reached);
    }
  }
}
