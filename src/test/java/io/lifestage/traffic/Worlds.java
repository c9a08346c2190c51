package io.lifestage.traffic;

import io.lifestage.lifecycle.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Worlds that tests look at. */
final class Worlds {
  static final long BEGINNING = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  static final long SEASON = Duration.ofDays(120).toMillis();

  private Worlds() {}

  static World of(long seed, int customers, double rate) {
    return new World(seed, customers, BEGINNING, SEASON, BEGINNING + SEASON, rate);
  }

  static Simulation simulation(World world) {
    return new Simulation(world, Assortment.homeAndGarden());
  }

  /** What a world tells in its first days. */
  static List<Event> told(World world, int days) {
    return told(simulation(world), day(days));
  }

  static List<Event> told(Simulation simulation, long until) {
    List<Event> events = new ArrayList<>();
    while (simulation.hasNext() && simulation.peek().at() < until) {
      events.add(simulation.next());
    }
    return events;
  }

  /** The beginning of a day of the world, the first being 0. */
  static long day(int days) {
    return BEGINNING + Duration.ofDays(days).toMillis();
  }
}
