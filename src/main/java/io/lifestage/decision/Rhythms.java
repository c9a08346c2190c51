package io.lifestage.decision;

import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What a customer buys again, and how often.
 *
 * <p>Of a product bought once, {@link Customer#owned} knows the order, and no more is kept. From
 * the second order on the times are, by sku: the last {@value Bounds#PURCHASES} of the {@value
 * Bounds#REBOUGHT} products bought last. An order that is undone takes its time back.
 *
 * <p>Orders of one day (UTC) count as one purchase: who forgot something and orders once more has
 * no rhythm of an hour.
 */
final class Rhythms {
  private static final long DAY = 24 * 60 * 60 * 1000L;

  /** Two times between three purchases are the least that is a rhythm. */
  private static final int PURCHASES = 3;

  private Rhythms() {}

  /** Notes what an order has become, before what is owned is. */
  static void note(Draft draft, Order before, Order after) {
    boolean same =
        before.counts() == after.counts()
            && before.paidAt() == after.paidAt()
            && before.lines().equals(after.lines());
    if (same) {
      return;
    }
    boolean linesForgotten = before.lines().isEmpty() && after.lines().isEmpty();
    if (before.counts() && !(after.counts() && linesForgotten)) {
      takeBack(draft, before.paidAt());
    }
    if (after.counts()) {
      after.lines().stream().map(Line::sku).distinct().forEach(sku -> add(draft, sku, after));
    }
    draft.rebought = mostOften(kept(draft.rebought, (sku, times) -> says(draft, sku, times)));
  }

  private static void add(Draft draft, String sku, Order order) {
    List<Long> times = draft.rebought.get(sku);
    if (times == null && isForGood(draft, sku)) {
      // When it was first bought is forgotten; what comes now is the first time of which is known.
      times = List.of();
    }
    if (times == null) {
      Order first = draft.orders.get(draft.owned.getOrDefault(sku, order.id()));
      if (first == null || first.id().equals(order.id()) || !first.counts()) {
        return;
      }
      times = List.of(first.paidAt());
    }
    List<Long> next = new ArrayList<>(times);
    next.add(order.paidAt());
    next.sort(null);
    int surplus = Math.max(0, next.size() - Bounds.PURCHASES);
    List<Long> kept = List.copyOf(next.subList(surplus, next.size()));
    draft.rebought = Bounds.put(draft.rebought, sku, kept, Integer.MAX_VALUE);
  }

  /** An order may have forgotten its lines, and never its time. */
  private static void takeBack(Draft draft, long paidAt) {
    Map<String, List<Long>> next = new LinkedHashMap<>(draft.rebought);
    next.replaceAll((sku, times) -> times.stream().filter(at -> at != paidAt).toList());
    draft.rebought = kept(next, (sku, times) -> !times.isEmpty());
  }

  private static Map<String, List<Long>> kept(
      Map<String, List<Long>> rebought, BiPredicate<String, List<Long>> which) {
    Map<String, List<Long>> kept = new LinkedHashMap<>(rebought);
    kept.entrySet().removeIf(entry -> !which.test(entry.getKey(), entry.getValue()));
    return kept.size() == rebought.size() ? rebought : kept;
  }

  /** A single time is kept where nothing else knows that the product was bought. */
  private static boolean says(Draft draft, String sku, List<Long> times) {
    return times.size() > 1 || isForGood(draft, sku);
  }

  private static boolean isForGood(Draft draft, String sku) {
    return Facts.FOR_GOOD.equals(draft.owned.get(sku));
  }

  /** Of too many products those that were bought most often, and of equal ones the latest. */
  private static Map<String, List<Long>> mostOften(Map<String, List<Long>> rebought) {
    int surplus = rebought.size() - Bounds.REBOUGHT;
    if (surplus <= 0) {
      return rebought;
    }
    Set<String> least =
        rebought.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> entry.getValue().size()))
            .limit(surplus)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return kept(rebought, (sku, times) -> !least.contains(sku));
  }

  /** The products bought on more than one day. */
  static List<String> boughtAgain(Map<String, List<Long>> rebought) {
    return rebought.entrySet().stream()
        .filter(entry -> byDay(entry.getValue()).size() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * When a product is due again: one median of the times between its purchases after the last one.
   * The median and not the mean, since one long holiday says nothing of how soon a bag of coffee is
   * empty.
   *
   * @param times when it was bought, the earliest first; may be null
   * @return epoch milliseconds, or 0 where there are not yet three purchases
   */
  static long due(List<Long> times) {
    List<Long> days = times == null ? List.of() : byDay(times);
    if (days.size() < PURCHASES) {
      return 0;
    }
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < days.size(); i++) {
      gaps.add(days.get(i) - days.get(i - 1));
    }
    gaps.sort(null);
    int middle = gaps.size() / 2;
    long median =
        gaps.size() % 2 == 1 ? gaps.get(middle) : (gaps.get(middle - 1) + gaps.get(middle)) / 2;
    return Deadlines.after(days.get(days.size() - 1), Duration.ofMillis(median));
  }

  /** The last purchase of each day. */
  private static List<Long> byDay(List<Long> times) {
    List<Long> days = new ArrayList<>();
    for (long at : times) {
      int last = days.size() - 1;
      if (last >= 0 && days.get(last) / DAY == at / DAY) {
        days.set(last, at);
      } else {
        days.add(at);
      }
    }
    return days;
  }
}
