package io.lifestage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison = new Comparison();

  @Test
  void theEfficiencyIsTheMedianOfTheRatiosWithinRounds() {
    add(500, 1_000);
    add(90, 100);
    add(600, 1_000);

    assertThat(comparison.efficiency(Variant.JOB)).isEqualTo(new Spread(0.5, 0.6, 0.9));
    assertThat(comparison.efficiency(Variant.JOB).shown("%.2f")).isEqualTo("0.60 (0.50–0.90)");
  }

  @Test
  void everySecondRoundRunsBackwards() {
    List<Variant> there = comparison.order();
    add(1, 1);
    List<Variant> back = comparison.order();

    assertThat(there).containsExactly(Variant.values());
    assertThat(back)
        .containsExactly(
            Variant.ONE_VALUE, Variant.PASS_THROUGH, Variant.MANY_JOURNEYS, Variant.JOB);
  }

  @Test
  void aPassThroughWritesWhatTheJobWrote() {
    Debt debt = new Debt(Share.of(List.of(new Output("decisions", 30, 3_100)), 100).get(0));

    List<Integer> values =
        IntStream.range(0, 100)
            .peek(event -> debt.grow())
            .filter(event -> debt.isDue())
            .mapToObj(event -> debt.pay(8))
            .toList();

    assertThat(values).hasSizeBetween(29, 30);
    assertThat(values.stream().mapToInt(value -> value + 8).sum()).isBetween(2_996, 3_100);
  }

  private void add(long job, long passThrough) {
    comparison.add(
        Map.of(
            Variant.JOB, inOneSecond(job),
            Variant.MANY_JOURNEYS, inOneSecond(job),
            Variant.PASS_THROUGH, inOneSecond(passThrough),
            Variant.ONE_VALUE, inOneSecond(passThrough)));
  }

  private static Measurement inOneSecond(long events) {
    return new Measurement(0, events, 1, 1, 1, Map.of());
  }
}
