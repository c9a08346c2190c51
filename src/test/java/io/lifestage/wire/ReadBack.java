package io.lifestage.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Records of the topics as a reader sees them who has the schemas and asks no registry. */
public final class ReadBack {
  /** An id for each schema. */
  public static final Map<Topic, Integer> IDS =
      Arrays.stream(Topic.values())
          .filter(topic -> topic.schema() != null)
          .collect(
              toUnmodifiableMap(
                  topic -> topic, topic -> List.of(Topic.values()).indexOf(topic) + 1));

  /** A byte that says that an id follows, and the id. */
  private static final int FRAMING_BYTES = 5;

  private ReadBack() {}

  /** The value of a record whose topic has a schema and no prefix. */
  public static GenericRecord value(OutboundRecord record) {
    return value(Topic.named(record.topic(), ""), record.value());
  }

  private static GenericRecord value(Topic topic, byte[] value) {
    int length = value.length - FRAMING_BYTES;
    try {
      return new GenericDatumReader<GenericRecord>(topic.schema())
          .read(null, DecoderFactory.get().binaryDecoder(value, FRAMING_BYTES, length, null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a value says but for where its causes were read, which depends on how they came and is no
   * part of what was decided.
   */
  public static String said(Topic topic, byte[] value) {
    GenericRecord record = value(topic, value);
    if (record.getSchema().getField("cause_places") != null) {
      record.put("cause_places", Map.of());
    }
    return record.toString();
  }

  public static String key(OutboundRecord record) {
    return record.key() == null ? null : new String(record.key(), UTF_8);
  }

  /** A field of the value, as text. */
  public static String field(OutboundRecord record, String name) {
    return String.valueOf(value(record).get(name));
  }

  /** All that a record says, in one line: equal for equal records, and readable. */
  public static String line(OutboundRecord record) {
    Topic topic = Topic.named(record.topic(), "");
    String value =
        topic.schema() == null
            ? HexFormat.of().formatHex(record.value())
            : said(topic, record.value());
    return "%s %s at %d %s %s"
        .formatted(
            topic.plainName(),
            key(record),
            record.timestamp(),
            new TreeMap<>(record.headers()),
            value);
  }
}
