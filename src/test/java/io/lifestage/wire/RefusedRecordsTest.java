package io.lifestage.wire;

import static io.lifestage.wire.Wired.NOON;
import static io.lifestage.wire.Wired.PREFIX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lifestage.lifecycle.Event;
import io.lifestage.wire.Decoded.DeadLetter;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RefusedRecordsTest {

  private final Wired wired = new Wired();
  private final RefusedRecords refused = new RefusedRecords(PREFIX, wired.events, 100);

  @Test
  void aDeadLetterIsTheRecordByteByByteWithItsReason() {
    byte[] key = {1, 2};
    byte[] value = "{\"event_id\": 1}".getBytes(UTF_8);

    OutboundRecord record = refused.deadLetter(letter(key, value));

    assertThat(record.topic()).isEqualTo("shop.dead-letters");
    assertThat(record.key()).isEqualTo(key);
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.timestamp()).isEqualTo(NOON);
    assertThat(record.headers())
        .containsOnly(
            entry("lifestage.topic", "shop.chat"),
            entry("lifestage.partition", "3"),
            entry("lifestage.offset", "17"),
            entry("lifestage.timestamp", Long.toString(NOON)),
            entry("lifestage.reason", "bad_magic_byte"),
            entry("lifestage.detail", "The first byte is 123; a framed record begins with 0"));
  }

  @Test
  void whatTheBytesLedToIsNamed() {
    DeadLetter letter =
        new DeadLetter(
            Defect.UNDECODABLE,
            "The record does not fit schema 4",
            "java.io.EOFException",
            Wired.origin(Topic.CHAT),
            null,
            new byte[5]);

    assertThat(refused.deadLetter(letter).headers())
        .containsEntry("lifestage.exception", "java.io.EOFException");
  }

  @Test
  void aRecordWithoutAValueStaysOne() {
    OutboundRecord record = refused.deadLetter(letter("ada".getBytes(UTF_8), null));

    assertThat(record.value()).isNull();
    assertThat(record.headers()).doesNotContainKey("lifestage.value.length");
  }

  @Test
  void ofATooLargeValueItsHashAndLengthAreKept() throws Exception {
    byte[] value = new byte[101];
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));

    OutboundRecord record = refused.deadLetter(letter(null, value));

    assertThat(record.value()).isNull();
    assertThat(record.headers())
        .contains(
            entry("lifestage.value.length", "101"),
            entry("lifestage.value.sha256", hash),
            entry("lifestage.offset", "17"));
  }

  @Test
  void ofATooLargeKeyToo() {
    OutboundRecord record = refused.deadLetter(letter(new byte[101], new byte[1]));

    assertThat(record.key()).isNull();
    assertThat(record.headers()).containsEntry("lifestage.key.length", "101");
  }

  @Test
  void anEndlessDetailIsCut() {
    DeadLetter letter =
        new DeadLetter(
            Defect.UNKNOWN_TYPE, "x".repeat(5_000), null, Wired.origin(Topic.CHAT), null, null);

    assertThat(refused.deadLetter(letter).headers().get("lifestage.detail")).hasSize(1_001);
  }

  @Test
  void aLateEventIsTheRecordThatCameIn() {
    byte[] came = wired.events.encode(Wired.order("o-1", "ada")).value();
    Event event = wired.event(Topic.ORDERS, came);

    OutboundRecord record = refused.lateEvent(event, Wired.origin(Topic.ORDERS));

    assertThat(record.topic()).isEqualTo("shop.late-events");
    assertThat(record.key()).isEqualTo("ada".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo(came);
    assertThat(record.headers())
        .contains(
            entry("lifestage.topic", "shop.orders"),
            entry("lifestage.offset", "17"),
            entry("lifestage.reason", "late"));
  }

  private DeadLetter letter(byte[] key, byte[] value) {
    return new DeadLetter(
        value == null ? Defect.NULL_VALUE : Defect.BAD_MAGIC_BYTE,
        "The first byte is 123; a framed record begins with 0",
        null,
        Wired.origin(Topic.CHAT),
        key,
        value);
  }
}
