package io.lifestage.delivery;

import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Triggers on their way out: each goes out once, when its time has come, unless it expires or is
 * taken back before. What was once settled stays so: a trigger that comes again after it was taken
 * back is not sent.
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
      if (settled.of(trigger.id()) == null) {
        waiting.putIfAbsent(trigger.id(), new Waiting(trigger, partition, offset));
      }
    } else if (trigger.isTakenBack()) {
      takeBack(trigger);
    }
  }

  private void takeBack(ReceivedTrigger trigger) throws IOException {
    waiting.remove(trigger.id());
    Fate before = settled.of(trigger.id());
    if (before == Fate.SENT) {
      destination.retract(trigger);
      settled.settle(trigger.id(), Fate.RETRACTED);
    } else if (before == null) {
      destination.drop(trigger, Fate.WITHDRAWN);
      settled.settle(trigger.id(), Fate.WITHDRAWN);
    }
  }

  /** Sends what is due, and drops what is overdue. */
  void work(Instant now) throws IOException {
    Iterator<Waiting> each = waiting.values().iterator();
    while (each.hasNext()) {
      ReceivedTrigger trigger = each.next().trigger();
      if (now.isAfter(trigger.expiresAt())) {
        destination.drop(trigger, Fate.EXPIRED);
        settled.settle(trigger.id(), Fate.EXPIRED);
        each.remove();
      } else if (!now.isBefore(trigger.notBefore())) {
        destination.send(trigger);
        settled.settle(trigger.id(), Fate.SENT);
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
