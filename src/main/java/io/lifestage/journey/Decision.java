package io.lifestage.journey;

import io.lifestage.lifecycle.Cause;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a journey for a customer: written when a run begins, and when it ends, and once
 * more where a late event has shown that it was not so.
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
 * @param takesBack the decision that this one takes back, or null
 * @param provisional whether it is about a trigger that was sent on condition that there is
 *     something to offer, which is not known yet
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
    List<Cause> causes,
    TakenBack takesBack,
    boolean provisional) {

  /**
   * A decision that was made and is not so any more; beside it are the same run and step.
   *
   * @param outcome what was decided
   * @param reason why
   * @param at of which moment, event time, epoch milliseconds
   */
  public record TakenBack(Outcome outcome, String reason, long at) {}

  /** A decision that takes none back. */
  public Decision(
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
    this(
        journey,
        version,
        customer,
        instanceKey,
        outcome,
        reason,
        at,
        stage,
        step,
        triggerId,
        decidedBy,
        until,
        verdicts,
        causes,
        null,
        false);
  }

  /** The same, on condition that there is something to offer. */
  public Decision onCondition() {
    return as(outcome, reason, triggerId, verdicts, takesBack, true);
  }

  /** The same, now that there is. */
  public Decision confirmed(List<Verdict> heard) {
    return as(outcome, reason, triggerId, heard, takesBack, false);
  }

  /** What it comes to as there is nothing. */
  public Decision suppressed(String why, List<Verdict> heard) {
    return as(Outcome.SUPPRESSED, why, triggerId, heard, takesBack, false);
  }

  /** The same, as what it takes back was in truth another outcome, and no trigger. */
  public Decision takingBack(Outcome other, String why) {
    TakenBack truly = new TakenBack(other, why, takesBack.at());
    return as(Outcome.RETRACTED, reason, null, verdicts, truly, false);
  }

  private Decision as(
      Outcome next,
      String why,
      String trigger,
      List<Verdict> heard,
      TakenBack of,
      boolean onCondition) {
    return new Decision(
        journey,
        version,
        customer,
        instanceKey,
        next,
        why,
        at,
        stage,
        step,
        trigger,
        decidedBy,
        until,
        heard,
        causes,
        of,
        onCondition);
  }

  /**
   * The decision that takes this one back after a late event.
   *
   * @param as {@link Outcome#CANCELLED} or {@link Outcome#RETRACTED}
   * @param trigger the trigger that is taken back with it, or null where none is
   * @param late the late event, which becomes the last of the causes
   * @param now the decided time, epoch milliseconds
   */
  public Decision takenBack(Outcome as, String trigger, Cause late, long now) {
    return new Decision(
        journey,
        version,
        customer,
        instanceKey,
        as,
        Reason.LATE_EVENT,
        now,
        stage,
        step,
        trigger,
        late.event(),
        0,
        List.of(),
        Stream.concat(causes.stream(), Stream.of(late)).distinct().toList(),
        new TakenBack(outcome, reason, at),
        provisional);
  }

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
    /** A trigger that may have been sent was taken back, or a decision that is not so any more. */
    RETRACTED
  }
}
