package io.lifestage.metric;

import java.util.List;
import java.util.Objects;

/**
 * What a metric means: the one place from which the documentation, the Prometheus name and the
 * console's label come.
 *
 * @param name its name on the {@code metrics} topic, lower case with underscores
 * @param title what people call it
 * @param area where in the customer lifecycle it says something
 * @param unit what the count counts
 * @param sumUnit the unit of the sum, and of quantiles; empty where only the count means something
 * @param kind how observations become a value
 * @param dimensions what splits it, each on its own, never crossed; empty if only the total is
 *     kept. The first counts everything, so that its labels add up to the total
 * @param formula what is counted, and when
 * @param help one sentence for the reader of a chart
 */
public record MetricDefinition(
    String name,
    String title,
    Area area,
    String unit,
    String sumUnit,
    Kind kind,
    List<String> dimensions,
    String formula,
    String help) {

  /** What Flink's reporter puts before the names of all metrics of ours: the operator's scope. */
  static final String OF_OPERATORS = "flink_taskmanager_job_task_operator_lifestage_";

  /** How observations become a value. */
  public enum Kind {
    /** Things that happen: added up over each rolling window, and forgotten when they leave it. */
    FLOW,
    /** A level known by its changes: the running total of all observations, which never decays. */
    TOTAL,
    /** A level that is read off: the reading with the latest time. */
    READING,
    /** A flow of quantities, of which quantiles are estimated beside the exact count and sum. */
    DISTRIBUTION,
    /**
     * A flow of customers, of whom the number of different ones is estimated beside the exact
     * number of times that they came.
     */
    DISTINCT;

    /** Whether the value is one of the moment, written under the window {@code now}. */
    public boolean isLevel() {
      return this == TOTAL || this == READING;
    }

    /** Whether sketches say something beside count and sum. */
    public boolean isEstimated() {
      return this == DISTRIBUTION || this == DISTINCT;
    }
  }

  /**
   * Where in the lifecycle of a customer, as marketing speaks of it, a metric says something: in
   * this order it is documented and shown. Not the stages of a model, which are data: a metric of
   * stages has them as a dimension, whatever they are called.
   */
  public enum Area {
    /** Where to look first when something goes wrong. */
    LOST("Customers lost"),
    AWARENESS("Awareness"),
    CONSIDERATION("Consideration"),
    PURCHASE("Purchase"),
    RETENTION("Retention"),
    LOYALTY("Loyalty"),
    /** The stages themselves. */
    STAGES("All stages"),
    /** What journeys do. */
    JOURNEYS("Journeys"),
    /** How the job is. */
    JOB("Job");

    private final String title;

    Area(String title) {
      this.title = title;
    }

    /** What people call it. */
    public String title() {
      return title;
    }
  }

  /** Checks that nothing is missing. */
  public MetricDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(area, "area");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(sumUnit, "sumUnit");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(formula, "formula");
    Objects.requireNonNull(help, "help");
    dimensions = List.copyOf(dimensions);
  }

  /**
   * Name of the Prometheus series of the count, as Flink's reporter writes it: the scope of an
   * operator, {@code lifestage}, the dimension (also a Prometheus label, with the value), the name.
   * What Prometheus does not allow in a name becomes an underscore. The series of the sum ends in
   * {@code _sum}; those of estimates, over the last five minutes, in {@code _distinct}, {@code
   * _p50}, {@code _p90}, {@code _p95} and {@code _p99}.
   */
  public String prometheusName(String dimension) {
    String split = dimension.isEmpty() ? "" : dimension.replaceAll("[^a-zA-Z0-9_]", "_") + "_";
    return OF_OPERATORS + split + name;
  }
}
