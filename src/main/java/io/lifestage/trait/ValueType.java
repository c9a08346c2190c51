package io.lifestage.trait;

/** The type of a trait's value. */
public enum ValueType {
  /** A {@link Long}. */
  INTEGER,
  /** A {@link Double}. */
  DECIMAL,
  /** A {@link String}. */
  TEXT,
  /** A {@link Boolean}. */
  FLAG,
  /** An {@link java.time.Instant}. */
  TIME,
  /** A {@link java.time.Duration}. */
  DURATION
}
