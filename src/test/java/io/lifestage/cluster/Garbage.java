package io.lifestage.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.wire.ConfluentFraming;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record that an input topic should never have got.
 *
 * @param reason for which it has to be refused
 */
record Garbage(Topic topic, String reason, ProducerRecord<byte[], byte[]> record) {
  private static final String TOO_LONG = "x".repeat(513);

  /** For each input topic ten kinds at least, all in Avro where they can be. */
  static List<Garbage> ofEveryKind(Map<Topic, Integer> ids, Instant now) {
    List<Garbage> garbage = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (topic.carriesEvents()) {
        garbage.addAll(new Heap(topic, ids, now).ofEvents());
      }
    }
    garbage.addAll(new Heap(Topic.PRODUCTS, ids, now).ofProducts());
    garbage.addAll(new Heap(Topic.DEFINITIONS, ids, now).ofDefinitions());
    return garbage;
  }

  /** The garbage of one topic. */
  private record Heap(Topic topic, Map<Topic, Integer> ids, Instant now) {

    List<Garbage> ofEvents() {
      List<Garbage> garbage = ofBytes(bytes("event_id", "ok"));
      garbage.add(one("null_value", "dora", null));
      garbage.add(one("unknown_type", "dora", bytes("type", "teleported")));
      garbage.add(one("bad_timestamp", "dora", bytes("occurred_at", 0L)));
      long tomorrow = now.plus(Duration.ofDays(1)).toEpochMilli();
      garbage.add(one("future_timestamp", "dora", bytes("occurred_at", tomorrow)));
      garbage.add(one("oversize_id", "dora", bytes("event_id", TOO_LONG)));
      garbage.add(one("invalid_value", "dora", bytes("event_id", " ")));
      return garbage;
    }

    List<Garbage> ofProducts() {
      List<Garbage> garbage = ofBytes(bytes("sku", "tea"));
      garbage.add(one("null_key", "", null));
      garbage.add(one("bad_timestamp", "tea", bytes("effective_at", 0L)));
      garbage.add(one("oversize_id", TOO_LONG, bytes("sku", TOO_LONG)));
      garbage.add(one("invalid_value", "mug", bytes("sku", "tea")));
      return garbage;
    }

    List<Garbage> ofDefinitions() {
      List<Garbage> garbage = ofBytes(bytes("version", 1));
      garbage.add(one("null_key", "", null));
      garbage.add(one("bad_timestamp", "stage-model/model@1", bytes("effective_at", 0L)));
      garbage.add(one("oversize_id", "stage-model/" + TOO_LONG + "@1", bytes("id", TOO_LONG)));
      garbage.add(one("invalid_value", "stage-model/model@1", bytes("kind", "poem")));
      garbage.add(one("invalid_value", "stage-model/model@1", bytes("hash", "no hash")));
      return garbage;
    }

    /** What is wrong before anybody knows what the record says. */
    private List<Garbage> ofBytes(byte[] good) {
      byte[] unknownId = good.clone();
      unknownId[1] = 0x7F;
      Topic other = topic == Topic.CHAT ? Topic.ORDERS : Topic.CHAT;
      return new ArrayList<>(
          List.of(
              one("too_short", "dora", new byte[] {0, 0, 0}),
              one("bad_magic_byte", "dora", "{\"event_id\": \"e-1\"}".getBytes(UTF_8)),
              one("unknown_schema_id", "dora", unknownId),
              one("other_subject", "dora", new Heap(other, ids, now).bytes("event_id", "ok")),
              one("undecodable", "dora", Arrays.copyOf(good, good.length - 1)),
              one("trailing_bytes", "dora", Arrays.copyOf(good, good.length + 1))));
    }

    private Garbage one(String reason, String key, byte[] value) {
      return new Garbage(
          topic, reason, new ProducerRecord<>(topic.plainName(), key.getBytes(UTF_8), value));
    }

    /** A record that is right but for one field. */
    private byte[] bytes(String field, Object content) {
      GenericRecordBuilder builder = new GenericRecordBuilder(topic.schema());
      if (topic == Topic.PRODUCTS) {
        builder.set("sku", "tea").set("effective_at", now.toEpochMilli());
      } else if (topic == Topic.DEFINITIONS) {
        builder
            .set("kind", "stage-model")
            .set("id", "model")
            .set("version", 1)
            .set("effective_at", now.toEpochMilli())
            .set("body", "stages: []")
            .set("hash", "");
      } else {
        Happenings.oneOf(topic, "dora", "ok", now).attributes().forEach(builder::set);
        builder
            .set("event_id", "ok")
            .set("type", Happenings.oneOf(topic, "dora", "ok", now).type())
            .set("occurred_at", now.toEpochMilli())
            .set("customer_id", "dora");
      }
      GenericRecord record = builder.set(field, content).build();
      return new ConfluentFraming()
          .write(ids.get(topic), record, new GenericDatumWriter<GenericRecord>(record.getSchema()));
    }
  }
}
