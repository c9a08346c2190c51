package io.lifestage.decision;

import static java.util.stream.Collectors.toCollection;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be said after a late event: what was wrongly said is taken back, what was missing
 * comes. What was said and is not taken back is then what should have been said, exactly; only a
 * trigger that stands is not said again where it would now go out at another moment of the past.
 */
final class Correction {
  private final Effects effects = Effects.collecting();
  private final List<Trigger> takenBack = new ArrayList<>();
  private final List<Decision> undone;
  private final Cause late;
  private final long now;

  /**
   * Compares.
   *
   * @param said what was emitted without the late event, and not taken back
   * @param right what should have been emitted with it
   * @param late the late event
   * @param now the decided time, epoch milliseconds
   */
  Correction(Effects said, Effects right, Cause late, long now) {
    this.late = late;
    this.now = now;
    without(said.transitions(), right.transitions()).stream()
        .map(Transition::takenBack)
        .forEach(effects.transitions()::add);
    effects.transitions().addAll(without(right.transitions(), said.transitions()));

    undone = without(said.decisions(), right.decisions());
    Set<Decision> told = triggers(said.triggers(), right.triggers());
    undone.stream()
        .filter(one -> !told.contains(one))
        .map(one -> one.takenBack(Outcome.RETRACTED, null, late, now))
        .forEach(effects.decisions()::add);
    effects.decisions().addAll(without(right.decisions(), said.decisions()));

    without(said.observations(), right.observations()).stream()
        .map(Observation::withdrawn)
        .forEach(effects.observations()::add);
    effects.observations().addAll(without(right.observations(), said.observations()));

    without(said.sales(), right.sales()).stream()
        .map(sale -> sale.opposite(now))
        .forEach(effects.sales()::add);
    effects.sales().addAll(without(right.sales(), said.sales()));
  }

  /** The decisions that were taken back together with their triggers. */
  private Set<Decision> triggers(List<Trigger> said, List<Trigger> right) {
    Map<String, Decision> fired = new HashMap<>();
    undone.stream()
        .filter(one -> one.outcome() == Outcome.FIRED)
        .forEach(one -> fired.put(one.triggerId(), one));
    Set<String> stands = ids(right);
    Set<Decision> told = new HashSet<>();
    for (Trigger trigger : said) {
      Decision sent = fired.get(trigger.id());
      if (!stands.contains(trigger.id()) && told.add(sent)) {
        takeBack(trigger, sent);
      }
    }
    Set<String> sent = ids(said);
    right.stream().filter(trigger -> !sent.contains(trigger.id())).forEach(effects.triggers()::add);
    return told;
  }

  private void takeBack(Trigger trigger, Decision fired) {
    Trigger gone = trigger.takenBack(now);
    boolean inTime = gone.status() == Trigger.Status.CANCELLED;
    effects.triggers().add(gone);
    effects
        .decisions()
        .add(fired.takenBack(inTime ? Outcome.CANCELLED : Outcome.RETRACTED, gone.id(), late, now));
    if (gone.wanted() == null) {
      effects
          .observations()
          .add(Observation.one(Metrics.TRIGGERS_RETRACTED, "journey", gone.journey(), now));
    }
    takenBack.add(trigger);
  }

  /** What has to be said. */
  Effects effects() {
    return effects;
  }

  /** The triggers that are taken back, as they were sent. */
  List<Trigger> takenBack() {
    return takenBack;
  }

  /** The decisions that are not so any more, as they were made. */
  List<Decision> undone() {
    return undone;
  }

  private static Set<String> ids(List<Trigger> triggers) {
    return triggers.stream().map(Trigger::id).collect(toCollection(HashSet::new));
  }

  /** The first list less the second, each element as often as it is more often there. */
  private static <T> List<T> without(List<T> from, List<T> less) {
    Map<T, Integer> there = new HashMap<>();
    less.forEach(one -> there.merge(one, 1, Integer::sum));
    List<T> left = new ArrayList<>();
    for (T one : from) {
      if (there.merge(one, -1, Integer::sum) < 0) {
        left.add(one);
      }
    }
    return left;
  }
}
