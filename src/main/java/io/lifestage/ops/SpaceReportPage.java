package io.lifestage.ops;

import io.lifestage.lifecycle.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of a space as a table for people. */
public final class SpaceReportPage {
  private final List<String> lines = new ArrayList<>();

  private SpaceReportPage() {}

  /**
   * The lines of the table.
   *
   * @param report as {@link SpaceReport#asMap} gives it
   */
  public static List<String> of(Map<String, Object> report) {
    SpaceReportPage page = new SpaceReportPage();
    page.section("Customers", words(report.get("customers")));
    page.section("Stages", report.get("stages"));
    page.section("Decided, by the customers' profiles", words(report.get("decided")));
    page.section("Purchases, as the events that went in say", words(report.get("purchases")));
    page.section("Transitions", report.get("transitions"));
    page.section("Lapses, by the stage left", report.get("lapses"));
    page.section("Triggers, by journey", report.get("triggers"));
    page.section("Triggers taken back, by journey", report.get("triggers_taken_back"));
    page.section("Withheld, by journey and reason", report.get("suppressed"));
    page.section("Refused, by reason", report.get("refused"));
    page.inputs(map(report.get("inputs")), (Long) report.get("refused_twice"));
    return page.lines;
  }

  /** The same counts by names for people; amounts are shown in major units. */
  private static Map<String, Object> words(Object counts) {
    Map<String, Object> named = new LinkedHashMap<>();
    map(counts)
        .forEach((name, count) -> named.put(name.replace("_minor", "").replace('_', ' '), count));
    return named;
  }

  private void section(String title, Object counts) {
    if (!map(counts).isEmpty()) {
      lines.add(title);
      map(counts).forEach(this::count);
      lines.add("");
    }
  }

  private void count(String name, Object count) {
    if (count instanceof Map<?, ?> amounts) {
      amounts.forEach(
          (currency, minor) ->
              lines.add(
                  "  %-44s %18s".formatted(name, new Money((Long) minor, (String) currency))));
    } else {
      lines.add("  %-44s %,14d".formatted(name, ((Number) count).longValue()));
    }
  }

  private void inputs(Map<String, Object> inputs, long refusedTwice) {
    lines.add("Every record that went in");
    lines.add(row("", "read", "= state", "+ dead letters", "+ late", "+ duplicates"));
    long[] sums = new long[5];
    long missing = 0;
    for (Map.Entry<String, Object> input : inputs.entrySet()) {
      Map<String, Object> book = map(input.getValue());
      String[] cells = new String[5];
      String[] names = {"read", "state", "dead_letters", "late", "duplicates"};
      for (int i = 0; i < names.length; i++) {
        long count = (Long) book.get(names[i]);
        sums[i] += count;
        cells[i] = "%,d".formatted(count);
      }
      missing += (Long) book.get("missing");
      lines.add(row(input.getKey(), cells));
    }
    String[] totals = new String[5];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = "%,d".formatted(sums[i]);
    }
    lines.add(row("all", totals));
    if (missing > 0) {
      lines.add(
          "  %,d records can't be used and are no dead letters (yet): has the job read to the end?"
              .formatted(missing));
    }
    if (refusedTwice > 0) {
      lines.add("  %,d refused records are written twice".formatted(refusedTwice));
    }
  }

  private static String row(String name, String... cells) {
    return "  %-14s %14s %14s %15s %14s %14s"
        .formatted(name, cells[0], cells[1], cells[2], cells[3], cells[4])
        .stripTrailing();
  }

  @SuppressWarnings("unchecked") // The report's maps have names for keys.
  private static Map<String, Object> map(Object counts) {
    return (Map<String, Object>) counts;
  }
}
