package io.lifestage.console;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.metric.Lift;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RatioDefinition.Windows;
import io.lifestage.metric.RollingWindow;
import io.lifestage.wire.PrintedRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was sent and what was withheld, by journey and by reason, and the latest of it. */
final class TriggersView {
  private static final String JOURNEY = "journey";
  private static final int SHOWN = 60;

  private TriggersView() {}

  /**
   * @param outcome the kind of decisions to list, or null for all
   */
  static Map<String, Object> of(
      Board board, RollingWindow window, String outcome, Masking.Eye eye) {
    MetricBook book = board.metrics;
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("fired", total(book, Metrics.TRIGGERS_FIRED, window));
    map.put("suppressed", total(book, Metrics.TRIGGERS_SUPPRESSED, window));
    map.put("retracted", total(book, Metrics.TRIGGERS_RETRACTED, window));
    map.put("conversions", total(book, Metrics.CONVERSIONS, window));
    map.put("by_journey", byJourney(board, window));
    map.put("by_reason", Numbers.split(book, Metrics.TRIGGERS_SUPPRESSED, "reason", window));
    map.put(
        "feed",
        board.feed.latest(outcome, SHOWN).stream()
            .map(decision -> decision(decision, board.feed, eye))
            .toList());
    map.put("course", course(book, window));
    return map;
  }

  private static Map<String, Object> total(MetricBook book, String metric, RollingWindow window) {
    Map<String, Object> map = new LinkedHashMap<>();
    Numbers.counts(map, book.total(metric, window), book.totalBefore(metric, window));
    return map;
  }

  private static List<Map<String, Object>> byJourney(Board board, RollingWindow window) {
    MetricBook book = board.metrics;
    Set<String> journeys = new TreeSet<>(board.rules.definitions().journeys().keySet());
    journeys.addAll(book.labels(Metrics.TRIGGERS_FIRED, JOURNEY));
    journeys.addAll(book.labels(Metrics.TRIGGERS_SUPPRESSED, JOURNEY));
    return journeys.stream().map(journey -> journey(book, journey, window)).toList();
  }

  static Map<String, Object> journey(MetricBook book, String journey, RollingWindow window) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(JOURNEY, journey);
    put(map, "fired", book, Metrics.TRIGGERS_FIRED, journey, window);
    put(map, "suppressed", book, Metrics.TRIGGERS_SUPPRESSED, journey, window);
    put(map, "retracted", book, Metrics.TRIGGERS_RETRACTED, journey, window);
    put(map, "conversions", book, Metrics.CONVERSIONS, journey, window);
    map.put("lift", lift(book, journey, window));
    return map;
  }

  /** By all outcomes since the job began: in a window there are too few to tell. */
  private static Map<String, Object> lift(MetricBook book, String journey, RollingWindow window) {
    Windows windows = book.windows(window, book.now());
    Lift lift = windows == null ? null : Lift.of(windows, Metrics.GOAL_OUTCOMES_EVER, journey);
    if (lift == null) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("treated", lift.treated());
    map.put("held_out", lift.heldOut());
    map.put("difference", lift.difference());
    map.put("low", lift.low());
    map.put("high", lift.high());
    map.put("significant", lift.isSignificant());
    return map;
  }

  private static void put(
      Map<String, Object> map,
      String name,
      MetricBook book,
      String metric,
      String journey,
      RollingWindow window) {
    Value before = book.before(metric, JOURNEY, journey, window);
    map.put(name, book.value(metric, JOURNEY, journey, window).count());
    map.put(name + "_before", before == null ? null : before.count());
  }

  /** A decision with the trigger that it is about, as lists show it. */
  private static Map<String, Object> decision(PrintedRecord decision, Feed feed, Masking.Eye eye) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", decision.text("at"));
    map.put("outcome", decision.text("outcome"));
    map.put("reason", decision.text("reason"));
    map.put(JOURNEY, decision.text(JOURNEY));
    map.put("journey_version", decision.number("journey_version"));
    map.put("customer", eye.customer(String.valueOf(decision.text("customer"))));
    map.put("instance_key", eye.id(decision.text("instance_key")));
    map.put("step", decision.text("step"));
    map.put("stage", decision.text("stage"));
    map.put("trigger_id", decision.text("trigger_id"));
    PrintedRecord trigger = feed.trigger(decision.text("trigger_id"));
    if (trigger != null) {
      map.put("channel", trigger.text("channel"));
      map.put("template", trigger.text("template"));
      map.put("status", trigger.text("status"));
    }
    map.put(
        "stopped_by",
        decision.records("verdicts").stream()
            .filter(verdict -> !verdict.flag("passed"))
            .map(verdict -> verdict.text("guard"))
            .toList());
    return map;
  }

  private static Map<String, Object> course(MetricBook book, RollingWindow window) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", Numbers.moments(book, window));
    map.put("fired", Numbers.course(book, Metrics.TRIGGERS_FIRED, window, Value::count));
    map.put("suppressed", Numbers.course(book, Metrics.TRIGGERS_SUPPRESSED, window, Value::count));
    return map;
  }
}
