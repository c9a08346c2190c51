package io.lifestage.journey;

import io.lifestage.lifecycle.Condition;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A sequence that customers go through, each on their own clock.
 *
 * @param id its name
 * @param version counted up with every change
 * @param service whether it serves what the customer asked for (an order, a chat) and so needs no
 *     marketing consent and no guard of marketing
 * @param entry what starts a run
 * @param filter what must hold for a run to start
 * @param key what a run is about; there is at most one run per key at a time
 * @param reEntry whether a key may start again
 * @param steps what a run does, in order; never empty
 * @param exits what ends a run at once, wherever it is
 */
public record Journey(
    String id,
    int version,
    boolean service,
    Entry entry,
    Condition filter,
    InstanceKey key,
    ReEntry reEntry,
    List<Step> steps,
    List<Exit> exits) {

  public Journey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(reEntry, "reEntry");
    steps = List.copyOf(steps);
    exits = List.copyOf(exits);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("journey " + id + " has no step");
    }
    Set<String> names = new HashSet<>();
    for (Step step : steps) {
      // The name is a part of the trigger's id: two of one name would be one trigger.
      if (step instanceof Step.Emit emit && !names.add(emit.id())) {
        throw new IllegalArgumentException("journey " + id + ": two steps are called " + emit.id());
      }
    }
  }

  /** The name under which runs keep to the version that they entered. */
  public String versioned() {
    return id + "@" + version;
  }

  /**
   * Whether its answer can be given when the event arrives, before the customer's other events are
   * in order: it serves, one event starts it, that event alone decides, no rest since the run
   * before is to be kept, and it waits for nothing.
   */
  public boolean decidedOnArrival() {
    return service
        && entry instanceof Entry.OnEvent
        && filter.readsOnlyTheEvent()
        && key instanceof InstanceKey.ByAttribute
        && !(reEntry instanceof ReEntry.AfterRest)
        && steps.stream()
            .allMatch(step -> step instanceof Step.Emit emit && emit.readsOnlyTheEvent());
  }
}
