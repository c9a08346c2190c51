package io.lifestage.decision;

import io.lifestage.lifecycle.Event;
import java.util.Comparator;
import java.util.List;

/**
 * An event that has come in.
 *
 * @param event the event
 * @param answered the versions of journeys that were decided when it came in, as {@code
 *     journey@version}
 */
public record Arrival(Event event, List<String> answered) {

  static final Comparator<Arrival> BY_TIME = Comparator.comparing(Arrival::event, Event.BY_TIME);

  /** Whether any version of a journey was decided when the event came in. */
  boolean isAnsweredBy(String journey) {
    return answered.stream().anyMatch(one -> journey(one).equals(journey));
  }

  /** The journey of a version. */
  static String journey(String versioned) {
    return versioned.substring(0, versioned.lastIndexOf('@'));
  }

  /** When it happened, epoch milliseconds. */
  public long at() {
    return event.at();
  }
}
