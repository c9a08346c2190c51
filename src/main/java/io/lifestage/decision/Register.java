package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Verdict;
import io.lifestage.lifecycle.Cause;
import java.util.ArrayList;
import java.util.List;

/**
 * The runs that a customer has: how they are kept, and what is written where they begin and end.
 */
final class Register {
  /** Of a run that may stand beside others of its key. */
  static final String BESIDE = "beside";

  static final String GOAL = "|goal";

  static final String WAITING = "|waiting";

  private Register() {}

  /** The name under which the customer keeps the run. */
  static String nameOf(Instance run) {
    String name = Customer.run(run.journey(), run.key());
    if (run.context().containsKey(BESIDE)) {
      name = name + '|' + run.cause().event();
    }
    return switch (run.step()) {
      case Instance.BEFORE -> name + WAITING;
      case Instance.BEHIND -> name + GOAL;
      default -> name;
    };
  }

  /** Whether the run has not just ended to make room for another. */
  static boolean isUnderWay(Draft draft, Instance run) {
    return run.equals(draft.running.get(nameOf(run)));
  }

  static void keep(Draft draft, String name, Instance run) {
    if (!draft.running.containsKey(name) && draft.running.size() >= Bounds.RUNNING) {
      end(draft, draft.running.values().iterator().next(), Outcome.EXITED, Reason.TOO_MANY_RUNS);
    }
    draft.running = Bounds.put(draft.running, name, run, Bounds.RUNNING);
  }

  static void end(Draft draft, Instance run, Outcome outcome, String reason, Verdict... by) {
    draft.running = Bounds.remove(draft.running, nameOf(run));
    if (run.step() != Instance.BEFORE) {
      decide(draft, run, outcome, reason, List.of(by));
    }
  }

  static void decide(
      Draft draft, Instance run, Outcome outcome, String reason, List<Verdict> verdicts) {
    decide(draft, run, outcome, reason, null, 0, verdicts);
  }

  static void decide(
      Draft draft,
      Instance run,
      Outcome outcome,
      String reason,
      String step,
      long until,
      List<Verdict> verdicts) {
    List<Verdict> said = new ArrayList<>(Ways.of(run));
    said.addAll(verdicts);
    List<Cause> causes = new ArrayList<>(run.causes());
    if (draft.event() != null && !causes.contains(draft.event().cause())) {
      causes.add(draft.event().cause());
    }
    draft
        .effects
        .decisions()
        .add(
            new Decision(
                run.journey(),
                run.version(),
                draft.key,
                run.key(),
                outcome,
                reason,
                draft.now(),
                draft.stage,
                step,
                null,
                draft.decidedBy(),
                until,
                List.copyOf(said),
                List.copyOf(causes)));
  }
}
