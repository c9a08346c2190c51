package io.lifestage.metric;

/** The sketches of one label's panes. */
final class SeriesSketches {
  private final MetricDefinition.Kind kind;
  private final String label;
  private final PaneSketches panes;

  SeriesSketches(MetricDefinition.Kind kind, String label, PaneSketches panes) {
    this.kind = kind;
    this.label = label;
    this.panes = panes;
  }

  /** Takes in what an observation holds for the pane that enters the window at this end. */
  void add(RollingWindow window, long entry, Observation observation) {
    if (!kind.isEstimated()) {
      return;
    }
    String pane = nameOf(window, entry);
    Sketch kept = panes.get(pane);
    Sketch sketch = kept == null ? Sketch.of(kind) : kept;
    if (observation.sketch() == null) {
      sketch.add(observation);
    } else {
      sketch.merge(observation.sketch());
    }
    panes.put(pane, sketch);
  }

  void remove(RollingWindow window, long entry) {
    if (kind.isEstimated()) {
      panes.remove(nameOf(window, entry));
    }
  }

  /** What the first panes say together. */
  Estimates over(RollingWindow window, long[] entries, int within) {
    if (!kind.isEstimated() || within == 0) {
      return Estimates.NONE;
    }
    Sketch all = Sketch.of(kind);
    for (int i = 0; i < within; i++) {
      Sketch one = panes.get(nameOf(window, entries[i]));
      if (one != null) {
        all.merge(one);
      }
    }
    return all.estimates();
  }

  private String nameOf(RollingWindow window, long entry) {
    return window.label() + '/' + entry + '/' + label;
  }
}
