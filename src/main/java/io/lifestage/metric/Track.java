package io.lifestage.metric;

import java.io.DataOutput;
import java.io.IOException;

/** One window of one series: takes observations in, and says when its value changes and to what. */
sealed interface Track permits Panes, LastReading {

  /** Takes values to be written. */
  @FunctionalInterface
  interface Writer {
    void write(
        RollingWindow window, long end, long count, long sum, int revision, Estimates estimates);
  }

  /**
   * Takes an observation in. One that belongs to the window whose end was reached last, and so
   * comes late, is written at once as a new revision; for windows that ended earlier it is too
   * late.
   *
   * @param now how far time has come
   * @param from the moment of which the last end is the first that is written
   * @param sketches those of this series' panes
   */
  void observe(Observation observation, long now, long from, SeriesSketches sketches, Writer out);

  /** Lets time go on from {@code before} to {@code now}, and writes what changed at each end. */
  void advance(long before, long now, long from, SeriesSketches sketches, Writer out);

  /** When it next has something to do, or {@link Long#MAX_VALUE}. */
  long nextDeadline(long now, long from);

  /** Whether nothing would be lost by forgetting it. */
  boolean isSpent(long now);

  /**
   * Writes it.
   *
   * @param estimated whether what was last written has estimates
   */
  void writeTo(DataOutput out, boolean estimated) throws IOException;
}
