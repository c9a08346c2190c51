package io.lifestage.delivery;

import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Triggers on their way out: each goes out once, when its time has come, unless it expires or is
 * taken back before. What went out does so only once, also where it is taken back and then right
 * again; what never went out does, once it is right again.
 */
final class Inbox {
  private record Waiting(ReceivedTrigger trigger, TopicPartition partition, long offset) {}

  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final SettledTriggers settled;
  private final Destination destination;

  Inbox(SettledTriggers settled, Destination destination) {
    this.settled = settled;
    this.destination = destination;
  }

  /** Takes the next record of a partition. */
  void take(ReceivedTrigger trigger, TopicPartition partition, long offset) throws IOException {
    if (trigger.isActive()) {
      if (mayGoOut(trigger)) {
        waiting.putIfAbsent(trigger.id(), new Waiting(trigger, partition, offset));
      }
    } else if (trigger.isTakenBack()) {
      takeBack(trigger);
    }
  }

  /** A record that is read once more, after a restart, says nothing new. */
  private boolean mayGoOut(ReceivedTrigger trigger) {
    Fate before = settled.of(trigger.id());
    return before == null
        || (before != Fate.SENT
            && before != Fate.RETRACTED
            && trigger.revision() > settled.revision(trigger.id()));
  }

  private void takeBack(ReceivedTrigger trigger) throws IOException {
    boolean waited = waiting.remove(trigger.id()) != null;
    Fate before = settled.of(trigger.id());
    if (before == Fate.SENT) {
      destination.retract(trigger);
      settled.settle(trigger.id(), Fate.RETRACTED, trigger.revision());
    } else if (before == null || waited) {
      destination.drop(trigger, Fate.WITHDRAWN);
      settled.settle(trigger.id(), Fate.WITHDRAWN, trigger.revision());
    }
  }

  /** Sends what is due, and drops what is overdue. */
  void work(Instant now) throws IOException {
    Iterator<Waiting> each = waiting.values().iterator();
    while (each.hasNext()) {
      ReceivedTrigger trigger = each.next().trigger();
      if (now.isAfter(trigger.expiresAt())) {
        destination.drop(trigger, Fate.EXPIRED);
        settled.settle(trigger.id(), Fate.EXPIRED, trigger.revision());
        each.remove();
      } else if (!now.isBefore(trigger.notBefore())) {
        destination.send(trigger);
        settled.settle(trigger.id(), Fate.SENT, trigger.revision());
        each.remove();
      }
    }
  }

  int waiting() {
    return waiting.size();
  }

  /**
   * How far a partition is done with: up to the first trigger of it that still waits, so that a
   * restart reads that one again.
   *
   * @param position the next offset to be read
   */
  long doneUpTo(TopicPartition partition, long position) {
    return waiting.values().stream()
        .filter(one -> one.partition().equals(partition))
        .mapToLong(Waiting::offset)
        .min()
        .orElse(position);
  }

  /** Another member of the group has the partition now, and what waits in it. */
  void forget(TopicPartition partition) {
    waiting.values().removeIf(one -> one.partition().equals(partition));
  }
}
