package io.lifestage.definition;

import io.lifestage.decision.Definitions;
import io.lifestage.journey.Exit;
import io.lifestage.journey.Guards;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Step;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that journeys can answer with: what no journey says, nobody can expect. */
final class Answers {
  /** What conversions are compared by; the reasons of the outcome {@code converted}. */
  private static final List<String> GROUPS = List.of("treated", "held_out");

  /** Where a run can stand that stands in no step. */
  private static final List<String> BESIDE_STEPS = List.of("waiting-to-begin", "goal", "end");

  private final Guards guards;
  private final Collection<Journey> journeys;
  private final List<Step.Emit> emits;

  /**
   * Of some journeys.
   *
   * @param ids their names; empty for all
   */
  Answers(Definitions definitions, Set<String> ids) {
    this.guards = definitions.guards();
    this.journeys =
        definitions.journeys().values().stream()
            .filter(journey -> ids.isEmpty() || ids.contains(journey.id()))
            .toList();
    this.emits =
        journeys.stream()
            .flatMap(journey -> journey.steps().stream())
            .filter(Step.Emit.class::isInstance)
            .map(Step.Emit.class::cast)
            .toList();
  }

  Set<String> kinds() {
    return of(Step.Emit::kind);
  }

  Set<String> templates() {
    return of(emit -> emit.address().template());
  }

  Set<String> channels() {
    return of(emit -> emit.address().channel());
  }

  /** The names under which triggers carry something. */
  Set<String> data() {
    Set<String> names = new TreeSet<>();
    for (Step.Emit emit : emits) {
      names.addAll(emit.content().attributes());
      names.addAll(emit.content().values().keySet());
      names.addAll(emit.content().constants().keySet());
    }
    return names;
  }

  Set<String> steps() {
    Set<String> names = new TreeSet<>(BESIDE_STEPS);
    journeys.forEach(journey -> journey.steps().forEach(step -> names.add(step.id())));
    return names;
  }

  /** The engine's reasons, and those that journeys and guards bring. */
  Set<String> reasons() {
    Set<String> reasons = new TreeSet<>(Reason.all());
    reasons.addAll(GROUPS);
    journeys.stream()
        .flatMap(journey -> journey.exits().stream())
        .map(Exit::reason)
        .forEach(reasons::add);
    emits.stream()
        .flatMap(emit -> emit.requirements().stream())
        .map(Step.Requirement::reason)
        .forEach(reasons::add);
    guards.pauses().stream().map(Guards.Pause::reason).forEach(reasons::add);
    return reasons;
  }

  private Set<String> of(Function<Step.Emit, String> word) {
    return emits.stream().map(word).collect(Collectors.toCollection(TreeSet::new));
  }
}
