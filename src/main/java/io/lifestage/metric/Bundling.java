package io.lifestage.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds observations up before they are shuffled. What falls into the same pane of five seconds
 * cannot be told apart by any rolling window, since every pane is made of whole ones, so one
 * observation stands for all of them, at the start of the pane: their number, their sum, and where
 * the metric has estimates their sketch.
 */
public final class Bundling {
  private record Slot(String metric, String dimension, String label, long at) {}

  private record Split(String metric, String dimension) {}

  private final Map<Slot, Pile> piles = new LinkedHashMap<>();

  /** Takes one in. */
  public void add(Observation observation) {
    Slot slot =
        new Slot(
            observation.metric(),
            observation.dimension(),
            observation.label(),
            RollingMetric.finestPane(observation.at()));
    Pile pile = piles.get(slot);
    if (pile == null) {
      pile = new Pile(Metrics.kind(observation.metric()));
      piles.put(slot, pile);
    }
    pile.add(observation);
  }

  /** How many observations stand for all that came in. */
  public int size() {
    return piles.size();
  }

  /** Hands over everything, one bundle for each metric and dimension, and is empty afterwards. */
  public List<ObservationBundle> drain() {
    Map<Split, List<Observation>> splits = new LinkedHashMap<>();
    piles.forEach(
        (slot, pile) ->
            splits
                .computeIfAbsent(
                    new Split(slot.metric(), slot.dimension()), split -> new ArrayList<>())
                .add(pile.standingFor(slot)));
    piles.clear();
    List<ObservationBundle> bundles = new ArrayList<>(splits.size());
    splits.forEach(
        (split, all) -> bundles.add(new ObservationBundle(split.metric(), split.dimension(), all)));
    return bundles;
  }

  /** What fell into one pane of one label. */
  private static final class Pile {
    private final MetricDefinition.Kind kind;
    private final Sketch sketch;
    private long count;
    private long sum;
    private Observation reading;

    Pile(MetricDefinition.Kind kind) {
      this.kind = kind;
      this.sketch = Sketch.of(kind);
    }

    void add(Observation observation) {
      if (kind == MetricDefinition.Kind.READING) {
        boolean latest = reading == null || observation.at() >= reading.at();
        reading = latest ? observation : reading;
        return;
      }
      count += observation.count();
      if (kind != MetricDefinition.Kind.DISTINCT) {
        sum += observation.sum();
      }
      if (sketch != null) {
        sketch.add(observation);
      }
    }

    Observation standingFor(Slot slot) {
      return reading != null
          ? reading
          : new Observation(
              slot.metric(), slot.dimension(), slot.label(), slot.at(), count, sum, sketch);
    }
  }
}
