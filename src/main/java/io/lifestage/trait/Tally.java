package io.lifestage.trait;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of one trait of one customer. Immutable.
 *
 * @param total over all time: the count or the sum
 * @param entries what a window, a unique count, the most said, a quantile, an interval or an
 *     extreme must remember, oldest first; bounded by {@link Trait#atMost()}
 */
public record Tally(long total, List<Entry> entries) {

  /** Nothing seen. */
  public static final Tally EMPTY = new Tally(0, List.of());

  /**
   * One event that counts.
   *
   * @param at when, epoch milliseconds
   * @param key the unique value or the text, else empty
   * @param event the event's id, for evidence
   * @param amount the number, or the time in epoch milliseconds, else 1
   */
  public record Entry(long at, String key, String event, long amount) {}

  /** The tally with an entry counted in. */
  Tally plus(Trait trait, Entry entry, long opensAfter) {
    if (!trait.keepsEntries()) {
      return overAllTime(trait, entry);
    }
    boolean unique = trait.measure() instanceof Measure.Unique;
    List<Entry> next = new ArrayList<>(entries.size() + 1);
    for (Entry old : entries) {
      if (old.at() > opensAfter && !(unique && old.key().equals(entry.key()))) {
        next.add(old);
      }
    }
    if (trait.measure() instanceof Measure.First && !next.isEmpty()) {
      return next.size() == entries.size() ? this : new Tally(total, List.copyOf(next));
    }
    if (trait.measure() instanceof Measure.Last) {
      next.clear();
    }
    next.add(entry);
    int surplus = next.size() - trait.atMost();
    return new Tally(total, List.copyOf(surplus > 0 ? next.subList(surplus, next.size()) : next));
  }

  private Tally overAllTime(Trait trait, Entry entry) {
    if (trait.measure() instanceof Measure.Count || trait.measure() instanceof Measure.Sum) {
      return new Tally(total + entry.amount(), entries);
    }
    boolean takes =
        entries.isEmpty()
            || trait.measure() instanceof Measure.Last
            || (trait.measure() instanceof Measure.Min && entry.amount() < entries.get(0).amount())
            || (trait.measure() instanceof Measure.Max && entry.amount() > entries.get(0).amount());
    return takes ? new Tally(total, List.of(entry)) : this;
  }

  /** The tally with a unique value taken back; the same one where it is not there. */
  Tally minus(String key) {
    List<Entry> next = entries.stream().filter(entry -> !entry.key().equals(key)).toList();
    return next.size() == entries.size() ? this : new Tally(total, next);
  }

  /** What the trait is, seen from a moment: of the type that its measure says. */
  Object value(Trait trait, long opensAfter) {
    List<Entry> counting = trait.keepsEntries() ? since(opensAfter) : entries;
    Measure measure = trait.measure();
    if (measure instanceof Measure.Count || measure instanceof Measure.Sum) {
      return trait.keepsEntries()
          ? (Object) counting.stream().mapToLong(Entry::amount).sum()
          : (Object) total;
    }
    if (measure instanceof Measure.Unique) {
      return (long) counting.size();
    }
    if (measure instanceof Measure.Min) {
      return counting.stream().mapToLong(Entry::amount).min().orElse(0);
    }
    if (measure instanceof Measure.Max) {
      return counting.stream().mapToLong(Entry::amount).max().orElse(0);
    }
    if (measure instanceof Measure.Quantile quantile) {
      return quantile(counting, quantile.share());
    }
    if (measure instanceof Measure.Interval) {
      return interval(counting);
    }
    if (measure instanceof Measure.Most) {
      return most(counting);
    }
    boolean last = measure instanceof Measure.Last;
    return said(
        measure.type(), counting.isEmpty() ? null : counting.get(last ? counting.size() - 1 : 0));
  }

  /**
   * When the value next changes by time alone: the first moment at which the oldest entry no longer
   * counts, epoch milliseconds; {@link Long#MAX_VALUE} for never.
   */
  long nextChange(Trait trait, long now) {
    if (!(trait.window() instanceof Window.Rolling rolling)) {
      return Long.MAX_VALUE;
    }
    for (Entry entry : entries) {
      long leaves = entry.at() + rolling.length().toMillis();
      if (leaves > now) {
        return leaves;
      }
    }
    return Long.MAX_VALUE;
  }

  /** The id of the entry's event that leaves the window at this very moment, or null. */
  String leavingAt(Trait trait, long moment) {
    if (trait.window() instanceof Window.Rolling rolling) {
      for (Entry entry : entries) {
        if (entry.at() + rolling.length().toMillis() == moment) {
          return entry.event();
        }
      }
    }
    return null;
  }

  /** Ids of the events that the value rests on, newest first; empty where only a total is kept. */
  List<String> evidence(long opensAfter) {
    List<String> ids = new ArrayList<>();
    for (int i = entries.size() - 1; i >= 0 && entries.get(i).at() > opensAfter; i--) {
      ids.add(entries.get(i).event());
    }
    return ids;
  }

  private List<Entry> since(long opensAfter) {
    int from = 0;
    while (from < entries.size() && entries.get(from).at() <= opensAfter) {
      from++;
    }
    return entries.subList(from, entries.size());
  }

  private static long quantile(List<Entry> counting, double share) {
    if (counting.isEmpty()) {
      return 0;
    }
    long[] amounts = counting.stream().mapToLong(Entry::amount).sorted().toArray();
    int rank = (int) Math.ceil(share * amounts.length);
    return amounts[Math.max(rank, 1) - 1];
  }

  private static String most(List<Entry> counting) {
    Map<String, Integer> said = new HashMap<>();
    counting.forEach(entry -> said.merge(entry.key(), 1, Integer::sum));
    String most = "";
    for (int i = counting.size() - 1; i >= 0; i--) {
      String key = counting.get(i).key();
      if (said.get(key) > said.getOrDefault(most, 0)) {
        most = key;
      }
    }
    return most;
  }

  private static Duration interval(List<Entry> counting) {
    int gaps = counting.size() - 1;
    return gaps < 1
        ? Duration.ZERO
        : Duration.ofMillis((counting.get(gaps).at() - counting.get(0).at()) / gaps);
  }

  private static Object said(ValueType type, Entry entry) {
    return switch (type) {
      case TEXT -> entry == null ? "" : entry.key();
      case TIME -> Instant.ofEpochMilli(entry == null ? 0 : entry.amount());
      case FLAG -> entry != null && entry.amount() != 0;
      case DURATION -> Duration.ofMillis(entry == null ? 0 : entry.amount());
      case DECIMAL -> entry == null ? 0d : (double) entry.amount();
      case INTEGER -> entry == null ? 0L : entry.amount();
    };
  }
}
