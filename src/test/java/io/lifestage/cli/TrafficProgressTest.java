package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TrafficProgressTest {
  private final StringWriter said = new StringWriter();
  private final TrafficProgress inALog = new TrafficProgress(new PrintWriter(said), false, true, 0);

  @Test
  void thePastIsReportedEveryFiveSeconds() {
    inALog.reached(10, 1_000, 4_999, false);
    assertThat(said.toString()).isEmpty();

    inALog.reached(50_000, 1_000, 5_000, false);
    assertThat(said.toString())
        .startsWith("past   1970-01-01T00:00:01Z  50,000 events  10,000.0/s");
  }

  @Test
  void theFirstLiveLineComesAtOnceAndTheNextAfterAMinute() {
    inALog.reached(100, 1_000, 1_500, true);
    inALog.reached(200, 2_000, 30_000, true);
    inALog.reached(300, 61_000, 61_500, false);

    assertThat(said.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("live"))
        .last()
        .asString()
        .contains("300 events");
  }

  @Test
  void aSpaceHasNoLive() {
    new TrafficProgress(new PrintWriter(said), false, false, 0).reached(1, 1_000, 9_000, true);

    assertThat(said.toString()).startsWith("space");
  }
}
