package io.lifestage.lifecycle;

import java.util.List;

/**
 * A customer went from one stage to another.
 *
 * @param customer who
 * @param from the stage left, or null for the first
 * @param to the stage entered
 * @param cycle the cycle after the move, 1 for the first
 * @param at when, epoch milliseconds: the time of the event, or the deadline that passed
 * @param since when the stage left had been entered; 0 for the first
 * @param cause the move's cause
 * @param evidence ids of the events that made it so, the deciding one first; for a deadline the
 *     event that it counts from
 * @param model the stage model, as id@version
 * @param withdrawn whether this takes back a transition that a late event has shown to be wrong;
 *     all else is as it was written
 */
public record Transition(
    String customer,
    String from,
    String to,
    int cycle,
    long at,
    long since,
    String cause,
    List<String> evidence,
    String model,
    boolean withdrawn) {

  /** The record that takes this one back. */
  public Transition takenBack() {
    return new Transition(customer, from, to, cycle, at, since, cause, evidence, model, true);
  }
}
