package io.lifestage.wire;

import io.lifestage.lifecycle.Event;
import io.lifestage.wire.Decoded.DeadLetter;
import java.util.HashMap;
import java.util.Map;

/**
 * Records for {@code dead-letters} and {@code late-events}. Headers say where the input record was
 * read ({@code lifestage.topic}, {@code .partition}, {@code .offset}, {@code .timestamp}) and why
 * it is here ({@code lifestage.reason}, and for dead letters {@code .detail} and {@code
 * .exception}).
 *
 * <p>A dead letter is the input record's key and value, byte by byte. What is too large for the
 * topic is left out, and {@code lifestage.key.} or {@code lifestage.value.sha256} and {@code
 * .length} say what it was.
 *
 * <p>A late event is written anew, in the same wire format. Those are the bytes that came in where
 * the producer wrote with the schema of this release; from any other schema it is the same event
 * without what this release does not know. The bytes that came in would have to travel with each of
 * all events to be there for the few that are late; the headers name the record that has them.
 */
public final class RefusedRecords {
  /** Kafka's default limit for a record is 1 MiB, headers included. */
  public static final int LARGEST_BYTES = 900_000;

  private static final String LATE = "late";
  private static final int DETAIL_LENGTH = 1_000;

  private final String prefix;
  private final EventEncoder events;
  private final int largestBytes;

  /**
   * @param prefix what the topics' names begin with; may be empty
   * @param events writes late events
   * @param largestBytes what key and value of a dead letter may have together
   */
  public RefusedRecords(String prefix, EventEncoder events, int largestBytes) {
    this.prefix = prefix;
    this.events = events;
    this.largestBytes = largestBytes;
  }

  /** A record that could not be used. */
  public OutboundRecord deadLetter(DeadLetter letter) {
    Map<String, String> headers = headers(letter.origin(), letter.defect().code());
    headers.put("lifestage.detail", shortened(letter.detail()));
    if (letter.exception() != null) {
      headers.put("lifestage.exception", letter.exception());
    }
    byte[] key = letter.key();
    byte[] value = letter.value();
    if (length(key) + length(value) > largestBytes) {
      if (value != null) {
        describe("value", value, headers);
        value = null;
      }
      if (length(key) > largestBytes) {
        describe("key", key, headers);
        key = null;
      }
    }
    return new OutboundRecord(
        Topic.DEAD_LETTERS.in(prefix), key, value, letter.origin().timestamp(), headers);
  }

  /** An event that came after the lateness bound. */
  public OutboundRecord lateEvent(Event event, Origin origin) {
    OutboundRecord again = events.encode(event);
    return new OutboundRecord(
        Topic.LATE_EVENTS.in(prefix),
        again.key(),
        again.value(),
        event.at(),
        headers(origin, LATE));
  }

  private static Map<String, String> headers(Origin origin, String reason) {
    Map<String, String> headers = new HashMap<>();
    headers.put("lifestage.topic", origin.topic());
    headers.put("lifestage.partition", Integer.toString(origin.partition()));
    headers.put("lifestage.offset", Long.toString(origin.offset()));
    headers.put("lifestage.timestamp", Long.toString(origin.timestamp()));
    headers.put("lifestage.reason", reason);
    return headers;
  }

  private static void describe(String what, byte[] bytes, Map<String, String> headers) {
    headers.put("lifestage." + what + ".length", Integer.toString(bytes.length));
    headers.put("lifestage." + what + ".sha256", Digest.sha256(bytes));
  }

  private static String shortened(String detail) {
    return detail.length() <= DETAIL_LENGTH ? detail : detail.substring(0, DETAIL_LENGTH) + "…";
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
