package io.lifestage.trait;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Expression;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Window TEN = Window.rolling(Duration.ofMillis(10));
  private static final Trait COUNT = Trait.count("count", TEN, 3, Set.of("x"));
  private static final Trait UNIQUE =
      Trait.unique("unique", "sku", Window.allTime(), 2, Set.of("x"));

  private static final Trait MOST =
      Trait.of("most", new Measure.Most(Expression.attribute("k")), TEN, 8, Set.of("x"));

  @Test
  void aRollingCountDecaysWithoutAnyEvent() {
    Tally tally = Tally.EMPTY.plus(COUNT, entry(100, "a"), 90);
    assertThat(tally.value(COUNT, TEN.opensAfter(109, 0))).isEqualTo(1L);
    assertThat(tally.value(COUNT, TEN.opensAfter(110, 0))).isEqualTo(0L);
    assertThat(tally.evidence(TEN.opensAfter(109, 0))).containsExactly("e-a");
    assertThat(tally.evidence(TEN.opensAfter(110, 0))).isEmpty();
  }

  @Test
  void whatHasLeftTheWindowIsNotKept() {
    Tally tally = Tally.EMPTY.plus(COUNT, entry(100, "a"), 90).plus(COUNT, entry(110, "b"), 100);
    assertThat(tally.entries()).extracting(Tally.Entry::key).containsExactly("b");
  }

  @Test
  void theBoundKeepsTheNewest() {
    Tally tally = Tally.EMPTY;
    for (int i = 0; i < 5; i++) {
      tally = tally.plus(COUNT, entry(100 + i, "k" + i), 90);
    }
    assertThat(tally.value(COUNT, 90)).isEqualTo(3L);
    assertThat(tally.entries()).extracting(Tally.Entry::key).containsExactly("k2", "k3", "k4");
  }

  @Test
  void whatWasSaidMostOftenHoldsUntilItLeavesTheWindow() {
    Tally tally = Tally.EMPTY;
    assertThat(tally.value(MOST, 90)).isEqualTo("");
    for (int i = 0; i < 4; i++) {
      tally = tally.plus(MOST, entry(100 + i, i < 2 ? "a" : "b"), 90);
    }
    assertThat(tally.value(MOST, 90)).as("of equal ones the latest").isEqualTo("b");
    tally = tally.plus(MOST, entry(104, "a"), 94);
    assertThat(tally.value(MOST, 94)).isEqualTo("a");
    assertThat(tally.value(MOST, 101)).as("without the first two").isEqualTo("b");
  }

  @Test
  void aValueCountsOnceAndCanBeTakenBack() {
    Tally tally =
        Tally.EMPTY
            .plus(UNIQUE, entry(1, "a"), Long.MIN_VALUE)
            .plus(UNIQUE, entry(2, "a"), Long.MIN_VALUE);
    assertThat(tally.value(UNIQUE, Long.MIN_VALUE)).isEqualTo(1L);
    assertThat(tally.minus("a")).isEqualTo(Tally.EMPTY);
    assertThat(tally.minus("b")).isSameAs(tally);
  }

  private static Tally.Entry entry(long at, String key) {
    return new Tally.Entry(at, key, "e-" + key, 1);
  }
}
