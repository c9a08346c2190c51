package io.lifestage.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Transition;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.InMemoryRegistry;
import io.lifestage.wire.Origin;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.RefusedRecords;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records as {@code lifestage tail} shows them. */
class TailTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final Origin ORIGIN = new Origin("orders", 3, 17, NOON);
  private static final Event ORDER =
      new Event(
          "e-1",
          NOON,
          "order_placed",
          "ada",
          Map.of("order_id", "o-1", "customer_id", "ada"),
          List.of(),
          new Money(1999, "GBP"));

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private Map<Topic, Integer> ids;

  @BeforeEach
  void registerSchemas() throws Exception {
    ids = new Schemas(registry, "").register();
  }

  @Test
  void aTransitionSaysFromWhereToWhereAndWhy() throws Exception {
    OutboundRecord transition =
        new OutputEncoder("", ids, "/lifestage")
            .transition(
                new Transition(
                    "ada",
                    "purchase",
                    "retention",
                    1,
                    NOON,
                    NOON - 1,
                    "paid",
                    List.of("e-1"),
                    "retail@1",
                    false));

    assertThat(line(Topic.TRANSITIONS, transition))
        .isEqualTo(
            "2026-03-01T12:00:00Z      ada               purchase -> retention  paid, cycle 1");
  }

  @Test
  void anEventSaysItsTypeAndWhatIsSet() throws Exception {
    OutboundRecord order = new EventEncoder("", ids).encode(ORDER);

    assertThat(line(Topic.ORDERS, order))
        .endsWith("order_placed  order_id=o-1  value_minor=1999  currency=GBP");
  }

  @Test
  void aDeadLetterSaysWhyAndWhereFromWithItsFirstBytes() throws Exception {
    OutboundRecord letter =
        refused()
            .deadLetter(
                new Decoded.DeadLetter(
                    Defect.BAD_MAGIC_BYTE,
                    "The first byte is 1",
                    null,
                    ORIGIN,
                    "ada".getBytes(UTF_8),
                    new byte[] {1, 2, (byte) 255}));

    assertThat(line(Topic.DEAD_LETTERS, letter))
        .endsWith(
            "ada               bad_magic_byte  orders-3@17  The first byte is 1  3 bytes: 0102ff");
    assertThat(read(Topic.DEAD_LETTERS, letter).asMap())
        .containsEntry("value_size", 3)
        .containsEntry("value_hex", "0102ff")
        .containsEntry("value", null);
  }

  @Test
  void aLateEventSaysWhatItWasAndWhereFrom() throws Exception {
    OutboundRecord late = refused().lateEvent(ORDER, ORIGIN);

    assertThat(line(Topic.LATE_EVENTS, late))
        .contains("late  orders-3@17  order_placed  order_id=o-1");
  }

  @Test
  void whatCannotBeDecodedIsShownWithTheReason() throws Exception {
    OutboundRecord garbage =
        new OutboundRecord("orders", null, new byte[] {0, 0, 0, 3, 9, 1}, NOON, Map.of());

    assertThat(line(Topic.ORDERS, garbage)).contains("777  6 bytes: 000000030901");
  }

  @Test
  void aRecordWithoutAValueIsADeletion() throws Exception {
    OutboundRecord gone = new OutputEncoder("", ids, "/lifestage").profileGone("ada", NOON);

    assertThat(line(Topic.PROFILES, gone)).endsWith("deleted");
  }

  private RefusedRecords refused() {
    return new RefusedRecords("", new EventEncoder("", ids), RefusedRecords.LARGEST_BYTES);
  }

  private String line(Topic topic, OutboundRecord record) throws Exception {
    return TailLine.of(read(topic, record));
  }

  private TailedRecord read(Topic topic, OutboundRecord record) throws Exception {
    RecordHeaders headers = new RecordHeaders();
    record.headers().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    return new TailReader(topic, registry)
        .read(
            new ConsumerRecord<>(
                record.topic(),
                0,
                5,
                record.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                headers,
                Optional.empty()));
  }
}
