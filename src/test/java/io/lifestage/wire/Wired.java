package io.lifestage.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Both ends of the wire over one registry, and records that are right until a test spoils them. */
final class Wired {
  static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  static final String PREFIX = "shop.";

  final InMemoryRegistry registry = new InMemoryRegistry();
  final Map<Topic, Integer> ids;
  final EventEncoder events;
  final List<Duration> pauses = new ArrayList<>();
  final InputDecoder decoder;

  Wired() {
    this(InputLimits.LIVE);
  }

  Wired(InputLimits limits) {
    try {
      ids = new Schemas(registry, PREFIX).register();
    } catch (RegistryException e) {
      throw new AssertionError(e);
    }
    events = new EventEncoder(PREFIX, ids);
    RecordReaders readers =
        new RecordReaders(
            registry, PREFIX, InstantSource.fixed(Instant.ofEpochMilli(NOON)), pauses::add);
    decoder = new InputDecoder(readers, PREFIX, limits);
  }

  static Origin origin(Topic topic) {
    return appended(topic, NOON);
  }

  static Origin appended(Topic topic, long timestamp) {
    return new Origin(topic.in(PREFIX), 3, 17, timestamp);
  }

  Decoded decode(Topic topic, byte[] value) {
    return decode(origin(topic), null, value);
  }

  Decoded decode(Origin origin, byte[] key, byte[] value) {
    try {
      return decoder.decode(origin, key, value);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What the value is refused for; fails where it is not. */
  Defect defect(Topic topic, byte[] value) {
    Decoded decoded = decode(topic, value);
    if (decoded instanceof Decoded.DeadLetter letter) {
      return letter.defect();
    }
    throw new AssertionError("Usable: " + decoded);
  }

  Event event(Topic topic, byte[] value) {
    Decoded decoded = decode(topic, value);
    if (decoded instanceof Decoded.OfEvent of) {
      return of.event();
    }
    throw new AssertionError("Not an event: " + decoded);
  }

  /** The bytes of a record, right but for what {@code change} makes of it. */
  byte[] bytes(Topic topic, Consumer<GenericRecordBuilder> change) {
    GenericRecordBuilder builder = new GenericRecordBuilder(topic.schema());
    fillIn(topic, builder);
    change.accept(builder);
    return framed(ids.get(topic), builder.build());
  }

  static byte[] framed(int id, GenericRecord record) {
    return new ConfluentFraming()
        .write(id, record, new GenericDatumWriter<GenericRecord>(record.getSchema()));
  }

  /** A line as the topic's schema has it. */
  static GenericRecord line(Topic topic, String sku, long quantity, long price) {
    Schema lines = topic.schema().getField(EventFields.LINES).schema();
    return new GenericRecordBuilder(lines.getElementType())
        .set("sku", sku)
        .set("quantity", quantity)
        .set("unit_price_minor", price)
        .build();
  }

  /** An order of two lines, placed at noon. */
  static Event order(String id, String customer) {
    return new Event(
        "e-" + id,
        NOON,
        "order_placed",
        customer,
        Map.of("order_id", id, "customer_id", customer, "cart_id", "c-1", "country", "GB"),
        List.of(new Line("mug", 2, 450), new Line("tea", 1, 1099)),
        new Money(1999, "GBP"));
  }

  private static void fillIn(Topic topic, GenericRecordBuilder builder) {
    if (topic == Topic.PRODUCTS) {
      builder.set("sku", "mug").set("effective_at", NOON);
      return;
    }
    if (topic == Topic.DEFINITIONS) {
      builder
          .set("kind", "journey")
          .set("id", "thank-you")
          .set("version", 2)
          .set("effective_at", NOON)
          .set("body", "steps: []")
          .set("hash", Digest.sha256("steps: []".getBytes(UTF_8)));
      return;
    }
    builder.set("event_id", "e-1").set("occurred_at", NOON).set("customer_id", "ada");
    switch (topic) {
      case CLICKSTREAM ->
          builder.set("type", "product_added").set("cart_id", "c-1").set("sku", "mug");
      case CHAT ->
          builder
              .set("type", "message_sent")
              .set("conversation_id", "v-1")
              .set("sender", "customer");
      case ORDERS -> builder.set("type", "order_placed").set("order_id", "o-1");
      case CUSTOMERS ->
          builder
              .set("type", "consent_changed")
              .set("channel", "email")
              .set("purpose", "marketing")
              .set("granted", true);
      case OUTCOMES -> builder.set("type", "trigger_sent").set("trigger_id", "t-1");
      default -> throw new AssertionError(topic + " is no input");
    }
  }
}
