package io.lifestage.trait;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of one trait of one customer. Immutable.
 *
 * @param total for all time without entries: the count, the sum, or the last time
 * @param entries what a window or a unique count must remember, oldest first; bounded by {@link
 *     Trait#atMost()}
 */
public record Tally(long total, List<Entry> entries) {

  /** Nothing seen. */
  public static final Tally EMPTY = new Tally(0, List.of());

  /**
   * One event that counts.
   *
   * @param at when, epoch milliseconds
   * @param key the unique value, or the event's id
   * @param event the event's id, for evidence
   * @param amount what it adds to a sum, else 1
   */
  public record Entry(long at, String key, String event, long amount) {}

  /** The tally with an entry counted in. */
  Tally plus(Trait trait, Entry entry, long opensAfter) {
    if (trait.kind() == Trait.Kind.LAST) {
      return new Tally(Math.max(total, entry.at()), entries);
    }
    if (trait.window() instanceof Window.AllTime && trait.kind() != Trait.Kind.UNIQUE) {
      return new Tally(total + entry.amount(), entries);
    }
    boolean unique = trait.kind() == Trait.Kind.UNIQUE;
    List<Entry> next = new ArrayList<>(entries.size() + 1);
    for (Entry old : entries) {
      if (old.at() > opensAfter && !(unique && old.key().equals(entry.key()))) {
        next.add(old);
      }
    }
    next.add(entry);
    int surplus = next.size() - trait.atMost();
    return new Tally(total, List.copyOf(surplus > 0 ? next.subList(surplus, next.size()) : next));
  }

  /** The tally with a unique value taken back; the same one where it is not there. */
  Tally minus(String key) {
    List<Entry> next = entries.stream().filter(entry -> !entry.key().equals(key)).toList();
    return next.size() == entries.size() ? this : new Tally(total, next);
  }

  /** What the trait is, seen from a moment. */
  double value(Trait trait, long opensAfter) {
    if (trait.kind() == Trait.Kind.LAST) {
      return total;
    }
    if (trait.window() instanceof Window.AllTime && trait.kind() != Trait.Kind.UNIQUE) {
      return total;
    }
    long value = 0;
    for (Entry entry : entries) {
      if (entry.at() > opensAfter) {
        value += entry.amount();
      }
    }
    return value;
  }

  /** Ids of the events that the value rests on, newest first; empty where only a total is kept. */
  List<String> evidence(long opensAfter) {
    List<String> ids = new ArrayList<>();
    for (int i = entries.size() - 1; i >= 0 && entries.get(i).at() > opensAfter; i--) {
      ids.add(entries.get(i).event());
    }
    return ids;
  }
}
