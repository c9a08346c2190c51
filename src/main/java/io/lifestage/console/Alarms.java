package io.lifestage.console;

import io.lifestage.wire.PrintedRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the topic {@code alerts} says: each finding once, as it stands. */
final class Alarms {
  private static final int KEPT = 500;

  private final Map<String, PrintedRecord> alerts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PrintedRecord> eldest) {
          return size() > KEPT;
        }
      };

  void take(PrintedRecord alert) {
    String id = alert.text("alert_id");
    alerts.remove(id);
    alerts.put(id, alert);
  }

  /** Those that go on, by what they cost, then those that are over, the latest first. */
  List<PrintedRecord> ranked(int most) {
    List<PrintedRecord> all = new ArrayList<>(alerts.values());
    all.sort(
        Comparator.comparing((PrintedRecord alert) -> !isOpen(alert))
            .thenComparing(alert -> isOpen(alert) ? -alert.number("value_minor") : 0)
            .thenComparing(alert -> isOpen(alert) ? -alert.number("customers") : 0)
            .thenComparing(alert -> alert.time("at"), Comparator.reverseOrder()));
    return all.subList(0, Math.min(most, all.size()));
  }

  long open() {
    return alerts.values().stream().filter(Alarms::isOpen).count();
  }

  static boolean isOpen(PrintedRecord alert) {
    return "OPEN".equals(alert.text("status"));
  }
}
