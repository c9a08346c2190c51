package io.lifestage.trait;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All traits of a definition set, and how an event changes a customer's tallies. */
public final class Traits {
  private final Map<String, Trait> byName = new HashMap<>();
  private final Map<String, List<Trait>> byEventType = new HashMap<>();

  public Traits(List<Trait> traits) {
    for (Trait trait : traits) {
      if (byName.put(trait.name(), trait) != null) {
        throw new IllegalArgumentException("two traits are called " + trait.name());
      }
    }
    for (Trait trait : traits) {
      for (String type : trait.on()) {
        byEventType.merge(type, List.of(trait), Traits::concat);
      }
      for (String type : trait.undo()) {
        byEventType.merge(type, List.of(trait), Traits::concat);
      }
    }
  }

  /** Every trait by name. */
  public Map<String, Trait> byName() {
    return byName;
  }

  /**
   * The customer's tallies with the scope's event counted in.
   *
   * @param tallies by trait name, unchanged
   * @param scope the event, and what is known with its facts folded in
   * @param cycleStartedAt when the customer's present cycle began, epoch milliseconds
   * @return the new tallies, or the same map where the event counts for none
   */
  public Map<String, Tally> count(Map<String, Tally> tallies, Scope scope, long cycleStartedAt) {
    Event event = scope.event();
    Map<String, Tally> next = tallies;
    for (Trait trait : byEventType.getOrDefault(event.type(), List.of())) {
      Tally before = next.getOrDefault(trait.name(), Tally.EMPTY);
      Tally after = counted(trait, before, scope, cycleStartedAt);
      if (!after.equals(before)) {
        next = next == tallies ? new HashMap<>(tallies) : next;
        next.put(trait.name(), after);
      }
    }
    return next;
  }

  /**
   * What a trait is at a moment.
   *
   * @throws IllegalArgumentException for a name that no trait has
   */
  public double value(Map<String, Tally> tallies, String name, long now, long cycleStartedAt) {
    Trait trait = trait(name);
    return tallies
        .getOrDefault(name, Tally.EMPTY)
        .value(trait, trait.window().opensAfter(now, cycleStartedAt));
  }

  /** Ids of the events that a trait's value rests on, newest first. */
  public List<String> evidence(
      Map<String, Tally> tallies, String name, long now, long cycleStartedAt) {
    return tallies
        .getOrDefault(name, Tally.EMPTY)
        .evidence(trait(name).window().opensAfter(now, cycleStartedAt));
  }

  private static Tally counted(Trait trait, Tally tally, Scope scope, long cycleStartedAt) {
    Event event = scope.event();
    String key = trait.of() == null ? event.id() : event.get(trait.of());
    if (key == null) {
      return tally;
    }
    if (trait.undo().contains(event.type())) {
      return trait.undoWhen().holds(scope) ? tally.minus(key) : tally;
    }
    if (!trait.when().holds(scope)) {
      return tally;
    }
    long amount = trait.kind() == Trait.Kind.SUM ? event.value().minor() : 1;
    return tally.plus(
        trait,
        new Tally.Entry(event.at(), key, event.id(), amount),
        trait.window().opensAfter(event.at(), cycleStartedAt));
  }

  private Trait trait(String name) {
    Trait trait = byName.get(name);
    if (trait == null) {
      throw new IllegalArgumentException("no trait is called " + name);
    }
    return trait;
  }

  private static List<Trait> concat(List<Trait> left, List<Trait> right) {
    List<Trait> both = new java.util.ArrayList<>(left);
    both.addAll(right);
    return List.copyOf(both);
  }
}
