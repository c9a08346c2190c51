package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.journey.Instance;
import io.lifestage.journey.Verdict;
import io.lifestage.lifecycle.Cause;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaysTest {
  private final Instance run =
      new Instance("j", 1, "k", 0, 0, 0, 0, Map.of("sku", "mug"), List.of(Cause.of("e-1")));

  @Test
  void whatLedARunIsRememberedInItsOrderUntilItIsTold() {
    Instance led = Ways.led(Ways.led(run, "hold", "wait: nothing"), "branch", "ask: otherwise");

    assertThat(Ways.of(led))
        .containsExactly(
            new Verdict("hold", true, "wait: nothing"),
            new Verdict("branch", true, "ask: otherwise"));
    assertThat(Ways.told(led)).isEqualTo(run);
    assertThat(Ways.of(run)).isEmpty();
  }

  @Test
  void aRunCarriesOnlySoMuchAlong() {
    Instance led = run;
    for (int i = 0; i < 2 * Bounds.WAYS; i++) {
      led = Ways.led(led, "branch", "x".repeat(2 * Bounds.WAY));
    }

    assertThat(Ways.of(led))
        .hasSize(Bounds.WAYS)
        .allSatisfy(way -> assertThat(way.detail()).hasSize(Bounds.WAY + 1).endsWith("…"));
    assertThat(Ways.told(led)).isEqualTo(run);
  }
}
