package io.lifestage.operator;

import io.lifestage.decision.Customer;
import io.lifestage.decision.CustomerRecord;
import io.lifestage.trait.Tally;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The customers of a slot: in the state, and those used last in memory before it.
 *
 * <p>Whoever is on the site is decided a few times in every minute, and reading and writing them
 * each time costs as much as deciding. So a customer who is held is neither read nor written until
 * a checkpoint comes or there is no room, and has no timer until then but the one that was set
 * before: they wait in a queue of their own. What a checkpoint finds in the state and among the
 * timers is enough to go on as if nobody had ever been held.
 *
 * <p>A timer that is set earlier than somebody's deadline stays where it is: it calls in vain,
 * once, and that is cheaper than to take it back.
 */
final class HeldCustomers {
  static final long NEVER = Long.MAX_VALUE;

  /** About what somebody takes in memory of whom nothing is known, bytes. */
  private static final int CUSTOMER = 1_000;

  /** About what a product, a consent or anything else that is known takes, bytes. */
  private static final int FACT = 160;

  /** About what an event takes that may still be corrected, and an order or a run, bytes. */
  private static final int EVENT = 800;

  private static final class Held {
    private final String key;
    private CustomerRecord record;

    /** When time must call. */
    private long deadline = NEVER;

    /** When Flink's timer calls. */
    private long timer = NEVER;

    private boolean changed;
    private long size;

    Held(String key) {
      this.key = key;
    }
  }

  private static final Comparator<Held> BY_DEADLINE =
      Comparator.<Held>comparingLong(held -> held.deadline).thenComparing(held -> held.key);

  private final ValueState<StoredCustomer> state;
  private final InternalTimerService<VoidNamespace> timers;
  private final KeyContext context;
  private final long room;

  /** In the order of their last use. */
  private final Map<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

  private final TreeSet<Held> waiting = new TreeSet<>(BY_DEADLINE);

  private long taken;

  /**
   * Holds nobody yet.
   *
   * @param context whose key it is that the state and the timers have; it is the caller's to set
   * @param room how many bytes of memory to take, about; one customer is held however large
   */
  HeldCustomers(
      ValueState<StoredCustomer> state,
      InternalTimerService<VoidNamespace> timers,
      KeyContext context,
      long room) {
    this.state = state;
    this.timers = timers;
    this.context = context;
    this.room = room;
  }

  /** The customer whose key is set, or null where nothing was ever heard of them. */
  CustomerRecord get() throws IOException {
    String key = (String) context.getCurrentKey();
    Held one = held.get(key);
    if (one != null) {
      return one.record;
    }
    StoredCustomer stored = state.value();
    if (stored == null) {
      return null;
    }
    Held read = new Held(key);
    read.timer = stored.timer();
    hold(read, stored.record(), stored.timer());
    return read.record;
  }

  /**
   * Keeps the customer whose key is set.
   *
   * @param deadline when time must call, epoch milliseconds, or {@link #NEVER}
   */
  void put(CustomerRecord record, long deadline) throws IOException {
    String key = (String) context.getCurrentKey();
    Held one = held.get(key);
    Held kept = one == null ? new Held(key) : one;
    kept.changed = true;
    hold(kept, record, deadline);
  }

  /** Somebody whose deadline has come, or null where nobody's has. */
  String due(long now) {
    return waiting.isEmpty() || waiting.first().deadline > now ? null : waiting.first().key;
  }

  /**
   * Flink's timer has called the customer whose key is set, and is gone.
   *
   * @return whether the call was needed: {@link #due} has said it of who was held
   */
  boolean calls() throws IOException {
    String key = (String) context.getCurrentKey();
    boolean wasHeld = held.containsKey(key);
    if (get() == null) {
      return false;
    }
    Held one = held.get(key);
    one.timer = NEVER;
    one.changed = true;
    return !wasHeld;
  }

  /** Writes whoever has changed; leaves another key set. */
  void writeAll() throws IOException {
    for (Held one : held.values()) {
      write(one);
    }
  }

  /** Writes whoever has changed, and holds nobody any more; leaves another key set. */
  void letGo() throws IOException {
    writeAll();
    held.clear();
    waiting.clear();
    taken = 0;
  }

  private void hold(Held one, CustomerRecord record, long deadline) throws IOException {
    one.record = record;
    if (one.deadline != deadline) {
      waiting.remove(one);
      one.deadline = deadline;
      if (deadline != NEVER) {
        waiting.add(one);
      }
    }
    taken -= one.size;
    one.size = sizeOf(record);
    taken += one.size;
    held.put(one.key, one);
    if (taken > room) {
      makeRoom();
    }
  }

  /** About what a customer takes in memory, bytes. */
  static long sizeOf(CustomerRecord record) {
    long pictures = sizeOf(record.current());
    if (!record.isSettled()) {
      pictures += sizeOf(record.settled());
    }
    int events =
        record.recent().size()
            + record.pending().size()
            + record.aftermath().spent().size()
            + record.aftermath().triggers().size();
    return CUSTOMER + pictures + (long) EVENT * events;
  }

  private static long sizeOf(Customer one) {
    int large = one.orders().size() + one.carts().size() + one.running().size();
    int facts =
        one.firstTouch().size()
            + one.conversations().size()
            + one.viewed().size()
            + one.owned().size()
            + one.consents().size()
            + one.attributes().size()
            + one.segments().size()
            + one.entered().size()
            + one.sent().size()
            + one.prices().size()
            + one.rebought().size();
    for (Tally tally : one.tallies().values()) {
      facts += 1 + tally.entries().size();
    }
    return (long) EVENT * large + (long) FACT * facts;
  }

  private void makeRoom() throws IOException {
    Object current = context.getCurrentKey();
    Iterator<Held> oldest = held.values().iterator();
    while (taken > room && held.size() > 1) {
      Held leaving = oldest.next();
      write(leaving);
      taken -= leaving.size;
      waiting.remove(leaving);
      oldest.remove();
    }
    context.setCurrentKey(current);
  }

  private void write(Held one) throws IOException {
    if (!one.changed) {
      return;
    }
    context.setCurrentKey(one.key);
    one.timer = store(one.record, one.deadline, one.timer);
    one.changed = false;
  }

  /**
   * Writes the customer whose key is set into the state, and sets the one timer.
   *
   * @param timer the one that is set, or {@link #NEVER}
   * @return the one that is set now
   */
  long store(CustomerRecord record, long deadline, long timer) throws IOException {
    if (deadline < timer) {
      if (timer != NEVER) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, timer);
      }
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, deadline);
    }
    long set = Math.min(deadline, timer);
    state.update(new StoredCustomer(record, set));
    return set;
  }
}
