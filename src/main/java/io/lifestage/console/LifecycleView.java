package io.lifestage.console;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.metric.MetricDefinition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RollingWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lifecycle: how many are where, who moves, who is lost, and what is different from before. */
final class LifecycleView {
  private static final String MOVE = "from>to";
  private static final String STAGE = "stage";

  /** Smaller changes than this, in standard deviations, are what chance does. */
  private static final double REMARKABLE = 2.5;

  /** And smaller ones than this share are of no interest, however sure they are. */
  private static final double WORTH_A_LOOK = 1.0 / 6;

  private static final int CHANGES = 8;

  private final Board board;
  private final MetricBook book;
  private final StageModel model;
  private final RollingWindow window;

  private LifecycleView(Board board, RollingWindow window) {
    this.board = board;
    this.book = board.metrics;
    this.model = board.rules.stages();
    this.window = window;
  }

  static Map<String, Object> of(Board board, RollingWindow window) {
    return new LifecycleView(board, window).asMap();
  }

  /** A move between two stages; the first from none. */
  private record Flow(String from, String to, Value now, Value before) {
    long earlier() {
      return before == null ? 0 : before.count();
    }
  }

  private Map<String, Object> asMap() {
    List<Flow> flows = flows();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", model.id() + "@" + model.version());
    map.put("customers", board.people.size());
    map.put("without_stage", board.people.in(""));
    map.put("lost", lost());
    map.put("stages", stageNames().stream().map(stage -> stage(stage, flows)).toList());
    map.put("flows", flows.stream().map(this::flow).toList());
    map.put("drop_offs", dropOffs(flows));
    map.put("changes", changes());
    map.put("course", course());
    return map;
  }

  /** Those of the model, then any other that somebody is in: a model may have changed. */
  private List<String> stageNames() {
    List<String> names = new ArrayList<>(model.stages());
    board.people.stages().stream()
        .filter(stage -> !names.contains(stage) && board.people.in(stage) > 0)
        .forEach(names::add);
    return names;
  }

  private List<Flow> flows() {
    List<Flow> flows = new ArrayList<>();
    for (String label : book.labels(Metrics.TRANSITIONS, MOVE)) {
      int arrow = label.indexOf('>');
      if (arrow >= 0) {
        Value now = book.value(Metrics.TRANSITIONS, MOVE, label, window);
        Value before = book.before(Metrics.TRANSITIONS, MOVE, label, window);
        if (now.count() != 0 || (before != null && before.count() != 0)) {
          flows.add(new Flow(label.substring(0, arrow), label.substring(arrow + 1), now, before));
        }
      }
    }
    flows.sort(Comparator.comparingLong(flow -> -flow.now().count()));
    return flows;
  }

  private String kind(Flow flow) {
    if (flow.from().isEmpty()) {
      return "first";
    }
    if (flow.from().equals(model.lost())) {
      return "return";
    }
    return model.isLoss(flow.from(), flow.to()) ? "loss" : "advance";
  }

