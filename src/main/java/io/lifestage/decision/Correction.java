package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must be said after a late event: what was wrongly said is taken back, what was missing
 * comes.
 */
final class Correction {
  private Correction() {}

  /**
   * @param said what was emitted without the late event
   * @param right what should have been emitted with it
   * @param now the decided time, epoch milliseconds
   */
  static Effects between(Effects said, Effects right, long now) {
    Effects correction = Effects.collecting();
    without(said.transitions(), right.transitions()).stream()
        .map(Transition::takenBack)
        .forEach(correction.transitions()::add);
    correction.transitions().addAll(without(right.transitions(), said.transitions()));

    Set<String> stands = ids(right.triggers());
    for (Trigger trigger : said.triggers()) {
      if (!stands.contains(trigger.id())) {
        takeBack(correction, trigger.takenBack(now), now);
      }
    }
    Set<String> sent = ids(said.triggers());
    right.triggers().stream()
        .filter(trigger -> !sent.contains(trigger.id()))
        .forEach(correction.triggers()::add);

    Set<Decision> known = new HashSet<>(said.decisions());
    right.decisions().stream()
        .filter(decision -> !known.contains(decision))
        .forEach(correction.decisions()::add);

    without(said.observations(), right.observations()).stream()
        .map(Observation::withdrawn)
        .forEach(correction.observations()::add);
    correction.observations().addAll(without(right.observations(), said.observations()));
    return correction;
  }

  private static void takeBack(Effects correction, Trigger gone, long now) {
    correction.triggers().add(gone);
    correction
        .decisions()
        .add(
            new Decision(
                gone.journey(),
                gone.version(),
                gone.customer(),
                gone.instanceKey(),
                gone.status() == Trigger.Status.CANCELLED ? Outcome.CANCELLED : Outcome.RETRACTED,
                Reason.LATE_EVENT,
                now,
                gone.stage(),
                null,
                gone.id(),
                List.of(),
                gone.causes()));
    correction
        .observations()
        .add(Observation.one(Metrics.TRIGGERS_RETRACTED, "journey", gone.journey(), now));
  }

  private static Set<String> ids(List<Trigger> triggers) {
    return triggers.stream().map(Trigger::id).collect(Collectors.toSet());
  }

  /** The first list less the second, each element as often as it is more often there. */
  private static <T> List<T> without(List<T> from, List<T> less) {
    List<T> left = new ArrayList<>(from);
    less.forEach(left::remove);
    return left;
  }
}
