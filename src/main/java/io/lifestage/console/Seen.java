package io.lifestage.console;

import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.util.Map;

/**
 * A record of a topic as the console takes it in.
 *
 * @param topic which of ours
 * @param key the key as text, or null
 * @param value the bytes, or null for a deletion
 * @param fields what they say; null for a deletion and for what no schema describes
 * @param headers by name, as text
 * @param timestamp when the broker appended it, epoch milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // To be shown; nobody compares two of them.
record Seen(
    Topic topic,
    String key,
    byte[] value,
    PrintedRecord fields,
    Map<String, String> headers,
    int partition,
    long offset,
    long timestamp) {}
