package io.lifestage.metric;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a share, a rate or a mean means: which windows are added up and divided by which. It is
 * never stored: whoever shows it reads windows of the same length with the same end and lets this
 * divide them, so that nobody divides anything else.
 *
 * @param name lower case with underscores; no metric is called so
 * @param title what people call it
 * @param area where in the customer lifecycle it says something
 * @param unit of the quotient: {@code share}, or the unit of a mean
 * @param dimension what splits it; empty where there is one number
 * @param above what is divided; added up
 * @param below what it is divided by; added up
 * @param help one sentence for the reader of a chart
 */
public record RatioDefinition(
    String name,
    String title,
    MetricDefinition.Area area,
    String unit,
    String dimension,
    List<Part> above,
    List<Part> below,
    String help) {

  /** Which number of a window. */
  public enum Figure {
    COUNT,
    SUM,
    /** An estimate of how many different customers; those of several labels do not add up. */
    DISTINCT
  }

  /** Which labels of the dimension. */
  public enum Choice {
    /** The one that is asked for; all of them where the ratio is asked for over all. */
    ASKED,
    /** All of them. */
    ALL,
    /** The one that is named. */
    NAMED
  }

  /**
   * Windows of one metric.
   *
   * @param dimension of the metric; empty for its total
   * @param label the one that is named, else empty
   */
  public record Part(String metric, Figure figure, String dimension, Choice choice, String label) {
    static Part each(String metric, String dimension) {
      return new Part(metric, Figure.COUNT, dimension, Choice.ASKED, "");
    }

    static Part named(String metric, String dimension, String label) {
      return new Part(metric, Figure.COUNT, dimension, Choice.NAMED, label);
    }

    static Part all(String metric, String dimension) {
      return new Part(metric, Figure.COUNT, dimension, Choice.ALL, "");
    }

    static Part total(String metric) {
      return new Part(metric, Figure.COUNT, "", Choice.NAMED, "");
    }

    Part sum() {
      return new Part(metric, Figure.SUM, dimension, choice, label);
    }

    Part distinct() {
      return new Part(metric, Figure.DISTINCT, dimension, choice, label);
    }

    /** As people read it: metric, figure, labels. */
    @Override
    public String toString() {
      String which =
          switch (choice) {
            case ASKED -> "{" + dimension + "}";
            case ALL -> "{every " + dimension + "}";
            case NAMED -> dimension.isEmpty() ? "" : "{" + dimension + "=" + label + "}";
          };
      return metric
          + which
          + (figure == Figure.COUNT ? "" : "." + figure.name().toLowerCase(Locale.ROOT));
    }
  }

  /** The windows of one length and end, as somebody has read them. */
  public interface Windows {
    /** The labels that are known of a metric's dimension. */
    Iterable<String> labels(String metric, String dimension);

    /** The figure, 0 where there is no window. */
    long figure(String metric, String dimension, String label, Figure figure);
  }

  /** Checks that nothing is missing. */
  public RatioDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(area, "area");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(help, "help");
    above = List.copyOf(above);
    below = List.copyOf(below);
  }

  /** For one label of the dimension; empty where there is nothing to divide by. */
  public OptionalDouble of(Windows windows, String label) {
    return divide(windows, label);
  }

  /** Over all labels together; empty where there is nothing to divide by. */
  public OptionalDouble overAll(Windows windows) {
    return divide(windows, null);
  }

  private OptionalDouble divide(Windows windows, String label) {
    long divisor = add(below, windows, label);
    return divisor <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) add(above, windows, label) / divisor);
  }

  /**
   * Adds parts up.
   *
   * @param label the one asked for, or null for all
   */
  private static long add(List<Part> parts, Windows windows, String label) {
    long sum = 0;
    for (Part part : parts) {
      boolean one = part.choice == Choice.NAMED || (part.choice == Choice.ASKED && label != null);
      if (one) {
        String which = part.choice == Choice.NAMED ? part.label : label;
        sum += windows.figure(part.metric, part.dimension, which, part.figure);
      } else {
        for (String each : windows.labels(part.metric, part.dimension)) {
          sum += windows.figure(part.metric, part.dimension, each, part.figure);
        }
      }
    }
    return sum;
  }

  /** The division as people read it. */
  public String formula() {
    return side(above) + " / " + side(below);
  }

  private static String side(List<Part> parts) {
    List<String> texts = parts.stream().map(Part::toString).toList();
    return texts.size() == 1 ? texts.get(0) : "(" + String.join(" + ", texts) + ")";
  }
}
