package io.lifestage.journey;

import java.time.Duration;

/**
 * What a journey is for. It is looked out for from the first trigger that was decided, sent or held
 * out, so that those who got one can be compared with those who did not.
 *
 * @param events what counts as success
 * @param within how long after the first trigger
 */
public record Goal(EventMatch events, Duration within) {
  public Goal {
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("a goal within " + within + "; must be positive");
    }
  }
}
