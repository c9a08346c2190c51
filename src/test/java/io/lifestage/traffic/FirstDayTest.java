package io.lifestage.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.metric.Alert;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The live space begins with a past of customers, into which many more visitors come at its
 * opening: another shop than the one that the baselines know, and yet nothing in it is wrong.
 */
class FirstDayTest {
  private static final int PAST_DAYS = 40;

  @ParameterizedTest
  @CsvSource({"42, 12, false", "7, 19, false", "42, 12, true"})
  void theFirstHoursOfANewWorldRaiseNoAlert(long seed, int hour, boolean living) {
    long now = Worlds.day(PAST_DAYS) + hour * Rhythm.HOUR;
    long opening = now - 15 * Rhythm.MINUTE;
    World world = new World(seed, 5_000, Worlds.BEGINNING, PAST_DAYS * Rhythm.DAY, opening, 20);
    Simulation simulation = Worlds.simulation(living ? world.alive() : world);
    WatchedShop shop = new WatchedShop().writesFrom(now);

    for (int day = 1; day <= PAST_DAYS; day++) {
      shop.play(
          Worlds.told(simulation, Worlds.day(day)), Worlds.day(day), WatchedShop.Trouble.NONE);
    }
    List<Alert> alerts = List.of();
    for (long end = now; end < now + 5 * Rhythm.HOUR; end += Rhythm.HOUR) {
      alerts = shop.play(Worlds.told(simulation, end), end, WatchedShop.Trouble.NONE);
    }

    assertThat(alerts).isEmpty();
  }
}
