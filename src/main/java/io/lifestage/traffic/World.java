package io.lifestage.traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * All that a simulation depends on: two of the same world tell the same events, byte for byte.
 *
 * @param seed of all chance
 * @param customers how many people come in the {@code season}, most of them known at its beginning
 * @param beginning before which nothing is told, epoch milliseconds
 * @param season in which the customers come for the first time, from the beginning on, milliseconds
 * @param opening from when on more visitors come, epoch milliseconds
 * @param rate how many events per second, averaged over a week, the first visits of those make
 * @param troubles what does not work in the shop, and when; before the first of them the world is
 *     the one without
 * @param living whether products change, new ones come, and customers know what goes together; in
 *     another world the catalogue is always the same and names what goes with what
 */
public record World(
    long seed,
    int customers,
    long beginning,
    long season,
    long opening,
    double rate,
    List<Trouble> troubles,
    boolean living) {

  public World {
    if (customers < 0 || season < Rhythm.DAY || rate < 0) {
      throw new IllegalArgumentException(
          "customers and rate can't be negative, and a season has a day or more");
    }
    troubles = List.copyOf(troubles);
  }

  /** A world in whose shop everything works, and whose catalogue is always the same. */
  public World(long seed, int customers, long beginning, long season, long opening, double rate) {
    this(seed, customers, beginning, season, opening, rate, List.of(), false);
  }

  /** The world with a catalogue that lives. */
  public World alive() {
    return new World(seed, customers, beginning, season, opening, rate, troubles, true);
  }

  /** The world in which this does not work either. */
  public World troubledBy(List<Trouble> more) {
    List<Trouble> all = new ArrayList<>(troubles);
    all.addAll(more);
    return new World(seed, customers, beginning, season, opening, rate, all, living);
  }

  /** Whether a step of the checkout or a way to pay fails a cart that comes to it then. */
  boolean fails(String what, String cart, long at) {
    for (Trouble trouble : troubles) {
      if (trouble.what().equals(what) && trouble.befalls(cart, at, seed)) {
        return true;
      }
    }
    return false;
  }
}
