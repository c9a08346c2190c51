package io.lifestage.journey;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run of a journey under way.
 *
 * @param journey the journey's id
 * @param version the version that the run entered, and stays on
 * @param key what it is about
 * @param enteredAt when it began, epoch milliseconds
 * @param cause id of the event it counts from; a part of its triggers' ids
 * @param step index of the step it is waiting in
 * @param stepSince when it reached the step, epoch milliseconds
 * @param wakeAt when the step ends by itself, epoch milliseconds
 * @param context the attributes of the event that started it
 * @param causes ids of the events that brought it here, the first first; bounded
 */
public record Instance(
    String journey,
    int version,
    String key,
    long enteredAt,
    String cause,
    int step,
    long stepSince,
    long wakeAt,
    Map<String, String> context,
    List<String> causes) {

  public Instance {
    Objects.requireNonNull(journey, "journey");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(cause, "cause");
  }

  /** The run, waiting in a step. */
  public Instance waiting(int step, long since, long wakeAt) {
    return new Instance(
        journey, version, key, enteredAt, cause, step, since, wakeAt, context, causes);
  }
}
