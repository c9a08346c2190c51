package io.lifestage.metric;

import java.util.EnumMap;
import java.util.Map;

/**
 * The sketches of one label's panes, for as long as one call lasts: while time goes on, each pane
 * is read once, however many ends of windows time passes.
 */
final class SeriesSketches {
  private final MetricDefinition.Kind kind;
  private final String label;
  private final PaneSketches panes;
  private final Map<RollingWindow, SlidingMerge> merges = new EnumMap<>(RollingWindow.class);

  SeriesSketches(MetricDefinition.Kind kind, String label, PaneSketches panes) {
    this.kind = kind;
    this.label = label;
    this.panes = panes;
  }

  /**
   * Takes in what an observation holds for the pane that enters the window at this end.
   *
   * @param opened whether it is the first of the pane, which then has no sketch yet
   */
  void add(RollingWindow window, long entry, Observation observation, boolean opened) {
    if (!kind.isEstimated()) {
      return;
    }
    String pane = nameOf(window, entry);
    Sketch kept = opened ? null : panes.get(pane);
    Sketch sketch = kept == null ? Sketch.of(kind) : kept;
    if (observation.sketch() == null) {
      sketch.add(observation);
    } else {
      sketch.merge(observation.sketch());
    }
    panes.put(pane, sketch);
    merges.remove(window);
  }

  void remove(RollingWindow window, long entry) {
    if (kind.isEstimated()) {
      panes.remove(nameOf(window, entry));
    }
  }

  /**
   * What the first panes say together.
   *
   * @param entries of the panes, in order of time; never an earlier window than at the call before
   */
  Estimates over(RollingWindow window, long[] entries, int within) {
    if (!kind.isEstimated() || within == 0) {
      return Estimates.NONE;
    }
    return merges
        .computeIfAbsent(
            window, one -> new SlidingMerge(kind, entry -> panes.get(nameOf(one, entry))))
        .over(entries, within)
        .estimates();
  }

  private String nameOf(RollingWindow window, long entry) {
    return window.label() + '/' + entry + '/' + label;
  }
}
