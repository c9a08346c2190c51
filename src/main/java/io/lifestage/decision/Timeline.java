package io.lifestage.decision;

import java.util.ArrayList;
import java.util.List;

/**
 * Which definitions hold when. A version holds from its moment on until the next; what happened
 * before it is decided under the one before, however late it is decided.
 */
public final class Timeline {
  /** No further version. */
  static final long NEVER = Long.MAX_VALUE;

  private final long[] from;
  private final Definitions[] definitions;

  private Timeline(long[] from, Definitions[] definitions) {
    this.from = from;
    this.definitions = definitions;
  }

  /** The same definitions for all time. */
  public static Timeline always(Definitions definitions) {
    return new Timeline(new long[] {Long.MIN_VALUE}, new Definitions[] {definitions});
  }

  /**
   * The timeline with other definitions from a moment on.
   *
   * @param moment epoch milliseconds, later than every change there is
   * @throws IllegalArgumentException for an earlier moment
   */
  public Timeline from(long moment, Definitions next) {
    int last = from.length - 1;
    if (moment < from[last] || (moment == from[last] && last == 0)) {
      throw new IllegalArgumentException(
          "definitions from " + moment + ", but there are some from " + from[last]);
    }
    List<Long> moments = new ArrayList<>();
    List<Definitions> versions = new ArrayList<>();
    for (int i = 0; i < from.length && from[i] < moment; i++) {
      moments.add(from[i]);
      versions.add(definitions[i]);
    }
    moments.add(moment);
    versions.add(next);
    return new Timeline(
        moments.stream().mapToLong(Long::longValue).toArray(),
        versions.toArray(Definitions[]::new));
  }

  /** The definitions that hold at a moment, epoch milliseconds. */
  public Definitions at(long moment) {
    int i = from.length - 1;
    while (i > 0 && from[i] > moment) {
      i--;
    }
    return definitions[i];
  }

  /** The last definitions there are. */
  public Definitions latest() {
    return definitions[definitions.length - 1];
  }

  /** The first change after a moment, epoch milliseconds, or {@link #NEVER}. */
  long changeAfter(long moment) {
    for (long change : from) {
      if (change > moment) {
        return change;
      }
    }
    return NEVER;
  }

  /** The definitions that held before those of a moment of change. */
  Definitions before(long change) {
    return at(change - 1);
  }
}
