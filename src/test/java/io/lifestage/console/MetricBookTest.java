package io.lifestage.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RollingWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricBookTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final RollingWindow MINUTE = MetricBook.windowNamed("1m");

  private final MetricBook book = new MetricBook();

  @Test
  void aValueStandsUntilAnotherIsWritten() {
    lost("a", NOON, 5);
    lost("a", NOON + 10_000, 7);
    book.passTo(NOON + 60_000);

    assertThat(book.value(Metrics.CUSTOMERS_LOST, "stage", "a", MINUTE).count()).isEqualTo(7);
    assertThat(at("a", NOON + 9_999).count()).isEqualTo(5);
    assertThat(at("a", NOON + 30_000).count()).isEqualTo(7);
  }

  @Test
  void theWindowBeforeIsNotKnownWhereReadingDoesNotReachBackSoFar() {
    lost("a", NOON, 5);
    book.passTo(NOON + 59_999);
    assertThat(book.before(Metrics.CUSTOMERS_LOST, "stage", "a", MINUTE)).isNull();

    book.passTo(NOON + 60_000);
    assertThat(book.before(Metrics.CUSTOMERS_LOST, "stage", "a", MINUTE).count()).isEqualTo(5);
  }

  @Test
  void aRevisionReplacesWhatWasWrittenForTheSameEnd() {
    lost("a", NOON, 5);
    lost("a", NOON + 5_000, 6);
    lost("a", NOON, 9);

    assertThat(at("a", NOON).count()).isEqualTo(9);
    assertThat(at("a", NOON + 5_000).count()).isEqualTo(6);
  }

  /** Suppressions are counted once by journey and once by reason: the whole is one of them. */
  @Test
  void aTotalIsTheSumOverOneDimension() {
    for (String journey : new String[] {"x", "y"}) {
      take(Metrics.TRIGGERS_SUPPRESSED, "journey", journey, NOON, 4);
    }
    take(Metrics.TRIGGERS_SUPPRESSED, "reason", "cap", NOON, 8);

    assertThat(book.total(Metrics.TRIGGERS_SUPPRESSED, MINUTE).count()).isEqualTo(8);
  }

  @Test
  void anUndividedMetricIsItsOwnTotal() {
    take(Metrics.CANCELLATIONS, "", "", NOON, 3);

    assertThat(book.total(Metrics.CANCELLATIONS, MINUTE).count()).isEqualTo(3);
  }

  @Test
  void aLongHistoryKeepsTheNewestAndForgetsTheRest() {
    long seed = 4;
    Random random = new Random(seed);
    MetricHistory history = new MetricHistory(200);
    TreeMap<Long, Long> all = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      long end = NOON + i * 5_000L - random.nextInt(3) * 5_000L;
      long count = random.nextInt(100);
      history.put(end, count, 0);
      all.put(end, count);
    }
    for (long end = all.lastKey() - 140 * 5_000L; end <= all.lastKey(); end += 2_500) {
      Value value = history.at(end);
      assertThat(value.count())
          .as("seed %d, %d", seed, end)
          .isEqualTo(all.floorEntry(end).getValue());
    }
    assertThat(history.at(NOON)).isNull();
  }

  @Test
  void whatALaterReleaseMeasuresIsShownByName() {
    take("customers_delighted", "mood", "very", NOON, 3);

    assertThat(book.undefined()).containsExactly("customers_delighted");
    assertThat(book.total("customers_delighted", MINUTE).count()).isEqualTo(3);
  }

  @Test
  void quantilesOfStaysAreWithinFourPerCent() {
    DwellTimes dwell = new DwellTimes();
    for (int i = 1; i <= 1_000; i++) {
      dwell.left("a", NOON, Duration.ofMinutes(i).toMillis(), 1);
    }
    dwell.left("a", NOON, Duration.ofDays(9).toMillis(), 1);
    dwell.left("a", NOON, Duration.ofDays(9).toMillis(), -1);

    DwellTimes.Stays stays = dwell.of("a", MINUTE);
    assertThat(stays.count()).isEqualTo(1_000);
    assertThat((double) stays.median().toSeconds()).isBetween(500 * 60 * 0.96, 500 * 60 * 1.04);
    assertThat((double) stays.ninth().toSeconds()).isBetween(900 * 60 * 0.96, 900 * 60 * 1.04);

    dwell.passTo(NOON + Duration.ofMinutes(2).toMillis());
    assertThat(dwell.of("a", MINUTE)).isNull();
    assertThat(dwell.of("a", MetricBook.windowNamed("1h")).count()).isEqualTo(1_000);
  }

  private Value at(String label, long moment) {
    return book.at(Metrics.CUSTOMERS_LOST, "stage", label, MINUTE, moment);
  }

  private void lost(String label, long end, long count) {
    take(Metrics.CUSTOMERS_LOST, "stage", label, end, count);
  }

  private void take(String metric, String dimension, String label, long end, long count) {
    book.take(metric, dimension, label, "1m", end, new Value(count, 0));
  }
}
