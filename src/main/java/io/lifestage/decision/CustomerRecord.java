package io.lifestage.decision;

import java.util.List;

/**
 * All that is stored of one customer: the decided picture, what is still waiting for its turn, and
 * what a late event needs in order to correct it.
 *
 * <p>The picture is kept twice while something happened within the lateness bound: as it is now,
 * and as it was before those events. A late event is put among them and they are decided again;
 * what comes out differently is emitted or taken back. Once the bound has passed, one picture is
 * left.
 *
 * @param settled the picture up to {@code settledTo}, which no event can change any more; the same
 *     object as {@code current} where nothing happened since
 * @param settledTo event time, epoch milliseconds
 * @param recent events decided after {@code settledTo}, in event-time order
 * @param current the picture up to {@code decidedTo}
 * @param decidedTo event time, epoch milliseconds
 * @param changedAt the last event or deadline in {@code current}, epoch milliseconds
 * @param pending events that wait for time to reach them, in event-time order
 * @param aftermath what earlier corrections have left behind
 */
public record CustomerRecord(
    Customer settled,
    long settledTo,
    List<Arrival> recent,
    Customer current,
    long decidedTo,
    long changedAt,
    List<Arrival> pending,
    Aftermath aftermath) {

  /** Somebody of whom nothing was ever heard. */
  public static CustomerRecord unknown(String key) {
    Customer nobody = Customer.unknown(key);
    return new CustomerRecord(
        nobody,
        Long.MIN_VALUE,
        List.of(),
        nobody,
        Long.MIN_VALUE,
        Long.MIN_VALUE,
        List.of(),
        Aftermath.NONE);
  }

  /** Whether nothing happened within the lateness bound, so that one picture is kept. */
  @SuppressWarnings(
      "ReferenceEquality") // The same object, not one that looks alike, is stored once.
  public boolean isSettled() {
    return settled == current;
  }

  /**
   * Whether an event with this id is remembered; it is, for at least as long as events may be late.
   */
  boolean knows(String eventId) {
    return contains(pending, eventId) || contains(recent, eventId);
  }

  private static boolean contains(List<Arrival> arrivals, String id) {
    for (Arrival arrival : arrivals) {
      if (arrival.event().id().equals(id)) {
        return true;
      }
    }
    return false;
  }
}
