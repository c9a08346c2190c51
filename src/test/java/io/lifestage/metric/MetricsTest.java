package io.lifestage.metric;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void everyNameHasOneDefinition() {
    Set<String> names =
        Arrays.stream(Metrics.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .map(MetricsTest::value)
            .collect(toSet());

    assertThat(Metrics.definitions())
        .extracting(MetricDefinition::name)
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void whatStandsNowIsALevelAndTheRestFlows() {
    assertThat(Metrics.definitions().stream().filter(definition -> definition.kind().isLevel()))
        .extracting(MetricDefinition::name)
        .containsExactly(
            Metrics.QUESTIONS_WAITING, Metrics.POPULATION, Metrics.GOAL_OUTCOMES_EVER, Metrics.LAG);
    assertThat(Metrics.kind("not a metric")).isEqualTo(MetricDefinition.Kind.FLOW);
  }

  @Test
  void metricsAndRatiosAreDocumentedByArea() {
    List<MetricDefinition.Area> areas =
        Metrics.definitions().stream().map(MetricDefinition::area).toList();

    assertThat(areas).isSorted();
    assertThat(areas).contains(MetricDefinition.Area.values());
    assertThat(Ratios.definitions()).extracting(RatioDefinition::area).isSorted();
  }

  @Test
  void whatHasQuantilesHasAUnitForThem() {
    assertThat(Metrics.definitions())
        .filteredOn(one -> one.kind() == MetricDefinition.Kind.DISTRIBUTION)
        .isNotEmpty()
        .noneMatch(one -> one.sumUnit().isEmpty());
  }

  @Test
  void aLabelFromOutsideIsCutAtALengthThatEveryFormatHolds() {
    String smile = "\uD83D\uDE00";
    String label = "x".repeat(Observation.LABEL_LENGTH - 1) + smile;

    assertThat(Observation.one(Metrics.PAYMENT_FAILED, "method", label, 0).label())
        .isEqualTo("x".repeat(Observation.LABEL_LENGTH - 1));
    assertThat(Observation.one(Metrics.PAYMENT_FAILED, "method", "card", 0).label())
        .isEqualTo("card");
  }

  private static String value(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
