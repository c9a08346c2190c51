package io.lifestage.ops;

import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record of any topic, for people and programs.
 *
 * @param topic which of ours
 * @param name the topic's name with the space's prefix
 * @param timestamp Kafka's, epoch milliseconds
 * @param key the key as text, or null
 * @param headers by name, as text
 * @param value the bytes, or null for a deletion
 * @param fields what they say; null where they say nothing, or nothing that can be read
 * @param problem why they can't be read; null where they can, or nobody tried
 */
@SuppressWarnings("ArrayRecordComponent") // To be shown; nobody compares two of them.
public record TailedRecord(
    Topic topic,
    String name,
    int partition,
    long offset,
    long timestamp,
    String key,
    Map<String, String> headers,
    byte[] value,
    PrintedRecord fields,
    String problem) {

  /**
   * All of it, in the order in which JSON shall have it. Bytes that say nothing are hexadecimal.
   */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("topic", name);
    map.put("partition", partition);
    map.put("offset", offset);
    map.put("timestamp", Instant.ofEpochMilli(timestamp).toString());
    map.put("key", key);
    if (!headers.isEmpty()) {
      map.put("headers", headers);
    }
    map.put("value", fields == null ? null : fields.fields());
    if (fields == null && value != null) {
      map.put("value_size", value.length);
      map.put("value_hex", HexFormat.of().formatHex(value));
    }
    if (problem != null) {
      map.put("problem", problem);
    }
    return map;
  }
}
