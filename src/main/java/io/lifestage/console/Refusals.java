package io.lifestage.console;

import io.lifestage.wire.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The latest records that could not be used, and those that came too late. */
final class Refusals {
  /** How many are kept of each. */
  static final int KEPT = 100;

  private final Map<Topic, Deque<Seen>> latest = new EnumMap<>(Topic.class);

  void take(Seen record) {
    Deque<Seen> kept = latest.computeIfAbsent(record.topic(), any -> new ArrayDeque<>());
    kept.addLast(record);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
  }

  /** The newest first. */
  List<Seen> latest(Topic topic) {
    List<Seen> all = new ArrayList<>(latest.getOrDefault(topic, new ArrayDeque<>()));
    Collections.reverse(all);
    return all;
  }
}
