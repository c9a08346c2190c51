package io.lifestage.traffic;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Somebody who visits the shop: who they are, what they remember, and when they come again. */
final class Person {
  static final long NEVER = Long.MAX_VALUE;

  /** A device with the id that the shop's cookie gave it. */
  record Device(String kind, String anonymousId) {}

  /** A product that came by post. */
  record Delivery(Product product, long at) {}

  /** Who sent this person, and by which code. */
  record Invitation(String from, String code) {}

  /** How somebody comes into the world. */
  enum Entrance {
    /** The shop knows them from before anything is told. */
    KNOWN,
    /** Comes for the first time, and may stay. */
    NEW,
    /** Passes by; hardly ever comes again without having signed up. */
    PASSING,
    /** A friend has sent them. */
    INVITED
  }

  private static final List<String> DEVICES =
      List.of("mobile", "mobile", "mobile", "desktop", "desktop", "tablet");
  private static final int REMEMBERED_DELIVERIES = 4;

  final Dice dice;
  final Persona persona;
  final Country country;
  final List<String> favourites;
  final Invitation invitation;
  final List<Delivery> unreviewed = new ArrayList<>(0);
  final Account account;
  Device device;
  Basket basket = new Basket();
  int visits;
  int paidOrders;
  boolean friendThanked;

  private final boolean passing;
  private boolean leaving;
  private long lastHappening;

  /**
   * @param invitation who sent them, or null
   */
  Person(Dice dice, Country country, Entrance entrance, Invitation invitation, Shop shop) {
    this.dice = dice;
    this.country = country;
    this.invitation = invitation;
    this.persona =
        entrance == Entrance.KNOWN || entrance == Entrance.INVITED
            ? dice.oneOf(Persona.ALL, p -> p == Persona.PASSER_BY ? 0 : p.share)
            : dice.oneOf(Persona.ALL, p -> p.share);
    this.favourites = List.of(dice.oneOf(shop.categories()), dice.oneOf(shop.categories()));
    this.device = newDevice();
    this.account = new Account(this, entrance == Entrance.KNOWN);
    this.passing = entrance == Entrance.PASSING;
  }

  Device newDevice() {
    return new Device(dice.oneOf(DEVICES), dice.uuid());
  }

  /**
   * Lives from a moment on, until the next silence.
   *
   * @param world in whose shop not everything may work
   * @param reader gets what happens, at this moment or later
   * @param friends gets the people whom this person sends, and when they come
   * @return when to call again, epoch milliseconds, or {@link #NEVER}
   */
  long live(long at, World world, Shop shop, Consumer<Event> reader, Simulation.Guests friends) {
    Journal journal =
        new Journal(
            dice,
            at,
            event -> {
              lastHappening = Math.max(lastHappening, event.at());
              reader.accept(event);
            });
    if (leaving) {
      account.erase(journal);
      return NEVER;
    }
    basket.expire(at);
    new Visit(this, world, shop, journal, friends).play();
    visits++;
    return next(journal.now());
  }

  /** Remembers a product to review later. */
  void receives(Product product, long at) {
    if (unreviewed.size() < REMEMBERED_DELIVERIES) {
      unreviewed.add(new Delivery(product, at));
    }
  }

  private long next(long now) {
    if (!basket.isEmpty() && dice.chance(0.35)) {
      return now + dice.between(30 * Rhythm.MINUTE, 20 * Rhythm.HOUR);
    }
    if (passing && !account.isKnown() && dice.chance(0.96)) {
      return NEVER;
    }
    if (dice.chance(persona.stays)) {
      long days = (long) dice.exponential(persona.daysBetween * Rhythm.DAY);
      long then = Rhythm.hourOfDay(dice, country, now + days);
      return then > now + 20 * Rhythm.MINUTE
          ? then
          : now + dice.between(20 * Rhythm.MINUTE, 4 * Rhythm.HOUR);
    }
    if (dice.chance(account.isKnown() ? 0.3 : 0.1)) {
      long silence = dice.between(92 * Rhythm.DAY, 117 * Rhythm.DAY);
      return Rhythm.hourOfDay(dice, country, now + silence);
    }
    leaving = account.mayBeErased() && dice.chance(0.02);
    return leaving
        ? Math.max(now, lastHappening) + dice.between(Rhythm.DAY, 10 * Rhythm.DAY)
        : NEVER;
  }
}
