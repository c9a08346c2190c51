package io.lifestage.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {
  @Test
  void usageExample() {
    Histogram waits = of(List.of(1_000L, 2_000L, 3_000L, 60_000L));

    assertThat(waits.estimates().p50()).isCloseTo(2_000L, within(20L));
    assertThat(waits.estimates().p95()).isCloseTo(60_000L, within(600L));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyQuantileIsWithinOnePercentOfTheValueOfItsRank(long seed) {
    List<Long> values = values(new Random(seed), 1 + new Random(seed).nextInt(3_000));
    Estimates told = of(values).estimates();

    assertThat(told.p50()).as("seed %d", seed).satisfies(p -> near(p, exact(values, 50)));
    assertThat(told.p90()).as("seed %d", seed).satisfies(p -> near(p, exact(values, 90)));
    assertThat(told.p95()).as("seed %d", seed).satisfies(p -> near(p, exact(values, 95)));
    assertThat(told.p99()).as("seed %d", seed).satisfies(p -> near(p, exact(values, 99)));
  }

  @Test
  void theErrorHoldsFromTheSmallestToTheGreatestNumber() {
    for (long value = 1; value > 0; value = value + value / 7 + 1) {
      near(of(List.of(value)).estimates().p50(), value);
    }
    near(of(List.of(Long.MAX_VALUE)).estimates().p50(), Long.MAX_VALUE);
  }

  @Test
  void whatIsNotPositiveIsZero() {
    assertThat(of(List.of(0L, -5L, Long.MIN_VALUE)).estimates().p99()).isZero();
  }

  @Test
  void partsMergeIntoWhatTheWholeIs() {
    List<Long> values = values(new Random(9), 1_000);
    Histogram merged = new Histogram();
    for (int part = 0; part < 10; part++) {
      merged.merge(of(values.subList(part * 100, part * 100 + 100)));
    }
    Collections.reverse(values);

    assertThat(merged).isEqualTo(of(values));
  }

  @Test
  void whatIsTakenBackLeavesNoTrace() {
    Histogram histogram = of(List.of(10L, 5_000_000L));
    histogram.add(observation(5_000_000).withdrawn());

    assertThat(histogram).isEqualTo(of(List.of(10L)));
    histogram.add(observation(10).withdrawn());
    assertThat(histogram.estimates()).isEqualTo(Estimates.NONE);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    Histogram one = of(List.of(10L));
    Histogram copy = one.copy();
    copy.add(observation(99));

    assertThat(one).isEqualTo(of(List.of(10L))).isNotEqualTo(copy);
  }

  @Test
  void itsBytesAreFewAndComeBack() throws IOException {
    Histogram histogram = of(values(new Random(5), 10_000));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    histogram.writeTo(new DataOutputStream(bytes));

    assertThat(
            Sketch.readFrom(
                MetricDefinition.Kind.DISTRIBUTION,
                new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
        .isEqualTo(histogram);
    assertThat(bytes.size()).isLessThan(3_000);
  }

  /** States hold these bytes: another number here is another format. */
  @Test
  void itsBytesAreWhatTheyWere() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    of(List.of(0L, 1L, 2L, 1_000L, 60_000L, 60_000L)).writeTo(new DataOutputStream(bytes));

    assertThat(HexFormat.of().formatHex(bytes.toByteArray()))
        .isEqualTo("0a000202024602ee04029a0304");
  }

  /** A wide spread of magnitudes, as of times that people take. */
  static List<Long> values(Random random, int number) {
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      values.add((long) Math.exp(random.nextDouble() * 20));
    }
    return values;
  }

  /** The smallest value that at least so many percent of the values do not exceed. */
  static long exact(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }

  static void near(long told, long exact) {
    double allowed = Math.abs(exact) * Histogram.RELATIVE_ERROR * 1.000001 + 0.5;
    assertThat((double) told).isCloseTo((double) exact, within(allowed));
  }

  private static Histogram of(List<Long> values) {
    Histogram histogram = new Histogram();
    values.forEach(value -> histogram.add(observation(value)));
    return histogram;
  }

  private static Observation observation(long value) {
    return Observation.of(Metrics.CHAT_RESPONSE, "subject", "sales", 0, value);
  }
}
