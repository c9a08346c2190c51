package io.lifestage.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.cluster.PriceDrops.Said;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link StormChaos} takes for right, and what it does not. */
class PriceDropsTest {
  private static final String VERDICT = "FIRED all_guards_passed";
  private static final List<Long> DROPS = List.of(1_000L, 60_000L);

  private static final Said ENTERED = new Said("ENTERED entered", 1_000, 2_000);
  private static final Said FIRED = new Said(VERDICT, 1_000, 32_000);
  private static final Said AGAIN = new Said("SUPPRESSED already_entered", 60_000, 61_000);

  @Test
  void whoWasToldOfTheFirstDropHearsNoMoreOfTheSecond() {
    assertThat(isRight(ENTERED, FIRED, AGAIN)).isTrue();
  }

  @Test
  void whoWasNotToldYetIsToldOfTheSecondAlone() {
    assertThat(
            isRight(
                new Said("ENTERED entered", 60_000, 70_000), new Said(VERDICT, 60_000, 100_000)))
        .isTrue();
  }

  @Test
  void whatIsMissingDoubledLateOrForAnotherReasonIsWrong() {
    assertThat(isRight(ENTERED, FIRED)).isFalse();
    assertThat(isRight(ENTERED, AGAIN)).isFalse();
    assertThat(isRight(ENTERED, ENTERED, FIRED, AGAIN)).isFalse();
    assertThat(isRight(ENTERED, FIRED, FIRED, AGAIN)).isFalse();
    assertThat(isRight(ENTERED, FIRED, AGAIN, AGAIN)).isFalse();
    assertThat(isRight(ENTERED, new Said(VERDICT, 1_000, 33_000), AGAIN)).isFalse();
    assertThat(isRight(ENTERED, new Said("SUPPRESSED cap", 1_000, 32_000), AGAIN)).isFalse();
    assertThat(isRight(ENTERED, FIRED, new Said(VERDICT, 60_000, 91_000))).isFalse();
  }

  private static boolean isRight(Said... said) {
    return PriceDrops.isRight(List.of(said), VERDICT, DROPS);
  }
}
