package io.lifestage.metric;

import java.util.List;
import java.util.Objects;

/**
 * What a metric means: the one place from which the documentation, the Prometheus name and the
 * console's label come.
 *
 * @param name its name on the {@code metrics} topic, lower case with underscores
 * @param unit what the count counts
 * @param sumUnit the unit of the sum; empty where only the count means something
 * @param kind how observations become a value
 * @param dimensions what splits it, each on its own, never crossed; empty if only the total is kept
 * @param help one sentence for the reader of a chart
 */
public record MetricDefinition(
    String name, String unit, String sumUnit, Kind kind, List<String> dimensions, String help) {

  /** How observations become a value. */
  public enum Kind {
    /** Things that happen: added up over each rolling window, and forgotten when they leave it. */
    FLOW,
    /** A level known by its changes: the running total of all observations, which never decays. */
    TOTAL,
    /** A level that is read off: the reading with the latest time. */
    READING;

    /** Whether the value is one of the moment, written under the window {@code now}. */
    public boolean isLevel() {
      return this != FLOW;
    }
  }

  /** Checks that nothing is missing. */
  public MetricDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(sumUnit, "sumUnit");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(help, "help");
    dimensions = List.copyOf(dimensions);
  }

  /**
   * Name of the Prometheus series of the count, as Flink's reporter writes it: the scope of an
   * operator, {@code lifestage}, the dimension (also a Prometheus label, with the value), the name.
   * What Prometheus does not allow in a name becomes an underscore. The series of the sum ends in
   * {@code _sum}.
   */
  public String prometheusName(String dimension) {
    String split = dimension.isEmpty() ? "" : dimension.replaceAll("[^a-zA-Z0-9_]", "_") + "_";
    return "flink_taskmanager_job_task_operator_lifestage_" + split + name;
  }
}
