package io.lifestage.ops;

import io.lifestage.wire.PrintedRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How many customers wait where, by the profiles: of each customer the last one counts. */
public final class CustomersInJourneys {
  private final Map<String, Map<String, Map<String, Long>>> byCustomer = new HashMap<>();

  /**
   * Takes a profile.
   *
   * @param customer whose it is
   * @param profile the record, or null for a customer who was erased
   */
  public void take(String customer, PrintedRecord profile) {
    Map<String, Map<String, Long>> runs = new HashMap<>();
    if (profile != null) {
      for (PrintedRecord run : profile.records("journeys")) {
        String where = "%s@%d".formatted(run.text("step_name"), run.number("journey_version"));
        runs.computeIfAbsent(run.text("journey"), unused -> new TreeMap<>())
            .merge(where, 1L, Long::sum);
      }
    }
    if (runs.isEmpty()) {
      byCustomer.remove(customer);
    } else {
      byCustomer.put(customer, runs);
    }
  }

  /** How many runs of a journey wait, by {@code step@version}. */
  public Map<String, Long> of(String journey) {
    Map<String, Long> sum = new TreeMap<>();
    for (Map<String, Map<String, Long>> runs : byCustomer.values()) {
      runs.getOrDefault(journey, Map.of())
          .forEach((where, count) -> sum.merge(where, count, Long::sum));
    }
    return sum;
  }
}
