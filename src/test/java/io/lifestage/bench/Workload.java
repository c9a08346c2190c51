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
 * and their delivery, chats and consents. Most customers come on the first day, and many again.
 *
 * @param events how many
 * @param seed of all chance
 */
record Workload(int events, long seed) {
  private static final int EVENTS_PER_CUSTOMER = 10;
  private static final long BEGINNING = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long SEASON = Duration.ofDays(1).toMillis();

  /** What the events are, for the report. */
  String model() {
    return "browsing sessions of about %,d customers (the traffic of io.lifestage.traffic, seed %d, in order, no duplicates)"
        .formatted(customers(), seed);
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
            new World(seed, customers(), BEGINNING, SEASON, BEGINNING, 0),
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

  private int customers() {
    return Math.max(1, events / EVENTS_PER_CUSTOMER);
  }
}
