package io.lifestage.decision;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random histories of one customer, the same for the same seed. */
final class Histories {
  private static final String[] SKUS = {"mug", "cup", "pot", "jar", "can"};

  private Histories() {}

  /**
   * A history whose pauses are short or as long as the stage model's bounds, sometimes to the
   * millisecond. Events of one moment occur.
   */
  static List<Event> random(Random random, int size) {
    long[] pauses = {
      0,
      1,
      1000,
      60_000,
      hours(1),
      hours(24) - 1,
      hours(24),
      hours(24 * 7),
      hours(24 * 30),
      hours(24 * 90) - 1,
      hours(24 * 90),
      hours(24 * 91)
    };
    return random(random, size, pauses);
  }

  /** A history without a pause longer than some minutes. */
  static List<Event> lively(Random random, int size) {
    return random(random, size, new long[] {0, 1, 900, 2000, 30_000, 400_000});
  }

  /** A history in which often nothing happens for as long as events may be late, and longer. */
  static List<Event> slow(Random random, int size) {
    long hour = hours(1);
    return random(random, size, new long[] {0, 1, 60_000, hour / 3, hour, hour + 1, 3 * hour});
  }

  private static List<Event> random(Random random, int size, long[] pauses) {
    List<Event> history = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    long at = Story.moment("+0s");
    for (int i = 0; i < size; i++) {
      // Ids in another order than time, so that ties are broken by id and not by luck.
      String id = "%04x-%d".formatted(random.nextInt(0x10000), i);
      history.add(happening(random, placed).id(id).event("ada", i, at));
      long pause = pauses[random.nextInt(pauses.length)];
      at += random.nextInt(4) == 0 && pause > 2 ? (long) (random.nextDouble() * pause) : pause;
    }
    history.sort(Event.BY_TIME);
    return history;
  }

  private static Happening happening(Random random, Set<String> placed) {
    String sku = SKUS[random.nextInt(SKUS.length)];
    String cart = "c" + random.nextInt(3);
    String order = "o" + random.nextInt(9);
    String chat = "t" + random.nextInt(2);
    return switch (random.nextInt(22)) {
      case 0 -> Happening.pageViewed();
      case 1, 2, 3 -> Happening.productViewed(sku);
      case 4 -> Happening.contentViewed();
      case 5, 6 -> Happening.productAdded(cart, sku, 100 + random.nextInt(900));
      case 7 -> Happening.productRemoved(cart, sku);
      case 8 -> Happening.checkoutStarted(cart);
      // Placed once: which of two placings is thanked for depends on which came first.
      case 9, 10 ->
          !placed.add(order)
              ? Happening.pageViewed()
              : random.nextBoolean()
                  ? Happening.orderPlaced(order, sku)
                  : Happening.orderPlaced(order, sku).with("cart_id", cart);
      case 11, 12, 13 -> Happening.orderPaid(order, sku);
      case 14 -> Happening.orderDelivered(order);
      case 15 -> Happening.orderCancelled(order);
      case 16 -> Happening.orderRefunded(order, random.nextBoolean() ? 1000 : 400);
      case 17 -> Happening.salesQuestion(chat);
      case 18 -> Happening.message(chat, random.nextBoolean() ? "agent" : "bot");
      case 19 -> Happening.consent("email", random.nextInt(3) > 0);
      case 20 ->
          random.nextInt(4) == 0 ? Happening.referralConverted() : Happening.chatResolved(chat);
      default -> Happening.of(EventType.TRIGGER_OPENED, "trigger_id", "t");
    };
  }

  private static long hours(int hours) {
    return Duration.ofHours(hours).toMillis();
  }
}
