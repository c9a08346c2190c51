package io.lifestage.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.wire.PrintedRecord;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptnessTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Promptness promptness = new Promptness();

  @Test
  void quantilesAreThoseOfTheTriggersWrittenSinceAMoment() {
    for (int second = 1; second <= 100; second++) {
      sent("ACTIVE", 0, NOON, second * 1_000L);
    }

    assertThat(promptness.since(NOON.toEpochMilli()))
        .containsEntry("count", 100)
        .containsEntry("p50_ms", 50_000L)
        .containsEntry("p95_ms", 95_000L)
        .containsEntry("p99_ms", 99_000L);
    assertThat(promptness.since(NOON.plusSeconds(91).toEpochMilli()))
        .containsEntry("count", 10)
        .containsEntry("p50_ms", 95_000L);
  }

  @Test
  void whatIsTakenBackOrGivenBackIsNoLatency() {
    sent("RETRACTED", 1, NOON, 600_000);
    sent("ACTIVE", 2, NOON, 700_000);

    assertThat(promptness.since(0)).containsEntry("count", 0).containsEntry("p50_ms", null);
  }

  @Test
  void onlyTheLatestAreRemembered() {
    for (int n = 0; n < Promptness.KEPT + 10; n++) {
      sent("ACTIVE", 0, NOON, n);
    }

    assertThat(promptness.since(0)).containsEntry("count", Promptness.KEPT);
  }

  private void sent(String status, int revision, Instant at, long later) {
    promptness.take(
        new PrintedRecord(Map.of("status", status, "revision", revision, "at", at.toString())),
        at.toEpochMilli() + later);
  }
}
