package io.lifestage.trait;

import java.time.Duration;

/** Which events of the past count. */
public sealed interface Window {

  /** From when events count, exclusive, epoch milliseconds. */
  long opensAfter(long now, long cycleStartedAt);

  /** Everything since the customer was first seen. */
  static Window allTime() {
    return new AllTime();
  }

  /** The last so-and-so long; it slides, and so decays without any event. */
  static Window rolling(Duration length) {
    return new Rolling(length);
  }

  /** The customer's present cycle. */
  static Window cycle() {
    return new Cycle();
  }

  /** Everything. */
  record AllTime() implements Window {
    @Override
    public long opensAfter(long now, long cycleStartedAt) {
      return Long.MIN_VALUE;
    }
  }

  /**
   * A sliding window.
   *
   * @param length how long
   */
  record Rolling(Duration length) implements Window {
    @Override
    public long opensAfter(long now, long cycleStartedAt) {
      return now - length.toMillis();
    }
  }

  /** The present cycle. */
  record Cycle() implements Window {
    @Override
    public long opensAfter(long now, long cycleStartedAt) {
      return cycleStartedAt - 1;
    }
  }
}