  private Map<String, Object> flow(Flow flow) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", flow.from());
    map.put("to", flow.to());
    map.put("kind", kind(flow));
    Numbers.counts(map, flow.now(), flow.before());
    return map;
  }

  private Map<String, Object> stage(String stage, List<Flow> flows) {
    long entered = 0;
    long left = 0;
    long lost = 0;
    for (Flow flow : flows) {
      entered += flow.to().equals(stage) ? flow.now().count() : 0;
      if (flow.from().equals(stage)) {
        left += flow.now().count();
        lost += kind(flow).equals("loss") ? flow.now().count() : 0;
      }
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stage", stage);
    map.put("is_lost", stage.equals(model.lost()));
    map.put("population", board.people.in(stage));
    map.put("population_before", populationBefore(stage));
    map.put("entered", entered);
    map.put("left", left);
    map.put("went_on", left - lost);
    map.put("lost", lost);
    map.put("conversion", Numbers.share(left - lost, left));
    Value stays = book.value(Metrics.DWELL, STAGE, stage, window);
    map.put("dwell_count", stays.count());
    map.put("dwell_median_ms", stays.estimates().p50());
    map.put("dwell_p90_ms", stays.estimates().p90());
    return map;
  }

  /** By the engine's own count, so that it and the flows are of one moment. */
  private Long populationBefore(String stage) {
    Value now = book.value(Metrics.POPULATION, STAGE, stage, RollingWindow.NOW);
    Value before =
        book.at(Metrics.POPULATION, STAGE, stage, RollingWindow.NOW, book.now() - window.length());
    return before == null ? null : board.people.in(stage) - (now.count() - before.count());
  }

  private Map<String, Object> lost() {
    Map<String, Object> map = new LinkedHashMap<>();
    Numbers.counts(
        map,
        book.total(Metrics.CUSTOMERS_LOST, window),
        book.totalBefore(Metrics.CUSTOMERS_LOST, window));
    map.put("by_stage", Numbers.split(book, Metrics.CUSTOMERS_LOST, STAGE, window));
    map.put("by_cause", Numbers.split(book, Metrics.CUSTOMERS_LOST, "cause", window));
    return map;
  }

  /** Where customers are lost: the most first. */
  private List<Map<String, Object>> dropOffs(List<Flow> flows) {
    return flows.stream()
        .filter(flow -> kind(flow).equals("loss"))
        .map(
            flow -> {
              long left =
                  flows.stream()
                      .filter(other -> other.from().equals(flow.from()))
                      .mapToLong(other -> other.now().count())
                      .sum();
              long leftBefore =
                  flows.stream()
                      .filter(other -> other.from().equals(flow.from()))
                      .mapToLong(Flow::earlier)
                      .sum();
              Map<String, Object> map = flow(flow);
              map.put("share", Numbers.share(flow.now().count(), left));
              map.put(
                  "share_before",
                  flow.before() == null ? null : Numbers.share(flow.earlier(), leftBefore));
              return map;
            })
        .toList();
  }

  /** What chance does not explain, the most surprising first. */
  private List<Map<String, Object>> changes() {
    List<Map<String, Object>> changes = new ArrayList<>();
    // The same fact is counted by several metrics: it is told once.
    Set<List<Long>> told = new HashSet<>();
    for (MetricDefinition definition : Metrics.definitions()) {
      if (definition.kind() != MetricDefinition.Kind.FLOW) {
        continue;
      }
      for (String dimension : definition.dimensions()) {
        for (String label : book.labels(definition.name(), dimension)) {
          Value now = book.value(definition.name(), dimension, label, window);
          Value before = book.before(definition.name(), dimension, label, window);
          double surprise = before == null ? 0 : Numbers.surprise(now.count(), before.count());
          if (Math.abs(surprise) >= REMARKABLE
              && isLarge(now, before)
              && told.add(List.of(now.count(), before.count()))) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("metric", definition.name());
            map.put("help", definition.help());
            map.put("unit", definition.unit());
            map.put("dimension", dimension);
            map.put("label", label);
            Numbers.counts(map, now, before);
            map.put("surprise", surprise);
            changes.add(map);
          }
        }
      }
    }
    changes.sort(Comparator.comparingDouble(change -> -Math.abs((double) change.get("surprise"))));
    return changes.subList(0, Math.min(CHANGES, changes.size()));
  }

  private static boolean isLarge(Value now, Value before) {
    return Math.abs(now.count() - before.count()) >= WORTH_A_LOOK * before.count();
  }

  private Map<String, Object> course() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", Numbers.moments(book, window));
    map.put("lost", Numbers.course(book, Metrics.CUSTOMERS_LOST, window, Value::count));
    map.put("moves", Numbers.course(book, Metrics.TRANSITIONS, window, Value::count));
    return map;
  }
}
