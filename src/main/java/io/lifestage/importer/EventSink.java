package io.lifestage.importer;

import io.lifestage.lifecycle.Event;
import java.io.IOException;

/** Where imported events go, in event-time order. */
@FunctionalInterface
public interface EventSink {

  /**
   * Takes the next event.
   *
   * @throws IOException if the event can't be taken, which ends the import
   */
  void send(Event event) throws IOException;
}
