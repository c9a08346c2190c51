package io.lifestage.delivery;

/** What became of a trigger. */
public enum Fate {
  /** It went out. */
  SENT,
  /** It came, or its turn came, after it had expired. */
  EXPIRED,
  /** It was taken back before it went out. */
  WITHDRAWN,
  /** It was taken back after it went out. */
  RETRACTED
}
