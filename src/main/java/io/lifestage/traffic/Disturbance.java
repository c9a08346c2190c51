package io.lifestage.traffic;

import io.lifestage.lifecycle.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * What happens to events between the shop and the topic, on request: they overtake each other, come
 * twice, or come late. Event times stay as they are. What befalls an event depends on its id and
 * the seed alone, so it is the same wherever one begins.
 */
public final class Disturbance implements Iterator<Sending> {

  /**
   * What is wished for.
   *
   * @param disorder the longest time that an ordinary event is held back
   * @param duplicates share of events sent a second time, within the disorder or a minute
   * @param late share of events held back from ten minutes to two hours
   */
  public record Wish(Duration disorder, double duplicates, double late) {

    /** Every event once, at its time. */
    public static final Wish NONE = new Wish(Duration.ZERO, 0, 0);

    public Wish {
      if (disorder.isNegative() || !isShare(duplicates) || !isShare(late)) {
        throw new IllegalArgumentException(
            "disorder can't be negative, and shares lie between 0 and 1");
      }
    }

    private static boolean isShare(double value) {
      return value >= 0 && value <= 1;
    }
  }

  private static final long SOON = Rhythm.MINUTE;
  private static final long LATE_LEAST = 10 * Rhythm.MINUTE;
  private static final long LATE_MOST = 2 * Rhythm.HOUR;

  private final Iterator<Event> events;
  private final Wish wish;
  private final long seed;
  private final PriorityQueue<Sending> held =
      new PriorityQueue<>(
          Comparator.comparingLong(Sending::at).thenComparing(Sending::event, Event.BY_TIME));
  private Event following;
  private long number;

  /**
   * @param events in the order of their time
   * @param told how many events of the world came before these
   */
  public Disturbance(Iterator<Event> events, long told, Wish wish, long seed) {
    this.events = events;
    this.number = told;
    this.wish = wish;
    this.seed = seed;
    follow();
  }

  @Override
  public boolean hasNext() {
    return following != null || !held.isEmpty();
  }

  @Override
  public Sending next() {
    Sending next = peek();
    held.remove();
    return next;
  }

  /** What {@link #next} will return. */
  public Sending peek() {
    while (following != null && (held.isEmpty() || following.at() <= held.peek().at())) {
      hold(following);
      follow();
    }
    if (held.isEmpty()) {
      throw new NoSuchElementException();
    }
    return held.peek();
  }

  /**
   * What has happened up to a moment, and is still held back; it is let go of. For the end, so that
   * nothing that happened stays untold.
   */
  public List<Sending> release(long until) {
    List<Sending> released = new ArrayList<>();
    while (!held.isEmpty()) {
      Sending sending = held.remove();
      if (sending.event().at() <= until) {
        released.add(sending);
      }
    }
    return released;
  }

  private void follow() {
    following = events.hasNext() ? events.next() : null;
  }

  private void hold(Event event) {
    number++;
    if (wish.equals(Wish.NONE)) {
      held.add(new Sending(event, event.at(), number));
      return;
    }
    Dice dice = Dice.of(seed, event.id());
    long disorder = wish.disorder().toMillis();
    long delay =
        dice.chance(wish.late())
            ? dice.between(LATE_LEAST, LATE_MOST)
            : dice.between(0, disorder + 1);
    held.add(new Sending(event, event.at() + delay, number));
    if (dice.chance(wish.duplicates())) {
      long again = dice.between(0, Math.max(disorder, SOON));
      held.add(new Sending(event, event.at() + delay + again, number));
    }
  }
}
