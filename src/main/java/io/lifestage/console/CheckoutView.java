package io.lifestage.console;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RatioDefinition;
import io.lifestage.metric.Ratios;
import io.lifestage.metric.RollingWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well buying goes: the checkout step by step, payments, what is left behind, money. */
final class CheckoutView {
  private static final String STEP = "step";

  /** The engine's own names of where a checkout begins and ends; steps between are the shop's. */
  private static final String STARTED = "started";

  private static final List<String> ENDS = List.of("placed", "paid");

  private final MetricBook book;
  private final RollingWindow window;

  private CheckoutView(MetricBook book, RollingWindow window) {
    this.book = book;
    this.window = window;
  }

  static Map<String, Object> of(Board board, RollingWindow window) {
    CheckoutView view = new CheckoutView(board.metrics, window);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("funnel", view.funnel());
    map.put("abandoned", Numbers.split(view.book, Metrics.ABANDONED, "what", window));
    map.put("payments", view.payments());
    map.put("revenue", Numbers.split(view.book, Metrics.REVENUE, "currency", window));
    map.put("refunds", Numbers.split(view.book, Metrics.REFUNDS, "currency", window));
    map.put("cancellations", view.total(Metrics.CANCELLATIONS));
    map.put(
        "alerts", board.alarms.ranked(50).stream().map(alert -> (Object) alert.fields()).toList());
    map.put("alerts_open", board.alarms.open());
    map.put("course", view.course());
    return map;
  }

  private List<Map<String, Object>> funnel() {
    List<Map<String, Object>> rows = new ArrayList<>();
    Value first = step(STARTED);
    Value previous = null;
    for (String label : steps()) {
      Value now = step(label);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("step", label);
      Numbers.counts(row, now, book.before(Metrics.CHECKOUT_STEP, STEP, label, window));
      row.put("of_started", Numbers.share(now.count(), first.count()));
      row.put(
          "of_previous", previous == null ? null : Numbers.share(now.count(), previous.count()));
      rows.add(row);
      previous = now;
    }
    return rows;
  }

  /**
   * Those between in the order in which fewer and fewer reach them: by the day, and as long as that
   * says nothing by the hour.
   */
  private List<String> steps() {
    List<String> seen = book.labels(Metrics.CHECKOUT_STEP, STEP);
    List<String> steps = new ArrayList<>(seen);
    steps.remove(STARTED);
    steps.removeAll(ENDS);
    steps.removeIf(String::isEmpty);
    steps.sort(
        Comparator.comparingLong((String label) -> -step(label, RollingWindow.DAY).count())
            .thenComparingLong(label -> -step(label, RollingWindow.HOUR).count())
            .thenComparing(Comparator.naturalOrder()));
    if (seen.contains(STARTED)) {
      steps.add(0, STARTED);
    }
    ENDS.stream().filter(seen::contains).forEach(steps::add);
    return steps;
  }

  private Value step(String label) {
    return step(label, window);
  }

  private Value step(String label, RollingWindow over) {
    return book.value(Metrics.CHECKOUT_STEP, STEP, label, over);
  }

  /** Failed ones by method, and their share of all that were tried. */
  private Map<String, Object> payments() {
    Value failed = book.total(Metrics.PAYMENT_FAILED, window);
    Value failedBefore = book.totalBefore(Metrics.PAYMENT_FAILED, window);
    Value paid = book.total(Metrics.PAYMENT_SUCCEEDED, window);
    Map<String, Object> map = new LinkedHashMap<>();
    Numbers.counts(map, failed, failedBefore);
    map.put("paid", paid.count());
    RatioDefinition rate = Ratios.definition("payment_failure_rate");
    Map<String, Object> all = Numbers.ratio(book, rate, window);
    map.put("failure_rate", all.get("value"));
    map.put("failure_rate_before", all.get("before"));
    map.put("rate_by_method", Numbers.ratios(book, rate, window));
    map.put("by_method", Numbers.split(book, Metrics.PAYMENT_FAILED, "method", window));
    return map;
  }

  private Map<String, Object> total(String metric) {
    Map<String, Object> map = new LinkedHashMap<>();
    Numbers.counts(map, book.total(metric, window), book.totalBefore(metric, window));
    return map;
  }

  private Map<String, Object> course() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", Numbers.moments(book, window));
    map.put(
        "started",
        Numbers.course(book, Metrics.CHECKOUT_STEP, STEP, STARTED, window, Value::count));
    map.put(
        "paid",
        Numbers.course(book, Metrics.CHECKOUT_STEP, STEP, ENDS.get(1), window, Value::count));
    map.put("payment_failed", Numbers.course(book, Metrics.PAYMENT_FAILED, window, Value::count));
    return map;
  }
}
