package io.lifestage.lifecycle;

import java.util.Objects;

/**
 * An event that something rests on.
 *
 * @param event the event's id
 * @param place where it was read, or null where nobody said; no part of equality
 */
public record Cause(String event, Place place) {

  public Cause {
    Objects.requireNonNull(event, "event");
  }

  /** An event of which nobody said where it was read. */
  public static Cause of(String event) {
    return new Cause(event, null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cause cause && event.equals(cause.event);
  }

  @Override
  public int hashCode() {
    return event.hashCode();
  }

  @Override
  public String toString() {
    return event;
  }
}
