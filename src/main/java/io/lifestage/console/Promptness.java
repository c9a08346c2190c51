package io.lifestage.console;

import io.lifestage.wire.PrintedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How soon triggers come: for each the time from its event time to its append, by the broker's
 * clock. Readers of what is committed see it when its checkpoint is complete.
 */
final class Promptness {
  /** Most triggers that are remembered. */
  static final int KEPT = 20_000;

  /**
   * A trigger that was sent.
   *
   * @param writtenAt by the broker's clock, epoch milliseconds
   */
  private record Sent(long writtenAt, long latency) {}

  private final Deque<Sent> sent = new ArrayDeque<>();

  /** Takes a trigger in; what a late event takes back or gives back is as old as it is. */
  void take(PrintedRecord trigger, long writtenAt) {
    boolean first = "ACTIVE".equals(trigger.text("status")) && trigger.number("revision") == 0;
    if (first && trigger.time("at") != null) {
      sent.addLast(new Sent(writtenAt, writtenAt - trigger.time("at").toEpochMilli()));
      if (sent.size() > KEPT) {
        sent.removeFirst();
      }
    }
  }

  /** Exact quantiles of what was written since a moment, in ms; null where there was nothing. */
  Map<String, Object> since(long moment) {
    long[] latencies =
        sent.stream()
            .filter(one -> one.writtenAt() >= moment)
            .mapToLong(Sent::latency)
            .sorted()
            .toArray();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("count", latencies.length);
    for (int percent : new int[] {50, 95, 99}) {
      map.put("p" + percent + "_ms", latencies.length == 0 ? null : of(latencies, percent));
    }
    return map;
  }

  /** The smallest value that so many percent do not exceed. */
  private static Object of(long[] sorted, int percent) {
    return sorted[(int) ((sorted.length * (long) percent + 99) / 100) - 1];
  }
}
