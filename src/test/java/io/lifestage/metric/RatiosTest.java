package io.lifestage.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.metric.RatioDefinition.Choice;
import io.lifestage.metric.RatioDefinition.Figure;
import io.lifestage.metric.RatioDefinition.Part;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RatiosTest {
  /** What was read of one window, by {@code metric/dimension/label/figure}. */
  private record Read(Map<String, Long> figures) implements RatioDefinition.Windows {
    @Override
    public Iterable<String> labels(String metric, String dimension) {
      String before = metric + "/" + dimension + "/";
      return figures.keySet().stream()
          .filter(name -> name.startsWith(before))
          .map(name -> name.substring(before.length(), name.lastIndexOf('/')))
          .distinct()
          .toList();
    }

    @Override
    public long figure(String metric, String dimension, String label, Figure figure) {
      return figures.getOrDefault(String.join("/", metric, dimension, label, figure.name()), 0L);
    }
  }

  private final Read read = new Read(new TreeMap<>());

  @Test
  void aRateIsTheFailuresAmongAllOfTheLabelOrOverAll() {
    count(Metrics.PAYMENT_FAILED, "method", "card", 1);
    count(Metrics.PAYMENT_FAILED, "method", "invoice", 3);
    count(Metrics.PAYMENT_SUCCEEDED, "method", "card", 4);
    RatioDefinition rate = Ratios.definition("payment_failure_rate");

    assertThat(rate.of(read, "card")).hasValue(0.2);
    assertThat(rate.of(read, "invoice")).hasValue(1);
    assertThat(rate.overAll(read)).hasValue(0.5);
    assertThat(rate.of(read, "cash")).isEmpty();
  }

  @Test
  void aShareOfANamedLabelIsAmongAllLabels() {
    count(Metrics.ORDERS_PAID, "order", "first", 3);
    count(Metrics.ORDERS_PAID, "order", "repeat", 1);

    assertThat(Ratios.definition("repeat_rate").overAll(read)).hasValue(0.25);
  }

  @Test
  void aMeanIsASumByItsCount() {
    count(Metrics.ORDER_VALUE, "currency", "EUR", 4);
    read.figures().put(Metrics.ORDER_VALUE + "/currency/EUR/SUM", 1_000L);

    assertThat(Ratios.definition("average_order_value").of(read, "EUR")).hasValue(250);
  }

  @Test
  void theConversionIsOfCustomersAndNotOfVisits() {
    read.figures().put(Metrics.BUYERS + "///DISTINCT", 5L);
    read.figures().put(Metrics.ACTIVE_CUSTOMERS + "///DISTINCT", 100L);
    count(Metrics.ACTIVE_CUSTOMERS, "", "", 700);

    assertThat(Ratios.definition("conversion").overAll(read)).hasValue(0.05);
  }

  @Test
  void theLiftOfAJourneyComparesItsTwoGroups() {
    count(Metrics.GOAL_OUTCOMES, Lift.TREATED, "a", 70);
    read.figures().put(Metrics.GOAL_OUTCOMES + "/treated/a/SUM", 56L);
    count(Metrics.GOAL_OUTCOMES, Lift.HELD_OUT, "a", 80);
    read.figures().put(Metrics.GOAL_OUTCOMES + "/held_out/a/SUM", 48L);

    assertThat(Lift.of(read, Metrics.GOAL_OUTCOMES, "a")).isEqualTo(Lift.of(56, 70, 48, 80));
    assertThat(Lift.of(read, Metrics.GOAL_OUTCOMES, "b")).isNull();
  }

  @Test
  void everyRatioIsOfMetricsAndDimensionsThatThereAre() {
    for (RatioDefinition ratio : Ratios.definitions()) {
      assertThat(Metrics.definition(ratio.name())).as("%s is no metric", ratio.name()).isNull();
      assertThat(wrong(ratio)).as(ratio.name()).isEmpty();
    }
    assertThat(Ratios.definitions()).extracting(RatioDefinition::name).doesNotHaveDuplicates();
  }

  @Test
  void aRatioOfSomethingElseWouldBeFound() {
    Part nothing = Part.each("nothing", "of");
    Part crossed = Part.each(Metrics.REVENUE, "method");
    Part uncountable = Part.each(Metrics.REVENUE, "currency").distinct();
    RatioDefinition ratio =
        new RatioDefinition(
            "r",
            "R",
            MetricDefinition.Area.JOB,
            "share",
            "currency",
            List.of(nothing, crossed),
            List.of(uncountable),
            "");

    assertThat(wrong(ratio)).containsExactly(nothing, crossed, uncountable);
  }

  private static List<Part> wrong(RatioDefinition ratio) {
    return Stream.concat(ratio.above().stream(), ratio.below().stream())
        .filter(part -> !fits(part, ratio))
        .toList();
  }

  private static boolean fits(Part part, RatioDefinition ratio) {
    MetricDefinition metric = Metrics.definition(part.metric());
    if (metric == null) {
      return false;
    }
    boolean split =
        part.dimension().isEmpty()
            ? metric.dimensions().isEmpty()
            : metric.dimensions().contains(part.dimension());
    boolean asked = part.choice() != Choice.ASKED || part.dimension().equals(ratio.dimension());
    boolean figure =
        switch (part.figure()) {
          case COUNT -> true;
          case SUM -> !metric.sumUnit().isEmpty();
          case DISTINCT ->
              metric.kind() == MetricDefinition.Kind.DISTINCT && part.choice() == Choice.NAMED;
        };
    return split && asked && figure;
  }

  private void count(String metric, String dimension, String label, long count) {
    read.figures().put(String.join("/", metric, dimension, label, "COUNT"), count);
  }
}
