package io.lifestage.metric;

import static io.lifestage.metric.PlainShop.BEGINNING;
import static io.lifestage.metric.PlainShop.DAY;
import static io.lifestage.metric.PlainShop.HOUR;
import static io.lifestage.metric.PlainShop.PANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.metric.PlainShop.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is an alert, and what is none, by example; {@link PlainShop} has the numbers. */
class WatchTest {
  /** Ten in the morning of the ninth day. */
  private static final long TEN = BEGINNING + 8 * DAY + 10 * HOUR;

  private static final Change PAYMENT_BROKEN = Change.lostAt(0.5, "payment", "placed", "paid");

  // One finding

  @Test
  void aFindingOpensIsUpdatedAndClosesAsOne() {
    List<Alert> told =
        new PlainShop().until(TEN).until(TEN + HOUR, PAYMENT_BROKEN).until(TEN + 4 * HOUR).told();

    assertThat(told).extracting(Alert::id).containsOnly(told.get(0).id());
    assertThat(told).extracting(Alert::openedAt).containsOnly(TEN);
    assertThat(told.get(0).at()).isBetween(TEN + 2 * PANE, TEN + HOUR / 3);
    assertThat(told).extracting(Alert::open).endsWith(true, false).containsOnlyOnce(false);
    assertThat(told).extracting(alert -> alert.at() % PANE).containsOnly(0L);
    assertThat(told).extracting(Alert::at).doesNotHaveDuplicates();
    assertThat(told.get(told.size() - 1).at()).isLessThan(TEN + 2 * HOUR);
  }

  @Test
  void itSaysWhatIsMeasuredWhatIsUsualAndWhatItCosts() {
    Alert alert = last(new PlainShop().until(TEN).until(TEN + HOUR, PAYMENT_BROKEN).told());

    assertThat(alert.kind()).isEqualTo("checkout_step_failing");
    assertThat(alert.subject()).isEqualTo("checkout_step=payment");
    assertThat(alert.severity()).isIn(Alert.Severity.WARNING, Alert.Severity.CRITICAL);
    assertThat(alert.observed()).isBetween(0.42, 0.48);
    assertThat(alert.baseline()).isBetween(0.87, 0.91);
    // Twelve panes of 16, half of whom are lost; 15 of 16 would have paid 50 euros.
    assertThat(alert.customers()).isBetween(90L, 102L);
    assertThat(alert.value()).isBetween(90L * 4_400, 102L * 4_800);
    assertThat(alert.currency()).isEqualTo("EUR");
    assertThat(alert.text())
        .matches(
            "Checkout step payment is reached by 4\\d % of those who come so far as address;"
                + " usual now is (8|9)\\d %");
  }

  @Test
  void theSameHourWithoutItSaysNothing() {
    assertThat(new PlainShop().until(TEN + 30 * HOUR).told()).isEmpty();
  }

  @Test
  void beforeTheBaselineIsFilledNothingIsFound() {
    long early = TEN - 5 * DAY;

    assertThat(new PlainShop().until(early).until(early + HOUR, PAYMENT_BROKEN).told()).isEmpty();
  }

  @Test
  void twoDisturbancesOfOneStepAreTwoFindings() {
    List<Alert> told =
        new PlainShop()
            .until(TEN)
            .until(TEN + HOUR, PAYMENT_BROKEN)
            .until(TEN + 4 * HOUR)
            .until(TEN + 5 * HOUR, PAYMENT_BROKEN)
            .until(TEN + 8 * HOUR)
            .told();

    assertThat(told.stream().map(Alert::id).distinct()).hasSize(2);
    assertThat(told.stream().filter(alert -> !alert.open())).hasSize(2);
  }

  @Test
  void aShortDipIsNoFinding() {
    assertThat(
            new PlainShop()
                .until(TEN)
                .until(TEN + PANE, PAYMENT_BROKEN)
                .until(TEN + 4 * HOUR)
                .told())
        .isEmpty();
  }

