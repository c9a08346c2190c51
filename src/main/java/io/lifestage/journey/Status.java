package io.lifestage.journey;

import java.util.Locale;

/** Whether a journey runs. */
public enum Status {
  /** It takes customers in. */
  ACTIVE,
  /** It takes nobody in, and what its runs would send is withheld. */
  PAUSED,
  /** It is over: it takes nobody in, and its runs end. */
  ARCHIVED;

  /** As definitions write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
