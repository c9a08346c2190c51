package io.lifestage.journey;

import java.time.Duration;

/** Whether a key that has had a run may have another. */
public sealed interface ReEntry {

  /** Never again, as far back as the customer's state remembers. */
  record Once() implements ReEntry {}

  /** As soon as the run before has ended. */
  record AfterExit() implements ReEntry {}

  /** Each time, also beside a run under way. */
  record EveryTime() implements ReEntry {}

  /**
   * When this long has passed since the run before began, and it has ended.
   *
   * @param rest how long
   */
  record AfterRest(Duration rest) implements ReEntry {}
}
