package io.lifestage.traffic;

import io.lifestage.lifecycle.Event;
import java.io.IOException;

/** Where events go. */
public interface Outlet extends AutoCloseable {

  /** Takes an event; may keep it until {@link #flush}. */
  void send(Event event, String bookmark) throws IOException;

  /** Returns when everything taken so far has arrived. */
  void flush() throws IOException;

  @Override
  void close();
}
