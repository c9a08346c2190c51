package io.lifestage.console;

import io.lifestage.metric.MetricDefinition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RatioDefinition;
import io.lifestage.metric.Ratios;
import io.lifestage.metric.RollingWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every metric by its definition: one that is defined tomorrow appears here of itself. */
final class MetricsView {
  private MetricsView() {}

  static Map<String, Object> of(Board board, RollingWindow window) {
    MetricBook book = board.metrics;
    List<Map<String, Object>> rows = new ArrayList<>();
    for (MetricDefinition definition : Metrics.definitions()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("metric", definition.name());
      row.put("title", definition.title());
      row.put("area", definition.area().title());
      row.put("help", definition.help());
      row.put("formula", definition.formula());
      row.put("unit", definition.unit());
      row.put("sum_unit", definition.sumUnit());
      row.put("kind", definition.kind().name().toLowerCase(Locale.ROOT));
      values(book, definition.name(), window, row);
      rows.add(row);
    }
    for (String name : book.undefined()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("metric", name);
      row.put("help", "Written by a later release.");
      values(book, name, window, row);
      rows.add(row);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("metrics", rows);
    map.put(
        "ratios", Ratios.definitions().stream().map(ratio -> ratio(book, ratio, window)).toList());
    map.put("beyond_bound", book.beyondBound());
    return map;
  }

  private static Map<String, Object> ratio(
      MetricBook book, RatioDefinition definition, RollingWindow window) {
    Map<String, Object> row = Numbers.ratio(book, definition, window);
    row.put("ratio", definition.name());
    row.put("title", definition.title());
    row.put("area", definition.area().title());
    row.put("help", definition.help());
    row.put("formula", definition.formula());
    row.put("unit", definition.unit());
    row.put("dimension", definition.dimension());
    row.put("split", Numbers.ratios(book, definition, window));
    return row;
  }

  private static void values(
      MetricBook book, String metric, RollingWindow window, Map<String, Object> row) {
    Numbers.sums(row, book.total(metric, window), book.totalBefore(metric, window));
    Map<String, Object> splits = new LinkedHashMap<>();
    for (String dimension : book.dimensions(metric)) {
      splits.put(dimension, Numbers.split(book, metric, dimension, window));
    }
    row.put("splits", splits);
  }
}
