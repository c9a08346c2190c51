package io.lifestage.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCountTest {
  @Test
  void whoComesTwiceIsCountedOnce() {
    DistinctCount count = new DistinctCount();
    count.add(visit("ada"));
    count.add(visit("bob"));
    count.add(visit("ada"));

    assertThat(count.estimates().distinct()).isEqualTo(2);
  }

  @Test
  void aFewHundredAreCountedExactly() {
    DistinctCount count = new DistinctCount();
    for (int customer = 0; customer < 350; customer++) {
      count.add(visit("customer-" + customer));
    }

    assertThat(count.estimates().distinct()).isEqualTo(350);
  }

  @Test
  void ofAHundredCrowdsAtLeastNinetyFiveAreWithinTheStatedError() {
    int within = 0;
    for (int crowd = 0; crowd < 100; crowd++) {
      DistinctCount count = new DistinctCount();
      for (int customer = 0; customer < 20_000; customer++) {
        count.add(visit(crowd + "/" + customer));
      }
      double off = Math.abs(count.estimates().distinct() - 20_000) / 20_000.0;
      within += off <= DistinctCount.RELATIVE_ERROR ? 1 : 0;
    }

    assertThat(within).isGreaterThanOrEqualTo(95);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void crowdsThatOverlapMergeIntoWhoWasInAnyOfThem(long seed) {
    Random random = new Random(seed);
    Set<String> customers = new HashSet<>();
    DistinctCount forward = new DistinctCount();
    DistinctCount[] parts = new DistinctCount[20];
    for (int part = 0; part < parts.length; part++) {
      parts[part] = new DistinctCount();
      for (int visit = random.nextInt(2_000); visit > 0; visit--) {
        String customer = "customer-" + random.nextInt(15_000);
        customers.add(customer);
        parts[part].add(visit(customer));
      }
      forward.merge(parts[part]);
    }
    DistinctCount backward = new DistinctCount();
    for (int part = parts.length - 1; part >= 0; part--) {
      backward.merge(parts[part].copy());
    }

    assertThat(forward.estimates()).as("seed %d", seed).isEqualTo(backward.estimates());
    assertThat((double) forward.estimates().distinct())
        .as("seed %d", seed)
        .isCloseTo(customers.size(), within(customers.size() * DistinctCount.RELATIVE_ERROR));
  }

  @Test
  void whatIsTakenBackStaysCounted() {
    DistinctCount count = new DistinctCount();
    count.add(visit("ada"));
    count.add(visit("ada").withdrawn());

    assertThat(count.estimates().distinct()).isEqualTo(1);
  }

  @Test
  void itsSizeIsThatOfItsRegistersOrOfTheFewWhoCame() {
    DistinctCount few = new DistinctCount();
    few.add(visit("ada"));
    DistinctCount many = new DistinctCount();
    for (int customer = 0; customer < 100_000; customer++) {
      many.add(visit("customer-" + customer));
    }

    assertThat(few.size()).isLessThan(100);
    assertThat(many.size()).isBetween(4_096, 5_000);
  }

  @Test
  void itsBytesAreFewAndComeBack() throws IOException {
    DistinctCount count = new DistinctCount();
    for (int customer = 0; customer < 100_000; customer++) {
      count.add(visit("customer-" + customer));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    count.writeTo(new DataOutputStream(bytes));
    Sketch back =
        Sketch.readFrom(
            MetricDefinition.Kind.DISTINCT,
            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(back.estimates()).isEqualTo(count.estimates());
    assertThat(bytes.size()).isLessThan(2_500);
  }

  /** States hold these bytes: another number here is another format. */
  @Test
  void itsBytesAreWhatTheyWere() throws IOException {
    DistinctCount count = new DistinctCount();
    count.add(visit("ada"));
    count.add(visit("bob"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    count.writeTo(new DataOutputStream(bytes));

    assertThat(HexFormat.of().formatHex(bytes.toByteArray()))
        .isEqualTo("200201070c03080200c0334504459a7806");
  }

  private static Observation visit(String customer) {
    return Observation.of(Metrics.REACH, "source", "search", 0, customer);
  }
}
