package io.lifestage.metric;

/**
 * Where the sketches of a metric's panes are kept: each by itself and not within {@link
 * RollingMetric}, since they are larger than counts and few of them change at a time.
 */
public interface PaneSketches {
  /** For a metric that has none. */
  PaneSketches NONE =
      new PaneSketches() {
        @Override
        public Sketch get(String pane) {
          return null;
        }

        @Override
        public void put(String pane, Sketch sketch) {
          throw new IllegalStateException("A sketch of a metric that has none");
        }

        @Override
        public void remove(String pane) {
          // There is none.
        }
      };

  /**
   * A pane's sketch, or null.
   *
   * @param pane its name: window, time and label
   */
  Sketch get(String pane);

  /**
   * Keeps it. The pane's sketch, if it may have one, was asked for by {@link #get} right before:
   * what is put without that is the first.
   */
  void put(String pane, Sketch sketch);

  void remove(String pane);
}