  @Test
  void tooFewCustomersAreNotJudged() {
    long two = TEN - 8 * HOUR;

    assertThat(
            new PlainShop()
                .until(two)
                .until(two + HOUR, Change.lostAt(1, "payment", "placed", "paid"))
                .told())
        .isEmpty();
  }

  @Test
  void whatHasBeenSoForThreeDaysIsTheUsual() {
    PlainShop shop = new PlainShop().until(TEN).until(TEN + 12 * DAY, PAYMENT_BROKEN);

    assertThat(shop.told().stream().map(Alert::id).distinct()).hasSize(1);
    assertThat(last(shop.told()).open()).isFalse();
    assertThat(last(shop.told()).at()).isEqualTo(TEN + 3 * DAY);
    assertThat(last(shop.told()).text()).startsWith("It has been so for three days");

    shop.until(TEN + 12 * DAY + HOUR, Change.lostAt(0.9, "payment", "placed", "paid"));

    assertThat(shop.told().stream().map(Alert::id).distinct()).as("watched again").hasSize(2);
  }

  // The funnel

  @ParameterizedTest
  @CsvSource({
    "started, started address payment gift placed paid",
    "address, address payment gift placed paid",
    "payment, payment gift placed paid",
    "placed, placed paid",
    "paid, paid"
  })
  void theStepIsNamedAtWhichCustomersAreLostAndNoneBehindIt(String step, String lost) {
    List<Alert> told =
        new PlainShop()
            .until(TEN)
            .until(TEN + HOUR, Change.lostAt(0.5, lost.split(" ")))
            .until(TEN + 4 * HOUR)
            .told();

    assertThat(told).extracting(Alert::subject).containsOnly("checkout_step=" + step);
  }

  @Test
  void aCartThatTakesNothingIsFoundBeforeAnyStep() {
    Change broken =
        (counts, start) -> {
          Change.without("carts", 1).to(counts, start);
          Change.without("failed card", 1).to(counts, start);
          Change.lostAt(1, "started", "address", "payment", "gift", "placed", "paid")
              .to(counts, start);
        };

    assertThat(new PlainShop().until(TEN).until(TEN + HOUR, broken).told())
        .extracting(Alert::subject)
        .containsOnly("checkout_step=cart");
  }

  @Test
  void aCrowdOfWhichFewerBuyIsNoFailingStep() {
    Change crowd =
        (counts, start) -> {
          counts.put("carts", 300L);
          counts.replaceAll((series, n) -> series.startsWith("step") ? 3 * n : n);
        };

    assertThat(new PlainShop().until(TEN).until(TEN + 6 * HOUR, crowd).told()).isEmpty();
  }

  @Test
  void aStepThatFailsInACrowdIsFound() {
    Change crowd =
        (counts, start) -> {
          counts.put("carts", 300L);
          counts.put("failed card", 0L);
          Change.lostAt(0.9, "started", "address", "payment", "gift", "placed", "paid")
              .to(counts, start);
        };

    assertThat(new PlainShop().until(TEN).until(TEN + HOUR, crowd).told())
        .extracting(Alert::subject)
        .containsOnly("checkout_step=started");
  }

  // Payments

  @Test
  void aMethodThatFailsFarMoreOftenIsFound() {
    Change failing = (counts, start) -> counts.put("failed card", 8L);

    Alert alert = last(new PlainShop().until(TEN).until(TEN + HOUR, failing).told());

    assertThat(alert.subject()).isEqualTo("payment_method=card");
    assertThat(alert.kind()).isEqualTo("payment_method_failing");
    assertThat(alert.customers()).isBetween(65L, 80L);
  }

  /** The failures of those who still come are the usual ones. */
  @Test
  void aBrokenStepBehindThePaymentIsNoFindingOfAMethod() {
    assertThat(
            new PlainShop()
                .until(TEN)
                .until(TEN + HOUR, Change.lostAt(0.8, "placed", "paid"))
                .told())
        .extracting(Alert::subject)
        .containsOnly("checkout_step=placed");
  }

