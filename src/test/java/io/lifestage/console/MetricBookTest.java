package io.lifestage.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.metric.Estimates;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RatioDefinition;
import io.lifestage.metric.Ratios;
import io.lifestage.metric.RollingWindow;
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
  void aLongWindowThatBeginsEarlierSaysNothingOfAShortOne() {
    book.take(Metrics.CUSTOMERS_LOST, "stage", "a", "24h", NOON - 600_000, new Value(9, 0));
    lost("a", NOON, 5);
    book.passTo(NOON + 59_999);

    assertThat(book.value(Metrics.CUSTOMERS_LOST, "stage", "a", RollingWindow.DAY).count())
        .isEqualTo(9);
    assertThat(book.before(Metrics.CUSTOMERS_LOST, "stage", "a", MINUTE)).isNull();
    assertThat(book.totalBefore(Metrics.CUSTOMERS_LOST, MINUTE)).isNull();
    assertThat(book.windows(MINUTE, NOON - 1)).isNull();
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
      history.put(end, new Value(count, 0));
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
  void estimatesStandWithTheirWindowAndDoNotAddUp() {
    Estimates estimates = new Estimates(null, 10L, 20L, 30L, 40L);
    book.take(Metrics.DWELL, "stage", "a", "1m", NOON, new Value(7, 70));
    book.take(Metrics.DWELL, "stage", "a", "1m", NOON + 5_000, new Value(8, 80, estimates));

    assertThat(book.value(Metrics.DWELL, "stage", "a", MINUTE).estimates()).isEqualTo(estimates);
    assertThat(book.at(Metrics.DWELL, "stage", "a", MINUTE, NOON).estimates())
        .isEqualTo(Estimates.NONE);
    assertThat(book.total(Metrics.DWELL, MINUTE)).isEqualTo(new Value(8, 80));
  }

  @Test
  void aRatioIsDividedByItsDefinition() {
    take(Metrics.PAYMENT_FAILED, "method", "card", NOON, 10);
    take(Metrics.PAYMENT_SUCCEEDED, "method", "card", NOON, 30);
    take(Metrics.PAYMENT_SUCCEEDED, "method", "bank", NOON, 60);

    RatioDefinition rate = Ratios.definition("payment_failure_rate");
    assertThat(Numbers.ratio(book, rate, MINUTE)).containsEntry("value", 0.1);
    assertThat(Numbers.ratios(book, rate, MINUTE))
        .extracting(row -> row.get("label"), row -> row.get("value"))
        .containsExactly(tuple("bank", 0.0), tuple("card", 0.25));
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
