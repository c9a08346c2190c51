package io.lifestage.bench;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.traffic.Assortment;
import io.lifestage.traffic.Outlet;
import io.lifestage.traffic.Simulation;
import io.lifestage.traffic.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The events of one benchmark: browsing sessions of the home-and-garden shop, in order, each once.
 * Nine in ten events are views, searches and other browsing; the rest are carts, checkouts, orders
 * and their delivery, chats and consents.
 *
 * @param events how many
 * @param seed of all chance
 * @param rate how many events the visitors of one second bring, as in a busy hour; 0 for a quiet
 *     shop, where most customers come on the first day and many come again in the days after
 */
record Workload(int events, long seed, double rate) {
  private static final int EVENTS_PER_CUSTOMER = 10;
  private static final long BEGINNING = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long SEASON = Duration.ofDays(1).toMillis();

  /** What the events are, for the report. */
  String model() {
    String who =
        isBusy()
            ? "visitors who bring %,.0f events in each second".formatted(rate)
            : "about %,d customers in days".formatted(customers());
    return "browsing sessions of %s (the traffic of io.lifestage.traffic, seed %d, in order, no duplicates)"
        .formatted(who, seed);
  }

  /** The catalogue that the events speak of. */
  List<Product> products() {
    return Assortment.homeAndGarden().effectiveAt(BEGINNING);
  }

  /**
   * Tells all events.
   *
   * @return the time of the last, epoch milliseconds
   */
  long tell(Outlet outlet) throws IOException {
    Simulation simulation =
        new Simulation(
            new World(seed, customers(), BEGINNING, SEASON, BEGINNING, rate),
            Assortment.homeAndGarden());
    long last = BEGINNING;
    for (int told = 0; told < events && simulation.hasNext(); told++) {
      Event event = simulation.next();
      outlet.send(event, null);
      last = event.at();
    }
    outlet.flush();
    return last;
  }

  private boolean isBusy() {
    return rate > 0;
  }

  private int customers() {
    return isBusy() ? 0 : Math.max(1, events / EVENTS_PER_CUSTOMER);
  }
}
