package io.lifestage.journey;

import io.lifestage.lifecycle.Condition;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A sequence that customers go through, each on their own clock.
 *
 * @param id its name
 * @param version counted up with every change
 * @param terms what it is as a whole
 * @param entry what starts a run
 * @param filter what must hold for a run to start
 * @param key what a run is about
 * @param reEntry whether a key may start again
 * @param steps what a run does, in order; never empty
 * @param exits what ends a run at once, wherever it is
 * @param goal what it is for, or null
 */
public record Journey(
    String id,
    int version,
    Terms terms,
    Entry entry,
    Condition filter,
    InstanceKey key,
    ReEntry reEntry,
    List<Step> steps,
    List<Exit> exits,
    Goal goal) {

  /**
   * What a journey is as a whole.
   *
   * @param service whether it serves what the customer asked for (an order, a chat) and so needs no
   *     consent and no guard of marketing
   * @param purpose the purpose that the customer must have agreed to
   * @param tags what caps call it by
   * @param holdout who gets nothing of it, of 10,000
   * @param status whether it runs
   * @param inFlight what becomes of the runs of the versions before
   * @param remembers attributes of the event that starts a run that conditions ask the run for
   */
  public record Terms(
      boolean service,
      String purpose,
      Set<String> tags,
      int holdout,
      Status status,
      InFlight inFlight,
      Set<String> remembers) {
    public static final Terms MARKETING =
        new Terms(false, "marketing", Set.of(), 0, Status.ACTIVE, new InFlight.Stay(), Set.of());
    public static final Terms SERVICE =
        new Terms(true, "service", Set.of(), 0, Status.ACTIVE, new InFlight.Stay(), Set.of());

    public Terms {
      tags = Set.copyOf(tags);
      remembers = Set.copyOf(remembers);
      if (holdout < 0 || holdout > Step.Split.WHOLE) {
        throw new IllegalArgumentException("a holdout of " + holdout + " of 10,000");
      }
    }
  }

  public Journey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(terms, "terms");
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

  /** A journey without a goal, that is in force. */
  public Journey(
      String id,
      int version,
      boolean service,
      Entry entry,
      Condition filter,
      InstanceKey key,
      ReEntry reEntry,
      List<Step> steps,
      List<Exit> exits) {
    this(
        id,
        version,
        service ? Terms.SERVICE : Terms.MARKETING,
        entry,
        filter,
        key,
        reEntry,
        steps,
        exits,
        null);
  }

  /**
   * The attributes of the event that starts a run that its triggers carry; conditions may ask for
   * more, see {@link Terms#remembers}.
   */
  public Set<String> remembers() {
    Set<String> names = new LinkedHashSet<>(terms.remembers());
    for (Step step : steps) {
      if (step instanceof Step.Emit emit) {
        names.addAll(emit.content().attributes());
      }
    }
    return names;
  }

  public boolean service() {
    return terms.service();
  }

  /** The name under which runs keep to the version that they entered. */
  public String versioned() {
    return id + "@" + version;
  }

  /** The place of the step of this name, or -1. */
  public int stepNamed(String name) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).id().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The name of the step at a place: of one that is before or behind them all, too. */
  public String nameOfStep(int place) {
    return switch (place) {
      case Instance.BEFORE -> "waiting-to-begin";
      case Instance.BEHIND -> "goal";
      default -> place < steps.size() ? steps.get(place).id() : "end";
    };
  }

  /**
   * Whether its answer can be given when the event arrives, before the customer's other events are
   * in order: it serves, one event starts it, that event alone decides, no rest since the run
   * before is to be kept, and it waits for nothing.
   */
  public boolean decidedOnArrival() {
    return service()
        && terms.status() == Status.ACTIVE
        && goal == null
        && entry instanceof Entry.OnEvent
        && filter.readsOnlyTheEvent()
        && key instanceof InstanceKey.ByAttribute
        && (reEntry instanceof ReEntry.Once || reEntry instanceof ReEntry.AfterExit)
        && steps.stream()
            .allMatch(step -> step instanceof Step.Emit emit && emit.readsOnlyTheEvent());
  }
}
