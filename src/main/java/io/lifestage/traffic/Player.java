package io.lifestage.traffic;

import io.lifestage.lifecycle.Event;
import java.io.IOException;
import java.util.function.LongSupplier;

/** Plays a world to an outlet at a pace, from a bookmark on, until told to stop. */
public final class Player {

  /** Waits for so many milliseconds, or less where something else is to be done. */
  @FunctionalInterface
  public interface Patience {
    void await(long millis) throws InterruptedException;
  }

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Called now and then, and at the end.
     *
     * @param sent how many records were sent in this run
     * @param at event time of the last one, epoch milliseconds
     * @param now the wall's time, epoch milliseconds
     * @param caughtUp whether everything that is due was sent
     */
    void reached(long sent, long at, long now, boolean caughtUp);
  }

  private static final long LONGEST_WAIT = 200;
  private static final int BETWEEN_LOOKS_AT_THE_CLOCK = 128;

  private final Bookmark from;
  private final Pace pace;
  private final LongSupplier clock;
  private final Patience patience;
  private final Listener listener;
  private volatile boolean stopped;
  private final String bookmark;
  private long sent;
  private long last;

  /**
   * @param from the world that is played, and how much later it is told
   * @param clock the wall's time, epoch milliseconds
   */
  public Player(
      Bookmark from, Pace pace, LongSupplier clock, Patience patience, Listener listener) {
    this.from = from;
    this.bookmark = from.beginning();
    this.pace = pace;
    this.clock = clock;
    this.patience = patience;
    this.listener = listener;
  }

  /** Ends {@link #play} soon; may be called from any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Plays. At the end, or when stopped, what has happened and was held back is sent too, so that
   * the last bookmark leaves nothing out.
   *
   * @param end events from here on are not sent, event time as told, epoch milliseconds
   * @return how many records were sent
   */
  public long play(Disturbance sendings, Outlet outlet, long end)
      throws IOException, InterruptedException {
    long now = clock.getAsLong();
    long reached = Long.MIN_VALUE;
    for (long turn = 0; !stopped && sendings.hasNext(); turn++) {
      long at = sendings.peek().at();
      if (at + from.shift() >= end) {
        reached = end - 1 - from.shift();
        break;
      }
      long wait = pace.untilDue(at, now);
      if (wait > 0 || turn % BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
        now = clock.getAsLong();
        wait = pace.untilDue(at, now);
        listener.reached(sent, last, now, wait > 0);
      }
      if (wait > 0) {
        patience.await(Math.min(wait, LONGEST_WAIT));
      } else {
        reached = at;
        send(sendings.next(), outlet);
      }
    }
    for (Sending held : sendings.release(reached)) {
      send(held, outlet);
    }
    outlet.flush();
    listener.reached(sent, last, clock.getAsLong(), true);
    return sent;
  }

  private void send(Sending sending, Outlet outlet) throws IOException {
    Event event = later(sending.event(), from.shift());
    outlet.send(event, bookmark + sending.number());
    last = event.at();
    sent++;
  }

  private static Event later(Event event, long by) {
    return by == 0
        ? event
        : new Event(
            event.id(),
            event.at() + by,
            event.type(),
            event.customer(),
            event.attributes(),
            event.lines(),
            event.value());
  }
}
