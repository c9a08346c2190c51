package io.lifestage.wire;

import static io.lifestage.wire.AvroRecords.at;
import static io.lifestage.wire.AvroRecords.atOrNull;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.decision.Profile;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Alert;
import io.lifestage.metric.MetricPoint;
import io.lifestage.wire.avro.AlertSeverity;
import io.lifestage.wire.avro.AlertStatus;
import io.lifestage.wire.avro.Tick;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * From what the core says to records of the output topics. Equal values give equal bytes.
 *
 * <p>Keeps its buffers between records, so it belongs to one thread.
 */
public final class OutputEncoder {
  /** The one key of the clock's topic: ticks stay in order. */
  private static final String CLOCK = "clock";

  private final String prefix;
  private final Map<Topic, Integer> ids;
  private final String source;
  private final ConfluentFraming framing = new ConfluentFraming();
  private final Map<Topic, SpecificDatumWriter<SpecificRecordBase>> writers =
      new EnumMap<>(Topic.class);

  /**
   * @param prefix what the topics' names begin with; may be empty
   * @param ids the schemas' ids, see {@link Schemas#register()}
   * @param source who writes, for receivers of CloudEvents: a URI reference such as {@code
   *     /lifestage/live}
   */
  public OutputEncoder(String prefix, Map<Topic, Integer> ids, String source) {
    this.prefix = prefix;
    this.ids = Map.copyOf(ids);
    this.source = source;
  }

  /** A trigger, as a CloudEvent. */
  public OutboundRecord trigger(Trigger trigger) {
    return record(
        Topic.TRIGGERS,
        trigger.customer(),
        JourneyRecords.of(trigger),
        trigger.at(),
        CloudEvents.headers(trigger, source));
  }

  public OutboundRecord decision(Decision decision) {
    return record(Topic.DECISIONS, decision.customer(), JourneyRecords.of(decision), decision.at());
  }

  public OutboundRecord transition(Transition transition) {
    return record(
        Topic.TRANSITIONS,
        transition.customer(),
        new io.lifestage.wire.avro.Transition(
            transition.customer(),
            transition.from(),
            transition.to(),
            transition.cycle(),
            at(transition.at()),
            atOrNull(transition.since()),
            transition.cause(),
            transition.evidence(),
            transition.model(),
            transition.withdrawn()),
        transition.at());
  }

  public OutboundRecord profile(Profile profile) {
    return record(Topic.PROFILES, profile.customer(), ProfileRecords.of(profile), profile.at());
  }

  /**
   * The record that deletes a customer's profile.
   *
   * @param at when, event time, epoch milliseconds
   */
  public OutboundRecord profileGone(String customer, long at) {
    return new OutboundRecord(
        Topic.PROFILES.in(prefix), customer.getBytes(UTF_8), null, at, Map.of());
  }

  public OutboundRecord metric(MetricPoint point) {
    String series =
        String.join("/", point.metric(), point.dimension(), point.label(), point.window());
    return record(
        Topic.METRICS,
        series,
        new io.lifestage.wire.avro.MetricPoint(
            point.metric(),
            point.dimension(),
            point.label(),
            point.window(),
            at(point.at()),
            point.count(),
            point.sum(),
            point.revision(),
            point.estimates().distinct(),
            point.estimates().p50(),
            point.estimates().p90(),
            point.estimates().p95(),
            point.estimates().p99()),
        point.at());
  }

  public OutboundRecord alert(Alert alert) {
    return record(
        Topic.ALERTS,
        alert.id(),
        new io.lifestage.wire.avro.Alert(
            alert.id(),
            alert.kind(),
            AlertSeverity.valueOf(alert.severity().name()),
            alert.open() ? AlertStatus.OPEN : AlertStatus.RESOLVED,
            alert.subject(),
            at(alert.openedAt()),
            at(alert.at()),
            alert.observed(),
            alert.baseline(),
            alert.customers(),
            alert.value(),
            alert.currency(),
            alert.text()),
        alert.at());
  }

  /**
   * Time was moved while the inputs were silent.
   *
   * @param to event time up to which nothing more is expected, epoch milliseconds
   * @param wall wall-clock time of that decision, epoch milliseconds
   * @param reason why, in one word
   */
  public OutboundRecord tick(long to, long wall, String reason) {
    return record(Topic.CLOCK, CLOCK, new Tick(at(to), at(wall), reason), to);
  }

  private OutboundRecord record(Topic topic, String key, SpecificRecordBase value, long at) {
    return record(topic, key, value, at, Map.of());
  }

  private OutboundRecord record(
      Topic topic, String key, SpecificRecordBase value, long at, Map<String, String> headers) {
    SpecificDatumWriter<SpecificRecordBase> writer =
        writers.computeIfAbsent(
            topic, t -> new SpecificDatumWriter<>(value.getSchema(), value.getSpecificData()));
    return new OutboundRecord(
        topic.in(prefix),
        key.getBytes(UTF_8),
        framing.write(ids.get(topic), value, writer),
        at,
        headers);
  }
}
