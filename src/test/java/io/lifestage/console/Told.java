package io.lifestage.console;

import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records of the topics, as the console's reader gives them to the board. */
final class Told {
  private static long offset;

  private Told() {}

  static Seen metric(
      String metric, String dimension, String label, String window, Instant at, long count) {
    return metric(metric, dimension, label, window, at, count, 0);
  }

  static Seen metric(
      String metric,
      String dimension,
      String label,
      String window,
      Instant at,
      long count,
      long sum) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("metric", metric);
    fields.put("dimension", dimension);
    fields.put("label", label);
    fields.put("window", window);
    fields.put("at", at.toString());
    fields.put("count", count);
    fields.put("sum", sum);
    return seen(Topic.METRICS, metric, fields);
  }

  static Seen profile(String customer, String stage, Map<String, Object> more) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("customer", customer);
    fields.put("stage", stage);
    fields.put("open_conversations", List.of());
    fields.put("journeys", List.of());
    fields.putAll(more);
    return seen(Topic.PROFILES, customer, fields);
  }

  static Seen erased(String customer) {
    return new Seen(Topic.PROFILES, customer, null, null, Map.of(), 0, offset++, 0);
  }

  static Map<String, Object> run(String journey, int version, String step) {
    return Map.of("journey", journey, "journey_version", version, "step_name", step);
  }

  static Map<String, Object> chat(
      String id, String subject, Instant startedAt, Instant askedAt, Instant answeredAt) {
    Map<String, Object> chat = new HashMap<>();
    chat.put("conversation_id", id);
    chat.put("subject", subject);
    chat.put("started_at", startedAt.toString());
    chat.put("asked_at", askedAt == null ? null : askedAt.toString());
    chat.put("answered_at", answeredAt == null ? null : answeredAt.toString());
    return chat;
  }

  /** A metric of which quantiles are estimated. */
  static Seen quantities(
      String metric,
      String dimension,
      String label,
      String window,
      Instant at,
      long count,
      long median) {
    Seen plain = metric(metric, dimension, label, window, at, count, count * median);
    Map<String, Object> fields = new LinkedHashMap<>(plain.fields().fields());
    fields.put("p50", median);
    fields.put("p90", median * 4);
    fields.put("p95", median * 5);
    fields.put("p99", median * 8);
    return seen(Topic.METRICS, metric, fields);
  }

  static Seen decision(
      String customer, String journey, String outcome, String reason, String trigger, Instant at) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("customer", customer);
    fields.put("journey", journey);
    fields.put("journey_version", 3);
    fields.put("instance_key", customer);
    fields.put("outcome", outcome);
    fields.put("reason", reason);
    fields.put("at", at.toString());
    fields.put("stage", null);
    fields.put("step", "send");
    fields.put("trigger_id", trigger);
    boolean passed = outcome.equals("FIRED");
    fields.put(
        "verdicts",
        List.of(Map.of("guard", "consent", "passed", passed, "detail", "email:marketing")));
    return seen(Topic.DECISIONS, customer, fields);
  }

  static Seen trigger(String customer, String journey, String id, Instant at) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("trigger_id", id);
    fields.put("customer", customer);
    fields.put("journey", journey);
    fields.put("channel", "email");
    fields.put("template", "hello");
    fields.put("status", "ACTIVE");
    fields.put("at", at.toString());
    return seen(Topic.TRIGGERS, customer, fields);
  }

  static Seen alert(String id, String status, String text, long customers, Instant at) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("alert_id", id);
    fields.put("kind", "checkout_step_failing");
    fields.put("severity", "CRITICAL");
    fields.put("status", status);
    fields.put("subject", "payment_method=card");
    fields.put("opened_at", at.toString());
    fields.put("at", at.toString());
    fields.put("observed", 0.31);
    fields.put("baseline", 0.04);
    fields.put("customers", customers);
    fields.put("value_minor", customers * 4_200);
    fields.put("currency", "EUR");
    fields.put("text", text);
    return seen(Topic.ALERTS, id, fields);
  }

  static Seen deadLetter(String reason, String detail, String key, byte[] value, Instant at) {
    Map<String, String> headers =
        Map.of(
            "lifestage.topic", "orders",
            "lifestage.partition", "3",
            "lifestage.offset", "17",
            "lifestage.reason", reason,
            "lifestage.detail", detail);
    return new Seen(Topic.DEAD_LETTERS, key, value, null, headers, 0, offset++, at.toEpochMilli());
  }

  static Seen seen(Topic topic, String key, Map<String, Object> fields) {
    return new Seen(
        topic, key, new byte[] {1}, new PrintedRecord(fields), Map.of(), 0, offset++, 0);
  }

  static List<Seen> all(Seen... records) {
    return new ArrayList<>(List.of(records));
  }
}
