package io.lifestage.decision;

import io.lifestage.journey.Instance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which definitions hold when. A version holds from its moment on until the next; what happened
 * before it is decided under the one before, however late it is decided.
 */
public final class Timeline {
  /** No further version. */
  static final long NEVER = Long.MAX_VALUE;

  private final List<Change> changes;

  private Timeline(List<Change> changes) {
    this.changes = changes;
  }

  /**
   * Other definitions from a moment on.
   *
   * @param from epoch milliseconds
   * @param definitions what holds then
   * @param journeys the only journeys that it changes; null where it changes more than journeys
   * @param everybody whether it concerns also who is in no run of these
   */
  private record Change(
      long from, Definitions definitions, Set<String> journeys, boolean everybody) {

    /** Whether something follows for a customer from the change alone. */
    boolean concerns(Customer customer) {
      if (customer.events() == 0) {
        return false;
      }
      if (everybody) {
        return true;
      }
      for (Instance run : customer.running().values()) {
        if (journeys.contains(run.journey())) {
          return true;
        }
      }
      return false;
    }
  }

  /** The same definitions for all time. */
  public static Timeline always(Definitions definitions) {
    return new Timeline(List.of(new Change(Long.MIN_VALUE, definitions, null, true)));
  }

  /**
   * The timeline with other definitions from a moment on, which concern everybody.
   *
   * @param moment epoch milliseconds, not before the last change there is
   * @throws IllegalArgumentException for an earlier moment
   */
  public Timeline from(long moment, Definitions next) {
    return and(new Change(moment, next, null, true));
  }

  /**
   * The timeline with other definitions from a moment on.
   *
   * @param moment epoch milliseconds, not before the last change there is
   * @param journeys the ids of the journeys that are different in them; nothing else is
   * @throws IllegalArgumentException for an earlier moment
   */
  public Timeline from(long moment, Definitions next, Set<String> journeys) {
    // A date is known of customers who are in no run.
    boolean everybody = journeys.stream().anyMatch(next::isDated);
    return and(new Change(moment, next, Set.copyOf(journeys), everybody));
  }

  private Timeline and(Change next) {
    Change last = changes.get(changes.size() - 1);
    if (next.from < last.from || next.from == Long.MIN_VALUE) {
      throw new IllegalArgumentException(
          "definitions from " + next.from + ", but there are some from " + last.from);
    }
    List<Change> all = new ArrayList<>(changes);
    if (next.from == last.from) {
      all.remove(last);
      all.add(together(last, next));
    } else {
      all.add(next);
    }
    return new Timeline(List.copyOf(all));
  }

  /** What two changes of one moment come to. */
  private static Change together(Change first, Change second) {
    if (first.journeys == null || second.journeys == null) {
      return new Change(second.from, second.definitions, null, true);
    }
    Set<String> both = new HashSet<>(first.journeys);
    both.addAll(second.journeys);
    return new Change(
        second.from, second.definitions, Set.copyOf(both), first.everybody || second.everybody);
  }

  /** The same moments with other definitions: for whoever listens to what is asked. */
  public Timeline each(UnaryOperator<Definitions> change) {
    return new Timeline(
        changes.stream()
            .map(
                one ->
                    new Change(
                        one.from, change.apply(one.definitions), one.journeys, one.everybody))
            .toList());
  }

  /** The definitions that hold at a moment, epoch milliseconds. */
  public Definitions at(long moment) {
    int i = changes.size() - 1;
    while (i > 0 && changes.get(i).from > moment) {
      i--;
    }
    return changes.get(i).definitions;
  }

  /** The last definitions there are. */
  public Definitions latest() {
    return changes.get(changes.size() - 1).definitions;
  }

  /**
   * The first change after a moment, epoch milliseconds, from which alone something may follow for
   * a customer; {@link #NEVER} where there is none.
   */
  long changeFor(Customer customer, long moment) {
    int first = changes.size();
    while (first > 0 && changes.get(first - 1).from > moment) {
      first--;
    }
    for (Change change : changes.subList(first, changes.size())) {
      if (change.concerns(customer)) {
        return change.from;
      }
    }
    return NEVER;
  }

  /**
   * Whether a change can concern anybody at all: it brings a date, or something that somebody may
   * be in already.
   *
   * @param change its moment
   */
  public boolean canConcernSomebody(long change) {
    Definitions before = before(change);
    for (Change one : changes) {
      if (one.from == change) {
        return one.everybody
            || one.journeys.stream().anyMatch(journey -> before.journey(journey) != null);
      }
    }
    return true;
  }

  /** Whether a change is of journeys alone: traits, segments and stages mean what they meant. */
  boolean isOfJourneysAlone(long change) {
    return changes.stream().anyMatch(one -> one.from == change && one.journeys != null);
  }

  /** The definitions that held before those of a moment of change. */
  Definitions before(long change) {
    return at(change - 1);
  }
}
