package io.lifestage.offer;

import io.lifestage.offer.Look.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who watches one thing, as of one moment: filled from what is stored, then asked.
 *
 * <p>Looks are remembered by the hour, since nobody's turn hangs on a minute: a second look within
 * the hour says nothing new, and need not be written. Who buys within the hour of a look has bought
 * after it.
 */
public final class Watchers {

  /** What is remembered of one customer. */
  private static final class Interest {
    private final String customer;
    private Mark greatest = Mark.VIEWED;
    private long latest = NONE;
    private long bought = NONE;

    Interest(String customer) {
      this.customer = customer;
    }

    void add(Mark mark, long looked, boolean untilBought) {
      if (mark == Mark.BOUGHT && untilBought) {
        bought = looked;
        return;
      }
      greatest = mark.compareTo(greatest) > 0 ? mark : greatest;
      latest = Math.max(latest, looked);
    }

    /** Whether there is any, and since the customer bought. */
    boolean isThere() {
      return latest > bought;
    }

    long lot() {
      return scattered(customer);
    }
  }

  private static final Comparator<Interest> LARGEST_FIRST =
      Comparator.comparing(Interest::isThere)
          .thenComparing(interest -> interest.greatest)
          .thenComparingLong(interest -> interest.latest)
          .reversed()
          .thenComparingLong(Interest::lot)
          .thenComparing(interest -> interest.customer);

  private static final long NONE = Long.MIN_VALUE;

  private final Watching watching;
  private final long hour;
  private final Map<String, Interest> interests = new HashMap<>();

  /**
   * @param at the moment, epoch milliseconds
   */
  public Watchers(Watching watching, long at) {
    this.watching = watching;
    this.hour = Watching.hour(at);
  }

  /**
   * Something that is remembered.
   *
   * @param looked the hour of the latest look of this kind
   * @return whether it still counts; otherwise it can be forgotten
   */
  public boolean add(String customer, Mark mark, long looked) {
    if (watching.isOver(looked, hour)) {
      return false;
    }
    if (looked <= hour) {
      interests.computeIfAbsent(customer, Interest::new).add(mark, looked, watching.untilBought());
    }
    return true;
  }

  /** How many are remembered, also those who bought. */
  public int size() {
    return interests.size();
  }

  /**
   * Who is to be told, in their order: the largest interest first, the latest look, then by lot.
   */
  public List<String> inOrder() {
    List<String> customers = new ArrayList<>();
    for (Interest interest : ranked()) {
      if (customers.size() < watching.atMost() && interest.isThere()) {
        customers.add(interest.customer);
      }
    }
    return customers;
  }

  /** Who is one too many: they can be forgotten. */
  public List<String> surplus() {
    if (interests.size() <= watching.atMost()) {
      return List.of();
    }
    List<Interest> ranked = ranked();
    return ranked.subList(watching.atMost(), ranked.size()).stream()
        .map(interest -> interest.customer)
        .toList();
  }

  private List<Interest> ranked() {
    List<Interest> all = new ArrayList<>(interests.values());
    all.sort(LARGEST_FIRST);
    return all;
  }

  /** Spreads names that follow one another, so that no alphabet decides. */
  private static long scattered(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash ^ (hash >>> 32);
  }
}
