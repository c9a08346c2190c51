package io.lifestage.journey;

import java.util.Set;

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

  /** The journey is paused. */
  public static final String PAUSED = "paused";

  /** The journey is over. */
  public static final String ARCHIVED = "archived";

  /** A run of the version before is still under way, and has to end first. */
  public static final String DRAINING = "draining";

  /** The run was in a step that the new version of its journey has no counterpart of. */
  public static final String NO_STEP_TO_GO_ON = "no_step_to_go_on";

  /** The customer belongs to those who get nothing of anything, to be compared with. */
  public static final String HOLDOUT = "holdout";

  /** The customer belongs to those who get nothing of this journey, to be compared with. */
  public static final String JOURNEY_HOLDOUT = "journey_holdout";

  /** The customer has had as much as a cap lets through. */
  public static final String CAP = "cap";

  /** It is a time of day at which the customer is left alone. */
  public static final String QUIET_HOURS = "quiet_hours";

  /** A better trigger was due together with it. */
  public static final String OUTRANKED = "outranked";

  /** It would come too late. */
  public static final String EXPIRED = "expired";

  /** The run came to the end of its steps where nothing was to be sent. */
  public static final String COMPLETED = "completed";

  /** The goal was not reached in its time. */
  public static final String GOAL_MISSED = "goal_missed";

  private static final Set<String> ALL =
      Set.of(
          ENTERED,
          ALL_GUARDS_PASSED,
          ALREADY_ENTERED,
          NO_CONSENT,
          CONSENT_WITHDRAWN,
          HISTORY,
          NOTHING_TO_OFFER,
          DEFINITION_GONE,
          LATE_EVENT,
          TOO_MANY_RUNS,
          PAUSED,
          ARCHIVED,
          DRAINING,
          NO_STEP_TO_GO_ON,
          HOLDOUT,
          JOURNEY_HOLDOUT,
          CAP,
          QUIET_HOURS,
          OUTRANKED,
          EXPIRED,
          COMPLETED,
          GOAL_MISSED);

  private Reason() {}

  /** Every reason of the engine. */
  public static Set<String> all() {
    return ALL;
  }
}