  // Sources

  @Test
  void aSourceThatDriesUpByDayIsFound() {
    List<Alert> told =
        new PlainShop().until(TEN).until(TEN + HOUR, Change.without("source letter", 1)).told();

    assertThat(told).extracting(Alert::subject).containsOnly("traffic_source=letter");
    assertThat(last(told).observed()).isZero();
    assertThat(last(told).baseline()).isGreaterThan(200);
  }

  @Test
  void aSourceThatBringsNobodyAtNightIsNormal() {
    assertThat(new PlainShop().until(TEN + 2 * DAY).told()).isEmpty();
  }

  @Test
  void whereFewerComeFromEverywhereNoSourceIsFound() {
    Change holiday =
        (counts, start) -> counts.replaceAll((series, count) -> Math.round(count * 0.2));

    assertThat(new PlainShop().until(TEN).until(TEN + 6 * HOUR, holiday).told()).isEmpty();
  }

  @Test
  void aSourceThatBringsManyMoreDoesNotMakeTheOthersDry() {
    Change talkOfTheTown = (counts, start) -> counts.put("source letter", 600L);

    assertThat(new PlainShop().until(TEN).until(TEN + 6 * HOUR, talkOfTheTown).told()).isEmpty();
  }

  // Chat

  @Test
  void questionsThatNobodyAnswersInWorkingHoursAreFound() {
    long monday = BEGINNING + 21 * DAY + 10 * HOUR;

    List<Alert> told =
        new PlainShop()
            .until(monday)
            .until(monday + HOUR, Change.without("answered sales", 1))
            .told();

    assertThat(told).extracting(Alert::subject).containsOnly("chat_subject=sales");
    assertThat(last(told).value()).isNull();
    assertThat(last(told).currency()).isNull();
    assertThat(last(told).customers()).isBetween(60L, 80L);
  }

  @Test
  void questionsThatNobodyAnswersAtNightAreNormal() {
    assertThat(new PlainShop().until(BEGINNING + 23 * DAY).told()).isEmpty();
  }

  // Time

  @Test
  void silenceIsNoFinding() {
    assertThat(
            new PlainShop()
                .until(TEN + 2 * PANE)
                .silentUntil(TEN + 5 * HOUR)
                .until(TEN + DAY)
                .told())
        .isEmpty();
  }

