package io.lifestage.decision;

import io.lifestage.lifecycle.Event;
import java.util.Comparator;
import java.util.List;

/**
 * An event that has come in.
 *
 * @param event the event
 * @param answered ids of the journeys that were decided when it came in
 */
public record Arrival(Event event, List<String> answered) {

  static final Comparator<Arrival> BY_TIME = Comparator.comparing(Arrival::event, Event.BY_TIME);

  /** When it happened, epoch milliseconds. */
  public long at() {
    return event.at();
  }
}
