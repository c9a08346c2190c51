package io.lifestage.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiftTest {
  /** The examples of Newcombe's table II, method 10. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80,  0.2000,  0.0524, 0.3339",
    " 9, 10,  3, 10,  0.6000,  0.1705, 0.8090",
    " 6,  7,  2,  7,  0.5714,  0.0582, 0.8062",
    " 5, 56,  0, 29,  0.0893, -0.0381, 0.1926",
    " 0, 10,  0, 20,  0.0000, -0.1611, 0.2775",
    "10, 10,  0, 10,  1.0000,  0.6075, 1.0000"
  })
  void theIntervalIsNewcombes(
      long reached,
      long all,
      long otherReached,
      long others,
      double lift,
      double low,
      double high) {
    Lift told = Lift.of(reached, all, otherReached, others);

    assertThat(told.difference()).isCloseTo(lift, within(0.00006));
    assertThat(told.low()).isCloseTo(low, within(0.00006));
    assertThat(told.high()).isCloseTo(high, within(0.00006));
  }

  @Test
  void aDifferenceThatChanceWouldMakeIsNotSignificant() {
    assertThat(Lift.of(5, 56, 0, 29).isSignificant()).isFalse();
    assertThat(Lift.of(56, 70, 48, 80).isSignificant()).isTrue();
    assertThat(Lift.of(48, 80, 56, 70).isSignificant()).isTrue();
  }

  @Test
  void withoutAGroupToCompareWithThereIsNoLift() {
    assertThat(Lift.of(3, 7, 0, 0)).isNull();
    assertThat(Lift.of(0, 0, 3, 7)).isNull();
  }
}
