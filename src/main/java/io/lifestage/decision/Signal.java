package io.lifestage.decision;

import io.lifestage.lifecycle.Event;

/** What makes the engine look at a customer. */
public sealed interface Signal {

  /**
   * An event has come in.
   *
   * @param event the event, in whatever order
   */
  record Arrived(Event event) implements Signal {}

  /** Time has gone on. */
  record TimePassed() implements Signal {
    /** The only one. */
    public static final TimePassed TICK = new TimePassed();
  }
}
