package io.lifestage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lifestage.importer.Summary;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an import did, for people and for programs.
 *
 * @param prefix of the topics; empty if nothing was sent
 */
record ImportReport(Summary summary, String prefix, boolean assumedConsent) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  void print(PrintWriter out, boolean json) throws IOException {
    if (json) {
      out.println(JSON.writeValueAsString(fields()));
    } else {
      printTable(out);
    }
    out.flush();
  }

  private void printTable(PrintWriter out) {
    line(out, "rows", summary.rows());
    line(out, "  used", summary.used());
    summary.leftOut().forEach((reason, count) -> line(out, "  left out: " + reason, count));
    summary.bad().forEach((reason, count) -> line(out, "  bad: " + reason, count));
    line(out, prefix.isEmpty() ? "events" : "events sent to " + prefix + "*", summary.sent());
    summary.events().forEach((type, count) -> line(out, "  " + type, count));
    line(out, "customers", summary.customers());
    line(out, "orders of guests", summary.guests());
    if (summary.sent() > 0) {
      out.printf("from %s to %s%n", time(summary.first()), time(summary.last()));
    }
    if (assumedConsent) {
      out.println("Consent was ASSUMED for every customer; the data does not say so.");
    }
  }

  private static void line(PrintWriter out, String what, long count) {
    out.printf("%,12d  %s%n", count, what);
  }

  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows", summary.rows());
    fields.put("used", summary.used());
    fields.put("left_out", summary.leftOut());
    fields.put("bad", summary.bad());
    fields.put("prefix", prefix);
    fields.put("events", summary.events());
    fields.put("customers", summary.customers());
    fields.put("guest_orders", summary.guests());
    fields.put("first", summary.sent() == 0 ? null : time(summary.first()));
    fields.put("last", summary.sent() == 0 ? null : time(summary.last()));
    fields.put("assumed_consent", assumedConsent);
    return fields;
  }

  private static String time(long at) {
    return Instant.ofEpochMilli(at).toString();
  }
}
