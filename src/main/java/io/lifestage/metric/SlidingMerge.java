package io.lifestage.metric;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;

/**
 * Merges the panes of a window that slides forward, without merging all of them at each end: from
 * two stacks. The older panes are merged from the newest of them backwards, and each of these
 * merges is kept, so that the oldest pane leaves by forgetting one; the newer panes are one merge,
 * into which the next goes. Once the older are used up, the newer become the older. So a pane is
 * merged about three times in all, and read once or twice.
 */
final class SlidingMerge {
  /** What the panes from this one to the last of the older ones say together. */
  private record Older(long entry, Sketch merged) {}

  private final MetricDefinition.Kind kind;
  private final LongFunction<Sketch> panes;
  private final Deque<Older> older = new ArrayDeque<>();
  private Sketch newer;
  private long newest = Long.MIN_VALUE;

  /**
   * @param panes the sketch of the pane with this entry, or null where it has none
   */
  SlidingMerge(MetricDefinition.Kind kind, LongFunction<Sketch> panes) {
    this.kind = kind;
    this.panes = panes;
    this.newer = Sketch.of(kind);
  }

  /**
   * What the first panes say together; whoever calls does not change it.
   *
   * @param entries of panes, in order of time; none is older than at the call before, but for those
   *     that have gone
   * @param within how many of them; at least one
   */
  Sketch over(long[] entries, int within) {
    while (!older.isEmpty() && older.peek().entry < entries[0]) {
      older.pop();
    }
    if (older.isEmpty()) {
      stack(entries, within);
    } else {
      for (int i = firstAfter(newest, entries, within); i < within; i++) {
        add(newer, entries[i]);
      }
    }
    newest = entries[within - 1];
    Sketch all = older.peek().merged.copy();
    all.merge(newer);
    return all;
  }

  private void stack(long[] entries, int within) {
    newer = Sketch.of(kind);
    Sketch merged = Sketch.of(kind);
    for (int i = within - 1; i >= 0; i--) {
      merged = merged.copy();
      add(merged, entries[i]);
      older.push(new Older(entries[i], merged));
    }
  }

  private void add(Sketch to, long entry) {
    Sketch pane = panes.apply(entry);
    if (pane != null) {
      to.merge(pane);
    }
  }

  private static int firstAfter(long newest, long[] entries, int within) {
    int first = within;
    while (first > 0 && entries[first - 1] > newest) {
      first--;
    }
    return first;
  }
}
