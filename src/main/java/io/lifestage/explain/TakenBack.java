package io.lifestage.explain;

import io.lifestage.wire.PrintedRecord;

/**
 * What a decision takes back: a late event has shown that another was not so.
 *
 * @param by the decision that takes back
 * @param what the outcome, reason and moment of the one that is taken back
 */
record TakenBack(PrintedRecord by, PrintedRecord what) {

  /** What a decision takes back, or null where it takes back none. */
  static TakenBack by(PrintedRecord decision) {
    PrintedRecord what = decision.record("takes_back");
    return what == null ? null : new TakenBack(decision, what);
  }

  /** Whether a decision says nothing but that another is taken back, and no trigger with it. */
  static boolean isAll(PrintedRecord decision) {
    return decision.text("trigger_id") == null && by(decision) != null;
  }

  /** Whether a decision is the one that is taken back. */
  boolean is(PrintedRecord decision) {
    return isSame("journey", decision)
        && isSame("journey_version", decision)
        && isSame("instance_key", decision)
        && isSame("step", decision)
        && Story.firstCause(by).equals(Story.firstCause(decision))
        && what.text("outcome").equals(decision.text("outcome"))
        && what.text("reason").equals(decision.text("reason"))
        && what.time("at").equals(decision.time("at"));
  }

  private boolean isSame(String field, PrintedRecord decision) {
    return String.valueOf(by.text(field)).equals(String.valueOf(decision.text(field)));
  }

  String told() {
    return "What was decided of %s (%s, %s) was taken back: %s."
        .formatted(
            what.text("at"),
            what.text("outcome"),
            what.text("reason"),
            Meaning.of(by.text("reason"), "the reason"));
  }
}
