package io.lifestage.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.console.MetricHistory.Value;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Punctuality;
import io.lifestage.metric.RollingWindow;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the job is doing: what comes in, how far behind it is, and what it could not use. */
final class JobView {
  private static final int SHOWN = 50;
  private static final int BYTES = 512;

  private JobView() {}

  static Map<String, Object> of(Board board, RollingWindow window, Instant now, Masking.Eye eye) {
    MetricBook book = board.metrics;
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("flink", board.health.job);
    map.put("arriving_per_s", board.health.arriving);
    map.put("decided_per_s", perSecond(book, window));
    map.put("event_time", book.now() == 0 ? null : Instant.ofEpochMilli(book.now()).toString());
    map.put("behind_ms", book.now() == 0 ? null : Math.max(0, now.toEpochMilli() - book.now()));
    map.put("trigger_latency", board.promptness.since(now.toEpochMilli() - window.length()));
    map.put("punctuality", punctuality());
    map.put("lag", Numbers.split(book, Metrics.LAG, "topic", window));
    map.put("events", Numbers.split(book, Metrics.EVENTS, "type", window));
    map.put("late", Numbers.split(book, Metrics.LATE, "topic", window));
    map.put("duplicates", Numbers.split(book, Metrics.DUPLICATES, "topic", window));
    map.put("dead_letters", Numbers.split(book, Metrics.DEAD_LETTERS, "reason", window));
    map.put(
        "latest_dead_letters",
        board.refusals.latest(Topic.DEAD_LETTERS).stream()
            .limit(SHOWN)
            .map(record -> refused(record, eye))
            .toList());
    map.put(
        "latest_late_events",
        board.refusals.latest(Topic.LATE_EVENTS).stream()
            .limit(SHOWN)
            .map(record -> refused(record, eye))
            .toList());
    map.put("course", course(book, window));
    return map;
  }

  /** What is read off the clock, by its name: what it is called, and from when to when it goes. */
  private static Map<String, Object> punctuality() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Punctuality one : Punctuality.values()) {
      map.put(one.metric(), Map.of("title", one.title(), "formula", one.inConsole()));
    }
    return map;
  }

  private static double perSecond(MetricBook book, RollingWindow window) {
    return book.total(Metrics.EVENTS, window).count() * 1000.0 / window.length();
  }

  /** A record that was refused, with a look inside. */
  private static Map<String, Object> refused(Seen record, Masking.Eye eye) {
    Map<String, String> headers = record.headers();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("written_at", Instant.ofEpochMilli(record.timestamp()).toString());
    map.put("place", "%d@%d".formatted(record.partition(), record.offset()));
    map.put(
        "read_from",
        "%s-%s@%s"
            .formatted(
                headers.get("lifestage.topic"),
                headers.get("lifestage.partition"),
                headers.get("lifestage.offset")));
    map.put("reason", headers.get("lifestage.reason"));
    String detail = headers.get("lifestage.detail");
    map.put("detail", detail == null || !detail.contains("@") ? detail : eye.text(detail));
    map.put("exception", headers.get("lifestage.exception"));
    map.put("key", eye.id(record.key()));
    map.put("bytes", record.value() == null ? null : record.value().length);
    if (record.fields() != null) {
      map.put("fields", eye.event(record.fields().fields()));
    } else if (record.value() != null) {
      byte[] first = Arrays.copyOf(record.value(), Math.min(BYTES, record.value().length));
      map.put("hex", eye.text(HexFormat.of().formatHex(first)));
      map.put("text", eye.text(new String(first, UTF_8).replaceAll("\\p{Cntrl}", "·")));
    }
    return map;
  }

  private static Map<String, Object> course(MetricBook book, RollingWindow window) {
    double seconds = window.length() / 1000.0;
    List<Long> moments = Numbers.moments(book, window);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", moments);
    map.put(
        "events_per_s",
        Numbers.course(book, Metrics.EVENTS, window, value -> value.count() / seconds));
    map.put("lag", Numbers.course(book, Metrics.LAG, window, Value::count));
    return map;
  }
}
