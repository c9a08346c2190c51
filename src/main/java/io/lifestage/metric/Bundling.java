package io.lifestage.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds observations up before they are shuffled. What falls into the same pane of five seconds
 * cannot be told apart by any rolling window, since every pane is made of whole ones, so one
 * observation stands for all of them, at the start of the pane.
 */
public final class Bundling {
  private record Slot(String metric, String dimension, String label, long at) {}

  private record Split(String metric, String dimension) {}

  private final Map<Slot, Observation> slots = new LinkedHashMap<>();

  /** Takes one in. */
  public void add(Observation observation) {
    boolean reading = Metrics.kind(observation.metric()) == MetricDefinition.Kind.READING;
    long at = RollingMetric.finestPane(observation.at());
    Slot slot = new Slot(observation.metric(), observation.dimension(), observation.label(), at);
    slots.merge(
        slot,
        reading ? observation : moved(observation, at),
        reading ? Bundling::latest : Bundling::sum);
  }

  /** How many observations stand for all that came in. */
  public int size() {
    return slots.size();
  }

  /** Hands over everything, one bundle for each metric and dimension, and is empty afterwards. */
  public List<ObservationBundle> drain() {
    Map<Split, List<Observation>> splits = new LinkedHashMap<>();
    slots.forEach(
        (slot, observation) ->
            splits
                .computeIfAbsent(
                    new Split(slot.metric(), slot.dimension()), split -> new ArrayList<>())
                .add(observation));
    slots.clear();
    List<ObservationBundle> bundles = new ArrayList<>(splits.size());
    splits.forEach(
        (split, all) -> bundles.add(new ObservationBundle(split.metric(), split.dimension(), all)));
    return bundles;
  }

  private static Observation moved(Observation from, long at) {
    return new Observation(
        from.metric(), from.dimension(), from.label(), at, from.count(), from.sum());
  }

  private static Observation sum(Observation a, Observation b) {
    return new Observation(
        a.metric(), a.dimension(), a.label(), a.at(), a.count() + b.count(), a.sum() + b.sum());
  }

  private static Observation latest(Observation a, Observation b) {
    return b.at() >= a.at() ? b : a;
  }
}
