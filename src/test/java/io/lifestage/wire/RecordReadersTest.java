package io.lifestage.wire;

import static io.lifestage.wire.Wired.NOON;
import static io.lifestage.wire.Wired.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.lifecycle.Event;
import io.lifestage.wire.Decoded.DeadLetter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** Which schema a record is read with, and what happens while nobody knows. */
class RecordReadersTest {

  private final Wired wired = new Wired();

  /** A producer of an earlier release: fewer fields, all of them ours. */
  @Test
  void aRecordOfAnEarlierReleaseIsRead() throws RegistryException {
    Schema earlier =
        SchemaBuilder.record("OrderEvent")
            .namespace("io.lifestage.wire.avro")
            .fields()
            .requiredString("event_id")
            .requiredString("type")
            .requiredLong("occurred_at")
            .optionalString("customer_id")
            .optionalString("order_id")
            .endRecord();
    int id = wired.registry.register(Topic.ORDERS.subjectIn(PREFIX), earlier);

    Event event = wired.event(Topic.ORDERS, Wired.framed(id, order(earlier).build()));

    assertThat(event.customer()).isEqualTo("ada");
    assertThat(event.attributes()).isEqualTo(Map.of("customer_id", "ada", "order_id", "o-1"));
    assertThat(event.lines()).isEmpty();
  }

  /** A producer of a later release: all our fields, and one that we do not know. */
  @Test
  void aRecordOfALaterReleaseIsReadWithoutWhatIsNew() throws RegistryException {
    Schema ours = Topic.ORDERS.schema();
    List<Schema.Field> fields =
        new java.util.ArrayList<>(
            ours.getFields().stream().map(f -> new Schema.Field(f, f.schema())).toList());
    fields.add(
        new Schema.Field(
            "gift_note",
            SchemaBuilder.unionOf().nullType().and().stringType().endUnion(),
            "",
            Schema.Field.NULL_DEFAULT_VALUE));
    Schema later =
        Schema.createRecord(ours.getName(), ours.getDoc(), ours.getNamespace(), false, fields);
    int id = wired.registry.register(Topic.ORDERS.subjectIn(PREFIX), later);
    GenericRecord record = order(later).set("gift_note", "Enjoy").build();

    Event event = wired.event(Topic.ORDERS, Wired.framed(id, record));

    assertThat(event.attributes()).isEqualTo(Map.of("customer_id", "ada", "order_id", "o-1"));
  }

  @Test
  void theRegistryIsAskedOncePerSchema() {
    byte[] value = wired.bytes(Topic.CHAT, r -> {});
    wired.event(Topic.CHAT, value);
    int questions = wired.registry.questions();

    wired.event(Topic.CHAT, value);

    assertThat(wired.registry.questions()).isEqualTo(questions);
  }

  @Test
  void whileTheRegistryIsSilentTheRecordWaits() {
    wired.registry.silentFor(10);

    Event event = wired.event(Topic.CHAT, wired.bytes(Topic.CHAT, r -> {}));

    assertThat(event.customer()).isEqualTo("ada");
    assertThat(wired.pauses)
        .hasSize(10)
        .startsWith(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400))
        .endsWith(Duration.ofSeconds(10));
  }

  @Test
  void anInterruptEndsTheWaiting() {
    wired.registry.silentFor(Integer.MAX_VALUE);
    RecordReaders readers =
        new RecordReaders(
            wired.registry,
            PREFIX,
            InstantSource.system(),
            pause -> {
              throw new InterruptedException();
            });
    InputDecoder decoder = new InputDecoder(readers, PREFIX, InputLimits.LIVE);
    byte[] value = wired.bytes(Topic.CHAT, r -> {});

    assertThatThrownBy(() -> decoder.decode(Wired.origin(Topic.CHAT), null, value))
        .isInstanceOf(InterruptedException.class);
  }

  /** A flood of them must not become a flood of questions. */
  @Test
  void anUnknownIdIsAskedForOnceForAllRecordsThatWereThereBefore() {
    byte[] value = withId(99);
    Origin before = Wired.appended(Topic.CHAT, NOON - 1);
    wired.decode(before, null, value);
    int questions = wired.registry.questions();

    Decoded again = wired.decode(before, null, value);

    assertThat(((DeadLetter) again).defect()).isEqualTo(Defect.UNKNOWN_SCHEMA_ID);
    assertThat(wired.registry.questions()).isEqualTo(questions);
  }

  @Test
  void anIdThatBecameKnownIsReadFromThenOn() throws RegistryException {
    int next = wired.ids.size() + 1;
    byte[] value = withId(next);
    wired.decode(Wired.appended(Topic.CHAT, NOON - 1), null, value);
    Schema same = new Schema.Parser().parse(Topic.CHAT.schema().toString());
    same.addProp("producer", "another");
    assertThat(wired.registry.register(Topic.CHAT.subjectIn(PREFIX), same)).isEqualTo(next);

    Decoded after = wired.decode(Wired.appended(Topic.CHAT, NOON + 1), null, value);

    assertThat(after).isInstanceOf(Decoded.OfEvent.class);
  }

  private byte[] withId(int id) {
    byte[] value = wired.bytes(Topic.CHAT, r -> {});
    value[ConfluentFraming.HEADER_LENGTH - 1] = (byte) id;
    return value;
  }

  private static GenericRecordBuilder order(Schema schema) {
    return new GenericRecordBuilder(schema)
        .set("event_id", "e-1")
        .set("type", "order_placed")
        .set("occurred_at", NOON)
        .set("customer_id", "ada")
        .set("order_id", "o-1");
  }
}
