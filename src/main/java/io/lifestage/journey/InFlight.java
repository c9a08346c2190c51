package io.lifestage.journey;

import java.util.Map;

/** What becomes of runs under way when a new version of their journey takes effect. */
public sealed interface InFlight {

  /** They go on in the version that they entered. */
  record Stay() implements InFlight {}

  /**
   * They go on in the version that they entered, and the customer starts no run of the new one
   * before the last of them has ended.
   */
  record Drain() implements InFlight {}

  /**
   * They go on in the new version.
   *
   * @param steps the step of the new version in which a run goes on, by the step of the old one in
   *     which it waits; a step that is not named goes on in the step of its name, and where the new
   *     version has none, the run ends
   */
  record Migrate(Map<String, String> steps) implements InFlight {
    public Migrate {
      steps = Map.copyOf(steps);
    }
  }
}
