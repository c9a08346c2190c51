package io.lifestage.wire;

import java.util.Map;

/**
 * A record on its way to a topic.
 *
 * @param topic the topic's name with its prefix
 * @param key the key, UTF-8 unless it is a dead letter's; or null
 * @param value the value; null deletes on a compacted topic
 * @param timestamp event time, epoch milliseconds
 * @param headers headers by name, to be written as UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way; nobody compares two of them.
public record OutboundRecord(
    String topic, byte[] key, byte[] value, long timestamp, Map<String, String> headers) {}
