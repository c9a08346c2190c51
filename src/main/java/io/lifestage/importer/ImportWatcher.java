package io.lifestage.importer;

/** Is told how an import goes, often; what it shows, and when, is its own affair. */
public interface ImportWatcher {

  /**
   * How far reading is.
   *
   * @param rows read so far
   * @param bad of them, so far
   * @param share of the file that is read, from 0 to 1
   */
  default void reading(long rows, long bad, double share) {}

  /**
   * How far sending is; begins when the whole file is read.
   *
   * @param sent so far
   * @param events to send, without assumed consents
   */
  default void sending(long sent, long events) {}

  /** A row of which no event was made. */
  default void bad(BadRow row) {}
}
