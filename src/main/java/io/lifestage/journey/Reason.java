package io.lifestage.journey;

/**
 * Why a decision went as it did: the reasons that the engine itself gives. A journey adds its own
 * with its exits and requirements.
 */
public final class Reason {
  /** The run began. */
  public static final String ENTERED = "entered";

  /** Every guard passed. */
  public static final String ALL_GUARDS_PASSED = "all_guards_passed";

  /** The key has had its run, and the journey does not let it in again yet. */
  public static final String ALREADY_ENTERED = "already_entered";

  /** The customer has not said that they may be written to. */
  public static final String NO_CONSENT = "no_consent";

  /** The customer has asked not to be written to. */
  public static final String CONSENT_WITHDRAWN = "consent_withdrawn";

  /** It belongs to the time before triggers are sent. */
  public static final String HISTORY = "history";

  /** There is no product to offer. */
  public static final String NOTHING_TO_OFFER = "nothing_to_offer";

  /** The version of the journey that the run entered is no longer there. */
  public static final String DEFINITION_GONE = "definition_gone";

  /** A late event showed that it should not have been. */
  public static final String LATE_EVENT = "late_event";

  /** More runs were under way than a customer's state may hold; the oldest was ended. */
  public static final String TOO_MANY_RUNS = "too_many_runs";

  private Reason() {}
}
