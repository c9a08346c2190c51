package io.lifestage.wire;

import io.lifestage.journey.Trigger;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * The headers that make a trigger a CloudEvent in binary mode.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
final class CloudEvents {
  private CloudEvents() {}

  /**
   * A retraction is an event of its own, so the id has the status in it, and from the second round
   * on the revision; the subject is the trigger.
   *
   * @param source who says so, a URI reference
   */
  static Map<String, String> headers(Trigger trigger, String source) {
    String status = trigger.status().name().toLowerCase(Locale.ROOT);
    return Map.of(
        "ce_specversion",
        "1.0",
        "ce_id",
        trigger.id() + "-" + status + (trigger.revision() > 1 ? "-" + trigger.revision() : ""),
        "ce_source",
        source,
        "ce_type",
        "io.lifestage.trigger." + status,
        "ce_subject",
        trigger.id(),
        "ce_time",
        Instant.ofEpochMilli(trigger.at()).toString(),
        "content-type",
        "application/vnd.confluent.avro");
  }
}
