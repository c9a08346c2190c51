package io.lifestage.explain;

import static java.util.Map.entry;

import io.lifestage.journey.Reason;
import java.util.Map;

/** What the engine's reason codes mean, each as the end of a sentence. */
final class Meaning {
  private static final Map<String, String> OF_CODES =
      Map.ofEntries(
          entry(Reason.ENTERED, "its entry was met"),
          entry(Reason.ALL_GUARDS_PASSED, "nothing stood against it"),
          entry(
              Reason.ALREADY_ENTERED,
              "it has had its run, and the journey does not let it in again yet"),
          entry(Reason.NO_CONSENT, "the customer has not agreed to be written to"),
          entry(Reason.CONSENT_WITHDRAWN, "the customer has asked not to be written to"),
          entry(Reason.HISTORY, "it lies before the moment from which triggers are sent"),
          entry(Reason.NOTHING_TO_OFFER, "there was no product to offer"),
          entry(
              Reason.DEFINITION_GONE,
              "the version of the journey that the run was in is no longer there"),
          entry(Reason.LATE_EVENT, "a late event showed that it should not have been"),
          entry(
              Reason.TOO_MANY_RUNS,
              "the customer had more runs under way than are kept, and this was the oldest"),
          entry(Reason.PAUSED, "the journey was paused"),
          entry(Reason.ARCHIVED, "the journey is over for everybody"),
          entry(
              Reason.DRAINING,
              "a run of the version before was still under way, and has to end first"),
          entry(
              Reason.NO_STEP_TO_GO_ON,
              "the new version of the journey has no step for the one that the run was in"),
          entry(
              Reason.HOLDOUT,
              "the customer is one of those who get nothing of anything, to be compared with"),
          entry(
              Reason.JOURNEY_HOLDOUT,
              "the customer is one of those who get nothing of this journey, to be compared with"),
          entry(Reason.CAP, "the customer had had as much as a cap lets through"),
          entry(Reason.QUIET_HOURS, "it was a time of day at which the customer is left alone"),
          entry(Reason.OUTRANKED, "a better trigger was due together with it"),
          entry(Reason.EXPIRED, "it would have come too late"),
          entry(Reason.COMPLETED, "it came to the end of its steps, and nothing was to be sent"),
          entry(Reason.GOAL_MISSED, "the goal was not reached in its time"));

  private Meaning() {}

  /** Whether it is one of the engine's. */
  static boolean isKnown(String reason) {
    return OF_CODES.containsKey(reason);
  }

  /**
   * What a code means.
   *
   * @param own what a code is that is none of the engine's, such as "the journey's own exit"
   */
  static String of(String reason, String own) {
    String known = OF_CODES.get(reason);
    return known == null ? own + " '" + reason + "'" : known;
  }
}
