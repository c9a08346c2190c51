package io.lifestage.console;

import io.lifestage.console.People.Where;
import io.lifestage.journey.Journey;
import io.lifestage.metric.RollingWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The journeys: their versions, and how many customers wait in which step. */
final class JourneysView {

  private JourneysView() {}

  static Map<String, Object> of(Board board, RollingWindow window) {
    Map<String, Map<Where, Long>> waiting = new TreeMap<>();
    board
        .people
        .waiting()
        .forEach(
            (where, count) ->
                waiting
                    .computeIfAbsent(where.journey(), any -> new LinkedHashMap<>())
                    .put(where, count));
    Map<String, Journey> defined = board.rules.definitions().journeys();
    Set<String> names = new TreeSet<>(defined.keySet());
    names.addAll(waiting.keySet());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(
        "journeys",
        names.stream()
            .map(
                name ->
                    journey(
                        board,
                        window,
                        name,
                        defined.get(name),
                        waiting.getOrDefault(name, Map.of())))
            .toList());
    map.put("refused", board.rules.refused());
    return map;
  }

  private static Map<String, Object> journey(
      Board board, RollingWindow window, String name, Journey journey, Map<Where, Long> waiting) {
    Map<String, Object> map = TriggersView.journey(board.metrics, name, window);
    map.put("version", journey == null ? null : journey.version());
    map.put(
        "status",
        journey == null ? "gone" : journey.terms().status().name().toLowerCase(Locale.ROOT));
    map.put("service", journey != null && journey.service());
    map.put("purpose", journey == null ? null : journey.terms().purpose());
    map.put("holdout_of_10000", journey == null ? 0 : journey.terms().holdout());
    map.put("has_goal", journey != null && journey.goal() != null);
    map.put("waiting", waiting.values().stream().mapToLong(Long::longValue).sum());
    map.put("steps", steps(journey, waiting));
    map.put("elsewhere", elsewhere(journey, waiting));
    return map;
  }

  /** The steps of the version in force, in their order, and who waits there. */
  private static List<Map<String, Object>> steps(Journey journey, Map<Where, Long> waiting) {
    List<Map<String, Object>> steps = new ArrayList<>();
    if (journey != null) {
      journey
          .steps()
          .forEach(
              step -> {
                Map<String, Object> map = new LinkedHashMap<>();
                map.put("step", step.id());
                map.put("does", step.getClass().getSimpleName().toLowerCase(Locale.ROOT));
                map.put(
                    "waiting",
                    waiting.getOrDefault(
                        new Where(journey.id(), journey.version(), step.id()), 0L));
                steps.add(map);
              });
    }
    return steps;
  }

  /**
   * Who waits in what is no step of it: before its beginning, for its goal, or in other versions.
   */
  private static List<Map<String, Object>> elsewhere(Journey journey, Map<Where, Long> waiting) {
    List<Map<String, Object>> rows = new ArrayList<>();
    waiting.forEach(
        (where, count) -> {
          boolean known =
              journey != null
                  && where.version() == journey.version()
                  && journey.stepNamed(where.step()) >= 0;
          if (!known) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("version", where.version());
            row.put("step", where.step());
            row.put("waiting", count);
            rows.add(row);
          }
        });
    return rows;
  }
}
