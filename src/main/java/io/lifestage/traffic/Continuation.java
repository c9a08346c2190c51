package io.lifestage.traffic;

import java.time.Instant;
import java.util.List;

/**
 * A world brought to the event after the last that was told.
 *
 * @param simulation whose next event is the next to tell
 * @param from the world, the shift from now on, and what has been told
 */
public record Continuation(Simulation simulation, Bookmark from) {

  /** A world of which nothing was told. */
  public static Continuation fromTheBeginning(World world, Assortment shop) {
    return new Continuation(new Simulation(world, shop), new Bookmark(world, 0, 0));
  }

  /**
   * A world of which nothing was told and nothing of the past will be: as if it had gone on unseen.
   *
   * @param now where it begins to be told, epoch milliseconds
   */
  public static Continuation unseenUntil(long now, World world, Assortment shop) {
    Simulation simulation = new Simulation(world, shop);
    long unseen = 0;
    while (simulation.hasNext() && simulation.peek().at() < now) {
      simulation.next();
      unseen++;
    }
    return new Continuation(simulation, new Bookmark(world, 0, unseen));
  }

  /** Goes on where a bookmark lies, without a gap and without a shift of its own. */
  public static Continuation after(Bookmark bookmark, Assortment shop) {
    Simulation simulation = new Simulation(bookmark.world(), shop);
    for (long told = 0; told < bookmark.told() && simulation.hasNext(); told++) {
      simulation.next();
    }
    return new Continuation(simulation, bookmark);
  }

  /**
   * The same world, going on now as if it had stood still while nobody told. Where the past was not
   * yet told to its end, nothing shifts: what is left of it is still the past.
   */
  public Continuation resumedAt(long now) {
    if (!simulation.hasNext() || isInThePast()) {
      return this;
    }
    long shift = Math.max(from.shift(), now - simulation.peek().at());
    return new Continuation(simulation, new Bookmark(from.world(), shift, from.told()));
  }

  /**
   * The same world, in which something does not work from a moment on that was not told yet.
   *
   * @throws IllegalArgumentException if what was told would not be what happened
   */
  public Continuation troubledBy(List<Trouble> troubles, Assortment shop) {
    if (troubles.isEmpty()) {
      return this;
    }
    if (troubles.stream().anyMatch(trouble -> trouble.from() <= simulation.reached())) {
      throw new IllegalArgumentException(
          "what happened up to %s is told already; trouble begins after that"
              .formatted(Instant.ofEpochMilli(simulation.reached() + from.shift())));
    }
    World world = from.world().troubledBy(troubles);
    return after(new Bookmark(world, from.shift(), from.told()), shop);
  }

  /** Whether the next event lies before the opening, so that the past was not told to its end. */
  public boolean isInThePast() {
    return simulation.hasNext() && simulation.peek().at() < from.world().opening();
  }
}