  @Test
  void whenNothingHappensAnyMoreAFindingEndsAndNothingIsToBeDone() {
    PlainShop shop = new PlainShop().until(TEN).until(TEN + HOUR, PAYMENT_BROKEN);
    assertThat(shop.deadline()).isEqualTo(TEN + HOUR + PANE);

    shop.silentUntil(TEN + 2 * DAY);

    assertThat(last(shop.told()).open()).isFalse();
    assertThat(last(shop.told()).text()).startsWith("Too few customers to tell any more.");
    assertThat(shop.deadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theEndOfInputEndsEverything() {
    PlainShop shop = new PlainShop().until(TEN).until(TEN + HOUR, PAYMENT_BROKEN);

    shop.silentUntil(Long.MAX_VALUE);

    assertThat(last(shop.told()).open()).isFalse();
    assertThat(shop.deadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void lateEventsNeitherOpenNorCloseAnything() {
    List<Alert> punctual =
        new PlainShop().until(TEN).until(TEN + HOUR, PAYMENT_BROKEN).until(TEN + 4 * HOUR).told();
    PlainShop shop = new PlainShop().until(TEN);
    for (long start = TEN; start < TEN + 4 * HOUR; start += PANE) {
      // Each pane hears of four checkouts of half an hour ago, whole, and of one that was none.
      long ago = start - 6 * PANE;
      for (String step : List.of("started", "address", "payment", "placed", "paid")) {
        shop.add(List.of(PlainShop.bundle("step " + step, ago, 3)));
      }
      shop.until(start + PANE, start < TEN + HOUR ? PAYMENT_BROKEN : Change.NONE);
    }

    assertThat(shop.told().stream().map(Alert::id).distinct())
        .containsExactly(punctual.get(0).id());
    assertThat(shop.told().stream().filter(alert -> !alert.open())).hasSize(1);
  }

  @Test
  void whatComesLaterThanAnHourChangesNothing() {
    PlainShop shop = new PlainShop().until(TEN);
    shop.add(List.of(PlainShop.bundle("step started", TEN - 2 * HOUR, 10_000)));

    assertThat(shop.until(TEN + 30 * HOUR).told()).isEmpty();
  }

  @Test
  void itGoesOnAfterARestartAsIfThereHadBeenNone() {
    List<Alert> undisturbed =
        new PlainShop().until(TEN).until(TEN + HOUR, PAYMENT_BROKEN).until(TEN + 4 * HOUR).told();
    List<Alert> restarted =
        new PlainShop()
            .until(TEN - 3 * DAY)
            .restarted()
            .until(TEN)
            .restarted()
            .until(TEN + HOUR / 2, PAYMENT_BROKEN)
            .restarted()
            .until(TEN + HOUR, PAYMENT_BROKEN)
            .restarted()
            .until(TEN + 4 * HOUR)
            .told();

    assertThat(restarted).isEqualTo(undisturbed).isNotEmpty();
  }

  @Test
  void whatWasWrongInALongPastIsNotToldButWhatStillIs() {
    PlainShop shop =
        new PlainShop()
            .writesFrom(TEN + 26 * HOUR)
            .until(TEN)
            .until(TEN + HOUR, PAYMENT_BROKEN)
            .until(TEN + 24 * HOUR);
    assertThat(shop.told()).isEmpty();

    shop.until(TEN + 28 * HOUR, PAYMENT_BROKEN);

    assertThat(shop.told().get(0).at())
        .as("when all that is judged lies behind that moment")
        .isEqualTo(TEN + 27 * HOUR);
    assertThat(shop.told().get(0).openedAt()).isEqualTo(TEN + 24 * HOUR);
  }

  @Test
  void whatTheEndOfALongPastHasLeftInTheLastHourIsNotTold() {
    PlainShop shop =
        new PlainShop()
            .writesFrom(TEN + 26 * HOUR)
            .until(TEN + 25 * HOUR)
            .until(TEN + 26 * HOUR, PAYMENT_BROKEN)
            .until(TEN + 29 * HOUR);
    assertThat(shop.told()).isEmpty();
  }

  // Bounds

  @Test
  void aThousandLabelsAreNotAllWatched() {
    Change garbage =
        (counts, start) -> {
          for (int i = 0; i < 1_000; i++) {
            counts.put("failed method-" + i, 1L);
          }
        };

    PlainShop shop = new PlainShop().until(BEGINNING + HOUR, garbage).until(BEGINNING + 2 * DAY);

    assertThat(shop.size()).isLessThan(200_000);
    assertThat(new PlainShop().until(BEGINNING + 8 * DAY).size()).isLessThan(20_000);
  }

  @Test
  void theWorstComesFirst() {
    Change both =
        (counts, start) -> {
          counts.put("failed card", 6L);
          PAYMENT_BROKEN.to(counts, start);
        };
    TreeMap<Long, List<Alert>> told = new TreeMap<>();
    for (Alert alert : new PlainShop().until(TEN).until(TEN + HOUR, both).told()) {
      told.computeIfAbsent(alert.at(), at -> new ArrayList<>()).add(alert);
    }

    List<Alert> latest = told.lastEntry().getValue();
    assertThat(latest)
        .extracting(Alert::subject)
        .containsExactlyInAnyOrder("checkout_step=payment", "payment_method=card");
    assertThat(latest).isSortedAccordingTo(Alert.BY_LOSS);
    assertThat(latest.get(0).value()).isGreaterThanOrEqualTo(latest.get(1).value());
  }

  private static Alert last(List<Alert> told) {
    return told.get(told.size() - 1);
  }
}
