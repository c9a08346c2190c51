package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be said after a late event: what was wrongly said is taken back, what was missing
 * comes.
 */
final class Correction {
  /** What a closed choice and a cap have withheld stays withheld, though it would now go out. */
  private static final Set<String> FINAL = Set.of(Reason.OUTRANKED, Reason.CAP);

  private final Effects effects = Effects.collecting();
  private final Set<String> notSent = new HashSet<>();
  private final Set<String> newlySent = new HashSet<>();
  private final Set<String> takenBack = new HashSet<>();
  private final Cause late;

  /**
   * What in fact became of triggers that caps count. Deciding the recent events again without the
   * late one does not tell it, once another one came late before.
   *
   * @param neverSent ids of triggers that deciding again would send, but that were withheld: by an
   *     earlier correction, or by a cap because of what had been sent and then taken back
   * @param standing ids of triggers that were sent and not taken back
   */
  record Truth(Set<String> neverSent, Set<String> standing) {

    /** By what the customer's record says, where deciding again says something else. */
    static Truth of(Customer again, Customer stored) {
      Set<String> standing = standing(stored);
      Set<String> neverSent = standing(again);
      neverSent.removeAll(standing);
      return new Truth(neverSent, standing);
    }

    private static Set<String> standing(Customer customer) {
      return customer.sent().stream()
          .filter(sent -> !sent.takenBack())
          .map(Sent::trigger)
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  /**
   * @param said what was emitted without the late event
   * @param right what should have been emitted with it
   * @param truth what of it was in fact sent
   * @param late the late event
   * @param now the decided time, epoch milliseconds
   */
  Correction(Effects said, Effects right, Truth truth, Cause late, long now) {
    this.late = late;
    without(said.transitions(), right.transitions()).stream()
        .map(Transition::takenBack)
        .forEach(effects.transitions()::add);
    effects.transitions().addAll(without(right.transitions(), said.transitions()));

    Set<String> stands = ids(right.triggers());
    for (Trigger trigger : said.triggers()) {
      if (!stands.contains(trigger.id()) && !truth.neverSent().contains(trigger.id())) {
        takeBack(trigger.takenBack(now), now);
      }
    }
    Set<String> withheld =
        said.decisions().stream()
            .filter(d -> d.outcome() == Outcome.SUPPRESSED && FINAL.contains(d.reason()))
            .map(Decision::triggerId)
            .collect(Collectors.toCollection(HashSet::new));
    withheld.addAll(truth.neverSent());
    Set<String> sent = ids(said.triggers());
    sent.addAll(truth.standing());
    for (Trigger trigger : right.triggers()) {
      if (withheld.contains(trigger.id())) {
        notSent.add(trigger.id());
      } else if (!sent.contains(trigger.id())) {
        effects.triggers().add(trigger);
        newlySent.add(trigger.id());
      }
    }
    Set<Decision> known = new HashSet<>(said.decisions());
    right.decisions().stream()
        .filter(decision -> !known.contains(decision) && !notSent.contains(decision.triggerId()))
        .forEach(effects.decisions()::add);

    without(said.observations(), right.observations()).stream()
        .map(Observation::withdrawn)
        .forEach(effects.observations()::add);
    effects.observations().addAll(without(right.observations(), said.observations()));
  }

  /** What has to be said. */
  Effects effects() {
    return effects;
  }

  /**
   * What caps count from now on: what was spent stays spent, and what was not sent is not.
   *
   * @param stored what was in fact sent; the recent events alone do not tell it, once one of them
   *     came late
   */
  List<Sent> sent(Customer stored, Customer right) {
    List<Sent> sent = new ArrayList<>();
    for (Sent one : stored.sent()) {
      sent.add(takenBack.contains(one.trigger()) ? one.withdrawn() : one);
    }
    right.sent().stream()
        .filter(one -> newlySent.contains(one.trigger()) && !one.takenBack())
        .forEach(sent::add);
    sent.sort(Comparator.comparingLong(Sent::at));
    return List.copyOf(sent);
  }

  private void takeBack(Trigger gone, long now) {
    effects.triggers().add(gone);
    takenBack.add(gone.id());
    effects
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
                late.event(),
                0,
                List.of(),
                Stream.concat(gone.causes().stream(), Stream.of(late)).distinct().toList()));
    effects
        .observations()
        .add(Observation.one(Metrics.TRIGGERS_RETRACTED, "journey", gone.journey(), now));
  }

  private static Set<String> ids(List<Trigger> triggers) {
    return triggers.stream().map(Trigger::id).collect(Collectors.toCollection(HashSet::new));
  }

  /** The first list less the second, each element as often as it is more often there. */
  private static <T> List<T> without(List<T> from, List<T> less) {
    List<T> left = new ArrayList<>(from);
    less.forEach(left::remove);
    return left;
  }
}
