package io.lifestage.console;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.metric.Estimates;
import io.lifestage.metric.MetricDefinition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RollingWindow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The metrics for Prometheus, in its text format: each by its definition, under {@code lifestage_}
 * and its name, and how the console itself is doing.
 */
final class PrometheusPage {
  private final StringBuilder page = new StringBuilder(1 << 16);
  private final Board board;

  private PrometheusPage(Board board) {
    this.board = board;
  }

  static String of(Board board) {
    PrometheusPage page = new PrometheusPage(board);
    Metrics.definitions().forEach(page::metric);
    page.people();
    page.console();
    return page.page.toString();
  }

  private void metric(MetricDefinition definition) {
    String name = "lifestage_" + definition.name();
    head(name, "%s Unit: %s.".formatted(definition.help(), definition.unit()));
    each(definition, (labels, value) -> line(name, labels, value.count()));
    if (!definition.sumUnit().isEmpty()) {
      head(name + "_sum", "%s Unit: %s.".formatted(definition.help(), definition.sumUnit()));
      each(definition, (labels, value) -> line(name + "_sum", labels, value.sum()));
    }
    if (definition.kind().isEstimated()) {
      estimates(definition);
    }
  }

  /** One series for each estimate, which is left out where there is none. */
  private void estimates(MetricDefinition definition) {
    Map<String, Function<Estimates, Long>> all =
        definition.kind() == MetricDefinition.Kind.DISTINCT
            ? Map.of("_distinct", Estimates::distinct)
            : new TreeMap<>(
                Map.of(
                    "_p50", Estimates::p50,
                    "_p90", Estimates::p90,
                    "_p95", Estimates::p95,
                    "_p99", Estimates::p99));
    all.forEach(
        (suffix, estimate) -> {
          String name = "lifestage_" + definition.name() + suffix;
          head(name, definition.help() + " Estimated.");
          each(
              definition,
              (labels, value) -> {
                Long estimated = estimate.apply(value.estimates());
                if (estimated != null) {
                  line(name, labels, estimated);
                }
              });
        });
  }

  private interface Line {
    void write(String labels, Value value);
  }

  private void each(MetricDefinition definition, Line line) {
    List<String> dimensions =
        definition.dimensions().isEmpty() ? List.of("") : definition.dimensions();
    for (RollingWindow window : RollingWindow.of(definition.kind())) {
      for (String dimension : dimensions) {
        for (String label : board.metrics.labels(definition.name(), dimension)) {
          String split =
              dimension.isEmpty()
                  ? ""
                  : "dimension=\"%s\",label=\"%s\",".formatted(escaped(dimension), escaped(label));
          line.write(
              split + "window=\"" + window.label() + "\"",
              board.metrics.value(definition.name(), dimension, label, window));
        }
      }
    }
  }

  private void people() {
    head("lifestage_customers", "Customers by the stage that their profile says.");
    board
        .people
        .stages()
        .forEach(
            stage ->
                line(
                    "lifestage_customers",
                    "stage=\"" + escaped(stage) + "\"",
                    board.people.in(stage)));
    head("lifestage_runs_waiting", "Runs of journeys that wait, by step.");
    board
        .people
        .waiting()
        .forEach(
            (where, count) ->
                line(
                    "lifestage_runs_waiting",
                    "journey=\"%s\",version=\"%d\",step=\"%s\""
                        .formatted(
                            escaped(where.journey()), where.version(), escaped(where.step())),
                    count));
  }

  private void console() {
    Health health = board.health;
    for (Map.Entry<String, Health.Part> part :
        Map.of("kafka", health.kafka, "registry", health.registry, "flink", health.flink)
            .entrySet()) {
      String name = "lifestage_console_" + part.getKey() + "_up";
      head(name, "Whether it answers the console.");
      line(name, "", part.getValue().isUp() ? 1 : 0);
    }
    head("lifestage_console_whole", "Whether all that was in the topics at the start is read.");
    line("lifestage_console_whole", "", health.isWhole() ? 1 : 0);
    head("lifestage_console_records", "Records read since the start.");
    line("lifestage_console_records", "", health.records());
  }

  private void head(String name, String help) {
    page.append("# HELP ").append(name).append(' ').append(help.replace("\\", "\\\\")).append('\n');
    page.append("# TYPE ").append(name).append(" gauge\n");
  }

  private void line(String name, String labels, long value) {
    page.append(name);
    if (!labels.isEmpty()) {
      page.append('{').append(labels).append('}');
    }
    page.append(' ').append(value).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
