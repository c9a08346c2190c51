package io.lifestage.journey;

import io.lifestage.lifecycle.Cause;
import java.util.List;

/**
 * What became of a journey for a customer: written when a run begins, and when it ends.
 *
 * @param journey the journey's id
 * @param version its version
 * @param customer who
 * @param instanceKey what the run is about
 * @param outcome what was decided
 * @param reason why: one of {@link Reason}, or a reason of the journey's own
 * @param at when, event time, epoch milliseconds
 * @param stage the customer's stage, or null where the decision was made on arrival
 * @param step the step's name, or null where it is about no step; of a run that goes on in a new
 *     version the step in which it does
 * @param triggerId the trigger that was sent, held, withheld or taken back, or null
 * @param decidedBy the event that made the engine decide: it met the entry, the exit or the goal,
 *     ended a wait, or came late; null where time or a new definition did
 * @param until how long it stays so, epoch milliseconds, 0 where that has no end or says nothing:
 *     the end of quiet hours that hold a trigger, and of the rest before a run may begin again
 * @param verdicts what led the run here since the decision before, then what each guard said, in
 *     the order in which they were asked
 * @param causes the events that it rests on, the first first
 */
public record Decision(
    String journey,
    int version,
    String customer,
    String instanceKey,
    Outcome outcome,
    String reason,
    long at,
    String stage,
    String step,
    String triggerId,
    String decidedBy,
    long until,
    List<Verdict> verdicts,
    List<Cause> causes) {

  /** What a decision says. */
  public enum Outcome {
    /** A run began. */
    ENTERED,
    /** A trigger was sent. */
    FIRED,
    /** A trigger, or a run, was withheld. */
    SUPPRESSED,
    /** A trigger waits for the end of quiet hours. */
    HELD,
    /** A run ended before its last step, or its goal was not reached in time. */
    EXITED,
    /** The goal was reached; the reason says whether the customer was treated or held out. */
    CONVERTED,
    /** A run goes on in a new version of its journey; the reason is the step it came from. */
    MIGRATED,
    /** A trigger that was not yet due was taken back. */
    CANCELLED,
    /** A trigger that may have been sent was taken back. */
    RETRACTED
  }
}
