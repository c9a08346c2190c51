package io.lifestage.operator;

import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.traffic.Assortment;
import io.lifestage.traffic.Simulation;
import io.lifestage.traffic.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Believable customers, the same for the same seed.
 *
 * @param seed of all chance
 * @param events in event-time order
 * @param products the catalogue, in force from the beginning
 * @param end a moment long after the last event, so that some have lapsed
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two crowds.
public record Crowd(long seed, List<Event> events, Product[] products, long end) {
  private static final long BEGINNING = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long DISORDER = Duration.ofSeconds(5).toMillis();
  private static final long LATENESS = Duration.ofHours(1).toMillis();

  /**
   * An event on its way in.
   *
   * @param watermark the time that is reached before it arrives
   */
  record Arrival(Event event, long watermark) {}

  private record Delayed(Event event, long arrivesAt) {}

  /** What so many customers do in the first days of their time. */
  public static Crowd of(long seed, int customers, int days) {
    long season = Duration.ofDays(days).toMillis();
    World world = new World(seed, customers, BEGINNING, season, BEGINNING + season, 0);
    Assortment shop = Assortment.homeAndGarden();
    Simulation simulation = new Simulation(world, shop);
    List<Event> events = new ArrayList<>();
    while (simulation.hasNext() && simulation.peek().at() < BEGINNING + season) {
      events.add(simulation.next());
    }
    return new Crowd(
        seed,
        events,
        shop.effectiveAt(BEGINNING - 1).toArray(Product[]::new),
        BEGINNING + season + Duration.ofDays(100).toMillis());
  }

  /** The catalogue, for the core. */
  public Catalogue catalogue() {
    Map<String, Product> bySku = new HashMap<>();
    for (Product product : products) {
      bySku.put(product.sku(), product);
    }
    return (sku, at) -> at < BEGINNING - 1 ? null : bySku.get(sku);
  }

  /** The same events out of order: some late, some too late, some twice. */
  List<Arrival> disturbed() {
    Random random = new Random(seed);
    List<Delayed> delayed = new ArrayList<>();
    for (Event event : events) {
      delayed.add(new Delayed(event, event.at() + delay(random)));
      if (random.nextInt(20) == 0) {
        delayed.add(new Delayed(event, event.at() + delay(random)));
      }
    }
    delayed.sort(Comparator.comparingLong(Delayed::arrivesAt));
    long watermark = Long.MIN_VALUE;
    List<Arrival> arrivals = new ArrayList<>();
    for (Delayed one : delayed) {
      arrivals.add(new Arrival(one.event(), watermark));
      watermark = Math.max(watermark, one.event().at() - DISORDER - 1);
    }
    return arrivals;
  }

  private static long delay(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> DISORDER + random.nextLong(LATENESS - DISORDER);
      case 1 -> LATENESS + random.nextLong(10 * LATENESS);
      default -> random.nextLong(DISORDER);
    };
  }
}
