package io.lifestage.journey;

import java.time.Duration;

/** Whether a key that has had a run may have another. A key with a run under way never has two. */
public sealed interface ReEntry {

  /** Never again, as far back as the customer's state remembers. */
  record Once() implements ReEntry {}

  /** As soon as the run before has ended. */
  record AfterExit() implements ReEntry {}

  /**
   * When this long has passed since the run before began.
   *
   * @param rest how long
   */
  record AfterRest(Duration rest) implements ReEntry {}
}
