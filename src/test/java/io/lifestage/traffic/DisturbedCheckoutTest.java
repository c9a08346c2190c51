package io.lifestage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.metric.Alert;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After eight days of a believable shop, an hour in which many of those are stuck who come to one
 * step of the checkout raises one alert, of that step; the same hour without it raises none.
 *
 * <p>The shop begins about 110 checkouts in that hour, and half of those who come to a step are
 * stuck. With a quarter of the traffic that is not found for sure. Of those who have filled a cart
 * three quarters are stuck: how many of them go to the checkout scatters more by itself.
 */
class DisturbedCheckoutTest {
  private static final double EVENTS_PER_SECOND = 2;
  private static final int DAYS = 8;
  private static final Map<String, Double> STUCK =
      Map.of(
          "started",
          0.75,
          "address",
          0.5,
          "shipping",
          0.5,
          "payment",
          0.5,
          "review",
          0.5,
          "placed",
          0.5);

  /** Late in the morning, and until everything is well again. */
  private static final long FROM = Worlds.day(DAYS) + 11 * Rhythm.HOUR;

  private static final long UNTIL = FROM + Rhythm.HOUR;
  private static final long END = FROM + 3 * Rhythm.HOUR;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aStepThatFailsForAnHourIsOneAlertAndNothingElseIs(long seed) throws IOException {
    Simulation simulation = Worlds.simulation(world(seed));
    WatchedShop shop = new WatchedShop();
    assertThat(playUntil(FROM, simulation, shop)).as("in eight days").isEmpty();
    List<Event> after = Worlds.told(simulation, END);

    assertThat(shop.copy().play(after, END, WatchedShop.Trouble.NONE)).isEmpty();
    for (String step : STUCK.keySet()) {
      WatchedShop.Trouble stuck = new WatchedShop.Stuck(step, STUCK.get(step), FROM, UNTIL, seed);
      List<Alert> alerts = shop.copy().play(after, END, stuck);

      assertThat(alerts.stream().map(Alert::id).distinct()).as(step).hasSize(1);
      assertThat(alerts).extracting(Alert::subject).containsOnly("checkout_step=" + step);
      assertThat(alerts.get(0).at()).as("found within the hour").isLessThanOrEqualTo(UNTIL);
      assertThat(alerts.get(0).openedAt())
          .as("when it began")
          .isBetween(FROM - 10 * Rhythm.MINUTE, FROM + 10 * Rhythm.MINUTE);
      assertThat(alerts).extracting(Alert::open).endsWith(false).containsOnlyOnce(false);
    }
  }

  /** Day by day, so that not all of it is in memory. */
  private static List<Alert> playUntil(long end, Simulation simulation, WatchedShop shop) {
    for (int day = 1; day <= DAYS; day++) {
      long midnight = Worlds.day(day);
      shop.play(Worlds.told(simulation, midnight), midnight, WatchedShop.Trouble.NONE);
    }
    return shop.play(Worlds.told(simulation, end), end, WatchedShop.Trouble.NONE);
  }

  private static World world(long seed) {
    return new World(
        seed, 4_000, Worlds.BEGINNING, 30 * Rhythm.DAY, Worlds.BEGINNING, EVENTS_PER_SECOND);
  }
}
