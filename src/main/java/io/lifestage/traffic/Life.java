package io.lifestage.traffic;

import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import java.util.List;

/**
 * What becomes of one product where the catalogue lives. Some cost less for some days now and then,
 * some run out and come back, and of some there is a new edition after months, which takes the
 * place of the last. Each has a rhythm of its own, and what it is at a moment follows from the
 * moment alone.
 */
final class Life {
  private static final double REDUCED = 0.2;
  private static final double RUNNING_OUT = 0.15;

  /** Of every so many products there are new editions. */
  private static final int RENEWED = 5;

  /** Of every so many products the catalogue names complements that somebody chose. */
  private static final int CHOSEN = 4;

  /** Of every so many something happens soon after the opening: it is then that people look. */
  private static final int OPENING = 11;

  private final Product plain;
  private final List<String> complements;
  private final long beginning;
  private final Spell sales;
  private final Spell shortages;
  private final long reduced;
  private final long firstEdition;
  private final long betweenEditions;

  /**
   * The life of a product.
   *
   * @param number of the product in the assortment
   * @param dice of this product in this world
   */
  Life(Product product, int number, Dice dice, World world) {
    plain = product;
    complements = number % CHOSEN == 0 ? product.complements() : List.of();
    beginning = world.beginning();
    long price = product.price().minor();
    reduced = price - price * dice.from(10, 30) / 100;
    double how = dice.fraction();
    Spell days = spell(dice, world, number, dice.from(7, 14), dice.from(2, 4) * Rhythm.DAY, true);
    Spell hours =
        spell(dice, world, number, dice.from(8, 16), dice.from(6, 60) * Rhythm.HOUR, false);
    sales = how < REDUCED ? days : Spell.NEVER;
    shortages = how >= REDUCED && how < REDUCED + RUNNING_OUT ? hours : Spell.NEVER;
    betweenEditions = dice.from(90, 150) * Rhythm.DAY;
    firstEdition =
        number % RENEWED == RENEWED - 1 ? hour(dice, beginning, betweenEditions) : Long.MAX_VALUE;
  }

  /**
   * Something that comes after some days again and again.
   *
   * @param begins whether it is its beginning that is worth telling, or its end
   */
  private static Spell spell(
      Dice dice, World world, int number, int days, long length, boolean begins) {
    long period = days * Rhythm.DAY;
    long first = hour(dice, world.beginning(), period);
    if (number % OPENING == 0) {
      long told = world.opening() + dice.from(30, 90) * Rhythm.MINUTE - (begins ? 0 : length);
      first = world.beginning() + 1 + Math.floorMod(told - world.beginning() - 1, period);
    }
    return new Spell(first, period, length);
  }

  /** A full hour, within so long after a moment. */
  private static long hour(Dice dice, long after, long within) {
    return (Math.floorDiv(after, Rhythm.HOUR) + 1) * Rhythm.HOUR
        + dice.below((int) (within / Rhythm.HOUR)) * Rhythm.HOUR;
  }

  /** The product as it is at a moment of the world. */
  Product at(long at) {
    long since = Math.max(sales.lastChange(at), shortages.lastChange(at));
    return new Product(
        plain.sku(),
        Math.max(beginning, since),
        plain.name(),
        plain.category(),
        sales.isOn(at) ? new Money(reduced, plain.price().currency()) : plain.price(),
        plain.available() && !shortages.isOn(at),
        complements);
  }

  /** How many new editions there were by a moment. */
  int editions(long at) {
    return at < firstEdition ? 0 : 1 + (int) ((at - firstEdition) / betweenEditions);
  }

  /**
   * A new edition of the product as it is at a moment: on sale until the next takes its place.
   *
   * @param edition its number, the first new one being 1
   * @return null before it is there
   */
  Product edition(int edition, long at) {
    int latest = editions(at);
    if (edition < 1 || edition > latest) {
      return null;
    }
    boolean replaced = edition < latest;
    long from = firstEdition + (edition - (replaced ? 0 : 1)) * betweenEditions;
    return new Product(
        plain.sku() + "." + (edition + 1),
        from,
        plain.name() + ", edition " + (edition + 1),
        plain.category(),
        new Money(plain.price().minor() * 23 / 20, plain.price().currency()),
        !replaced,
        List.of());
  }

  /** When something next becomes of it after a moment, or {@link Long#MAX_VALUE}. */
  long nextChange(long after) {
    long edition =
        after < firstEdition ? firstEdition : firstEdition + editions(after) * betweenEditions;
    return Math.min(edition, Math.min(sales.nextChange(after), shortages.nextChange(after)));
  }
}
