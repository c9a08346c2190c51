package io.lifestage.lifecycle;

import java.util.Objects;
import java.util.Set;

/**
 * The customers of whom something holds. Membership is looked at after each event that can change
 * it, and whenever a window of a trait slides.
 *
 * @param name how conditions and journeys call it
 * @param condition what holds; asks for no event
 * @param changedBy the event types that can change the answer; empty where any can
 * @param traits the traits that it asks for, the ones behind computed ones included
 */
public record Segment(String name, Condition condition, Set<String> changedBy, Set<String> traits) {

  public Segment {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(condition, "condition");
    changedBy = Set.copyOf(changedBy);
    traits = Set.copyOf(traits);
  }
}
