package io.lifestage.traffic;

/**
 * All that a simulation depends on: two of the same world tell the same events, byte for byte.
 *
 * @param seed of all chance
 * @param customers how many people come in the {@code season}, most of them known at its beginning
 * @param beginning before which nothing is told, epoch milliseconds
 * @param season in which the customers come for the first time, from the beginning on, milliseconds
 * @param opening from when on more visitors come, epoch milliseconds
 * @param rate how many events per second, averaged over a week, the first visits of those make
 */
public record World(
    long seed, int customers, long beginning, long season, long opening, double rate) {

  public World {
    if (customers < 0 || season < Rhythm.DAY || rate < 0) {
      throw new IllegalArgumentException(
          "customers and rate can't be negative, and a season has a day or more");
    }
  }
}
