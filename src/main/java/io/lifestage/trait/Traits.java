package io.lifestage.trait;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Expression;
import io.lifestage.lifecycle.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All traits of a definition set, and how an event changes a customer's tallies. */
public final class Traits {
  private final Map<String, Trait> byName = new LinkedHashMap<>();
  private final Map<String, List<Trait>> byEventType = new HashMap<>();

  public Traits(List<Trait> traits) {
    for (Trait trait : traits) {
      if (byName.put(trait.name(), trait) != null) {
        throw new IllegalArgumentException("two traits are called " + trait.name());
      }
    }
    for (Trait trait : traits) {
      for (String type : trait.on()) {
        byEventType.computeIfAbsent(type, unused -> new ArrayList<>()).add(trait);
      }
      for (String type : trait.undo()) {
        byEventType.computeIfAbsent(type, unused -> new ArrayList<>()).add(trait);
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
   * What a trait is at the scope's moment.
   *
   * @throws IllegalArgumentException for a name that no trait has
   */
  public Object value(Map<String, Tally> tallies, String name, Scope scope, long cycleStartedAt) {
    Trait trait = trait(name);
    return trait.measure() instanceof Measure.Computed computed
        ? computed.of().of(scope)
        : tallies
            .getOrDefault(name, Tally.EMPTY)
            .value(trait, trait.window().opensAfter(scope.now(), cycleStartedAt));
  }

  /** When one of these traits next changes by time alone, epoch milliseconds. */
  public long nextChange(Map<String, Tally> tallies, Collection<String> names, long now) {
    long next = Long.MAX_VALUE;
    for (String name : names) {
      Tally tally = tallies.get(name);
      if (tally != null && byName.containsKey(name)) {
        next = Math.min(next, tally.nextChange(byName.get(name), now));
      }
    }
    return next;
  }

  /** The id of the event that leaves a window of one of these traits at this moment, or null. */
  public String leavingAt(Map<String, Tally> tallies, Collection<String> names, long moment) {
    for (String name : names) {
      Tally tally = tallies.get(name);
      String event =
          tally == null || !byName.containsKey(name)
              ? null
              : tally.leavingAt(byName.get(name), moment);
      if (event != null) {
        return event;
      }
    }
    return null;
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
    if (trait.undo().contains(event.type())) {
      String key = ((Measure.Unique) trait.measure()).of().text(scope);
      return key != null && trait.undoWhen().holds(scope) ? tally.minus(key) : tally;
    }
    if (!trait.when().holds(scope)) {
      return tally;
    }
    Tally.Entry entry = entry(trait.measure(), event, scope);
    return entry == null
        ? tally
        : tally.plus(trait, entry, trait.window().opensAfter(event.at(), cycleStartedAt));
  }

  /** What the event counts as, or null where it says nothing. */
  private static Tally.Entry entry(Measure measure, Event event, Scope scope) {
    Expression of = of(measure);
    if (of == null) {
      return new Tally.Entry(event.at(), "", event.id(), 1);
    }
    Object value = of.of(scope);
    if (value == null || (measure instanceof Measure.Most && value.equals(""))) {
      return null;
    }
    if (measure instanceof Measure.Unique || value instanceof String) {
      return new Tally.Entry(event.at(), value.toString(), event.id(), 1);
    }
    return new Tally.Entry(event.at(), "", event.id(), amount(value));
  }

  private static Expression of(Measure measure) {
    if (measure instanceof Measure.Sum sum) {
      return sum.of();
    }
    if (measure instanceof Measure.Min min) {
      return min.of();
    }
    if (measure instanceof Measure.Max max) {
      return max.of();
    }
    if (measure instanceof Measure.First first) {
      return first.of();
    }
    if (measure instanceof Measure.Last last) {
      return last.of();
    }
    if (measure instanceof Measure.Unique unique) {
      return unique.of();
    }
    if (measure instanceof Measure.Most most) {
      return most.of();
    }
    return measure instanceof Measure.Quantile quantile ? quantile.of() : null;
  }

  private static long amount(Object value) {
    if (value instanceof Instant time) {
      return time.toEpochMilli();
    }
    if (value instanceof Duration duration) {
      return duration.toMillis();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value instanceof Number number ? Math.round(number.doubleValue()) : 0;
  }

  private Trait trait(String name) {
    Trait trait = byName.get(name);
    if (trait == null) {
      throw new IllegalArgumentException("no trait is called " + name);
    }
    return trait;
  }
}
