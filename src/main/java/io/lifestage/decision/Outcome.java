package io.lifestage.decision;

/**
 * The answer to a signal.
 *
 * @param customer what to store
 * @param effects what follows
 * @param disposition what became of the event
 */
public record Outcome(CustomerRecord customer, Effects effects, Disposition disposition) {

  /** What became of the event; every event has exactly one. */
  public enum Disposition {
    /** It is in the state, decided or waiting for its turn. */
    TAKEN,
    /** It was behind the decided time and has corrected it. */
    CORRECTED,
    /** It is already known; nothing changed. */
    DUPLICATE,
    /** It is later than the lateness bound; nothing changed. */
    TOO_LATE
  }
}
