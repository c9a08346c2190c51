package io.lifestage.ops;

import io.lifestage.wire.PrintedRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** A record as one line for people: when, whose, and what it says first. */
public final class TailLine {
  private static final int SHOWN_BYTES = 24;

  /** What the beginning of a line has said already. */
  private static final Set<String> SAID =
      Set.of("at", "occurred_at", "type", "event_id", "customer_id", "anonymous_id");

  private TailLine() {}

  /** The line, without an end of line. */
  public static String of(TailedRecord record) {
    return "%-24s  %-16s  %s".formatted(time(record), record.key(), text(record));
  }

  private static Instant time(TailedRecord record) {
    Instant at = null;
    if (record.fields() != null) {
      at = record.fields().time("at");
      at = at == null ? record.fields().time("occurred_at") : at;
    }
    return at == null ? Instant.ofEpochMilli(record.timestamp()) : at;
  }

  private static String text(TailedRecord record) {
    PrintedRecord fields = record.fields();
    return switch (record.topic()) {
      case DEAD_LETTERS -> refused(record) + "  " + bytes(record);
      case LATE_EVENTS -> refused(record) + "  " + (fields == null ? bytes(record) : event(fields));
      default -> {
        if (record.value() == null) {
          yield "deleted";
        }
        if (fields == null) {
          yield record.problem() + "  " + bytes(record);
        }
        yield switch (record.topic()) {
          case TRANSITIONS -> transition(fields);
          case TRIGGERS -> trigger(fields);
          case DECISIONS -> decision(fields);
          case PROFILES -> profile(fields);
          default -> event(fields);
        };
      }
    };
  }

  private static String transition(PrintedRecord transition) {
    return "%s -> %s  %s, cycle %d%s"
        .formatted(
            transition.text("from") == null ? "(new)" : transition.text("from"),
            transition.text("to"),
            transition.text("cause"),
            transition.number("cycle"),
            transition.flag("withdrawn") ? "  (withdrawn)" : "");
  }

  private static String trigger(PrintedRecord trigger) {
    List<String> items = trigger.records("items").stream().map(item -> item.text("sku")).toList();
    return "%-9s  %s [%s]  %s %s%s  not before %s  %s"
        .formatted(
            trigger.text("status"),
            trigger.text("journey"),
            trigger.text("instance_key"),
            trigger.text("channel"),
            trigger.text("template"),
            items.isEmpty() ? "" : "  " + String.join(", ", items),
            trigger.text("not_before"),
            trigger.text("trigger_id"));
  }

  private static String decision(PrintedRecord decision) {
    PrintedRecord gone = decision.record("takes_back");
    return "%-10s  %s [%s]  %s%s"
        .formatted(
            decision.text("outcome"),
            decision.text("journey"),
            decision.text("instance_key"),
            decision.text("reason"),
            gone == null ? "" : "  (%s, %s)".formatted(gone.text("outcome"), gone.text("reason")));
  }

  private static String profile(PrintedRecord profile) {
    return "%s, cycle %d  %d paid orders  %d carts  %d chats  %d journeys"
        .formatted(
            profile.text("stage"),
            profile.number("cycle"),
            profile.number("paid_orders"),
            profile.records("open_carts").size(),
            profile.records("open_conversations").size(),
            profile.records("journeys").size());
  }

  /** An event, or any record without a form of its own: its type, and every field that is set. */
  private static String event(PrintedRecord event) {
    StringJoiner words = new StringJoiner("  ");
    if (event.text("type") != null) {
      words.add(event.text("type"));
    }
    event
        .fields()
        .forEach(
            (name, value) -> {
              if (!SAID.contains(name) && !isEmpty(value)) {
                words.add(name + "=" + value);
              }
            });
    return words.toString();
  }

  private static boolean isEmpty(Object value) {
    return value == null
        || "".equals(value)
        || (value instanceof Collection<?> collection && collection.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static String refused(TailedRecord record) {
    Map<String, String> headers = record.headers();
    String detail = headers.get("lifestage.detail");
    return "%s  %s-%s@%s%s"
        .formatted(
            headers.get("lifestage.reason"),
            headers.get("lifestage.topic"),
            headers.get("lifestage.partition"),
            headers.get("lifestage.offset"),
            detail == null ? "" : "  " + detail);
  }

  private static String bytes(TailedRecord record) {
    byte[] value = record.value();
    if (value == null) {
      String length = record.headers().get("lifestage.value.length");
      return length == null ? "no value" : length + " bytes, too large to be kept";
    }
    byte[] first = Arrays.copyOf(value, Math.min(value.length, SHOWN_BYTES));
    return "%d bytes: %s%s"
        .formatted(
            value.length, HexFormat.of().formatHex(first), value.length > SHOWN_BYTES ? "..." : "");
  }
}
