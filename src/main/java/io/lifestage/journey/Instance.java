package io.lifestage.journey;

import io.lifestage.lifecycle.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run of a journey under way.
 *
 * @param journey the journey's id
 * @param version the version that the run is in
 * @param key what it is about
 * @param enteredAt when it began, epoch milliseconds
 * @param step index of the step it is waiting in; {@link #BEFORE} while it waits to begin, {@link
 *     #BEHIND} while only its goal is looked out for
 * @param stepSince when it reached the step, epoch milliseconds
 * @param wakeAt when the step ends by itself, epoch milliseconds
 * @param context what it remembers of the event that started it
 * @param causes the events that brought it here, the first first: it counts from that one, and its
 *     triggers' ids are made of it; bounded, never empty
 */
public record Instance(
    String journey,
    int version,
    String key,
    long enteredAt,
    int step,
    long stepSince,
    long wakeAt,
    Map<String, String> context,
    List<Cause> causes) {

  /** It has not begun: an absence is not complete, a date has not come. */
  public static final int BEFORE = -1;

  /** All steps are done. */
  public static final int BEHIND = -2;

  public Instance {
    Objects.requireNonNull(journey, "journey");
    Objects.requireNonNull(key, "key");
    if (causes.isEmpty()) {
      throw new IllegalArgumentException("a run without a cause");
    }
  }

  /** The event that it counts from. */
  public Cause cause() {
    return causes.get(0);
  }

  /** The run, waiting in a step. */
  public Instance waiting(int step, long since, long wakeAt) {
    return new Instance(journey, version, key, enteredAt, step, since, wakeAt, context, causes);
  }

  /** The run, with something more to remember. */
  public Instance remembering(String name, String value) {
    Map<String, String> more = new java.util.LinkedHashMap<>(context);
    more.put(name, value);
    return withContext(more);
  }

  /** The run, remembering this and nothing else. */
  public Instance withContext(Map<String, String> all) {
    return new Instance(journey, version, key, enteredAt, step, stepSince, wakeAt, all, causes);
  }

  /** The run in another version of its journey. */
  public Instance migrated(int toVersion, int toStep) {
    return new Instance(
        journey, toVersion, key, enteredAt, toStep, stepSince, wakeAt, context, causes);
  }

  /**
   * The run with one more event that it rests on; the first, and the latest, are kept.
   *
   * @param atMost how many are kept
   */
  public Instance causedAlsoBy(Cause cause, int atMost) {
    List<Cause> more = new ArrayList<>(causes);
    if (more.size() == atMost) {
      more.remove(1);
    }
    more.add(cause);
    return new Instance(
        journey, version, key, enteredAt, step, stepSince, wakeAt, context, List.copyOf(more));
  }
}
