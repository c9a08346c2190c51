package io.lifestage.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured, round by round; what is compared lies next to each other in time. */
final class Comparison {
  private final List<Map<Variant, Measurement>> rounds = new ArrayList<>();

  /** In which order the variants run next: there and back again, so that no drift favours one. */
  List<Variant> order() {
    List<Variant> order = new ArrayList<>(List.of(Variant.values()));
    if (rounds.size() % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }

  /** Takes a whole round. */
  void add(Map<Variant, Measurement> round) {
    rounds.add(new EnumMap<>(round));
  }

  int rounds() {
    return rounds.size();
  }

  Spread of(Variant variant, ToDoubleFunction<Measurement> figure) {
    return Spread.of(
        rounds.stream().mapToDouble(round -> figure.applyAsDouble(round.get(variant))).toArray());
  }

  /** How fast a variant was as a share of the pass-through, within each round. */
  Spread efficiency(Variant variant) {
    return Spread.of(
        rounds.stream()
            .mapToDouble(
                round ->
                    round.get(variant).eventsPerSecond()
                        / round.get(Variant.PASS_THROUGH).eventsPerSecond())
            .toArray());
  }
}
