package io.lifestage.console;

import io.lifestage.wire.PrintedRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The latest decisions about triggers, and the triggers that they are about. */
final class Feed {
  /** How many decisions are kept of each kind. */
  static final int KEPT = 200;

  /** What became of triggers; that a run began or ended sends nothing. */
  private static final List<String> SHOWN =
      List.of("FIRED", "SUPPRESSED", "HELD", "CANCELLED", "RETRACTED", "CONVERTED");

  private final Map<String, Deque<PrintedRecord>> decisions = new LinkedHashMap<>();
  private final Map<String, PrintedRecord> triggers =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PrintedRecord> eldest) {
          return size() > 3 * KEPT;
        }
      };

  void takeDecision(PrintedRecord decision) {
    String outcome = decision.text("outcome");
    if (SHOWN.contains(outcome)) {
      // Of each kind apart: what is withheld by the hundred shall not wash away what was sent.
      Deque<PrintedRecord> kept = decisions.computeIfAbsent(outcome, any -> new ArrayDeque<>());
      kept.addLast(decision);
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
    }
  }

  void takeTrigger(PrintedRecord trigger) {
    String id = trigger.text("trigger_id");
    triggers.remove(id);
    triggers.put(id, trigger);
  }

  /**
   * The latest decisions, the newest first.
   *
   * @param outcome of this kind only, or null for all
   */
  List<PrintedRecord> latest(String outcome, int most) {
    List<PrintedRecord> all = new ArrayList<>();
    decisions.forEach(
        (kind, kept) -> {
          if (outcome == null || kind.equals(outcome)) {
            all.addAll(kept);
          }
        });
    all.sort((one, other) -> other.time("at").compareTo(one.time("at")));
    return all.subList(0, Math.min(most, all.size()));
  }

  /** The trigger of this id as it was last written, or null where it is no longer kept. */
  PrintedRecord trigger(String id) {
    return id == null ? null : triggers.get(id);
  }
}
