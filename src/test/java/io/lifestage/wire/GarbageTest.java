package io.lifestage.wire;

import static io.lifestage.wire.Wired.NOON;
import static io.lifestage.wire.Wired.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.wire.Decoded.DeadLetter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to be wrong that we know, each with its true reason; and many that nobody knows. */
class GarbageTest {
  private static final int SPOILED_RECORDS = 3_000;
  private static final long SEED = 20_260_301;
  private static final String TOO_LONG = "x".repeat(513);

  private final Wired wired = new Wired();

  static Stream<Topic> inputs() {
    return Arrays.stream(Topic.values()).filter(Topic::isInput);
  }

  static Stream<Topic> eventTopics() {
    return Arrays.stream(Topic.values()).filter(Topic::carriesEvents);
  }

  /** The negative twin of all below: what they spoil is good. */
  @ParameterizedTest
  @MethodSource("inputs")
  void aRecordThatNobodySpoiledIsUsable(Topic topic) {
    Decoded decoded = wired.decode(Wired.origin(topic), key(topic), good(topic));
    assertThat(decoded).isNotInstanceOf(DeadLetter.class);
  }

  @ParameterizedTest
  @MethodSource("eventTopics")
  void noValueIsRefused(Topic topic) {
    assertThat(wired.defect(topic, null)).isEqualTo(Defect.NULL_VALUE);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void fewerBytesThanTheFramingAreRefused(Topic topic) {
    assertThat(wired.defect(topic, new byte[0])).isEqualTo(Defect.TOO_SHORT);
    assertThat(wired.defect(topic, new byte[] {0, 0, 0, 0})).isEqualTo(Defect.TOO_SHORT);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void jsonIsRefusedForItsFirstByte(Topic topic) {
    assertThat(wired.defect(topic, "{\"event_id\": \"e-1\"}".getBytes(UTF_8)))
        .isEqualTo(Defect.BAD_MAGIC_BYTE);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void anIdThatTheRegistryDoesNotKnowIsRefused(Topic topic) {
    byte[] value = good(topic);
    value[1] = 0x7F;

    assertThat(wired.defect(topic, value)).isEqualTo(Defect.UNKNOWN_SCHEMA_ID);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void aRecordOfAnotherTopicIsRefused(Topic topic) {
    Topic other = topic == Topic.CHAT ? Topic.ORDERS : Topic.CHAT;

    assertThat(wired.defect(topic, good(other))).isEqualTo(Defect.OTHER_SUBJECT);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void aRecordCutShortIsRefused(Topic topic) {
    byte[] value = good(topic);
    for (int length = ConfluentFraming.HEADER_LENGTH; length < value.length; length++) {
      assertThat(wired.defect(topic, Arrays.copyOf(value, length))).isEqualTo(Defect.UNDECODABLE);
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void aRecordThatGoesOnIsRefused(Topic topic) {
    byte[] value = good(topic);

    assertThat(wired.defect(topic, Arrays.copyOf(value, value.length + 1)))
        .isEqualTo(Defect.TRAILING_BYTES);
  }

  @ParameterizedTest
  @MethodSource("eventTopics")
  void aTypeThatTheTopicDoesNotHaveIsRefused(Topic topic) {
    assertThat(spoiled(topic, r -> r.set("type", "teleported"))).isEqualTo(Defect.UNKNOWN_TYPE);
    assertThat(spoiled(topic, r -> r.set("type", ""))).isEqualTo(Defect.UNKNOWN_TYPE);
    assertThat(spoiled(topic, r -> r.set("type", "price_dropped")))
        .as("only the job makes it")
        .isEqualTo(Defect.UNKNOWN_TYPE);
  }

  @ParameterizedTest
  @MethodSource("eventTopics")
  void anEmptyEventIdIsRefused(Topic topic) {
    assertThat(spoiled(topic, r -> r.set("event_id", " "))).isEqualTo(Defect.INVALID_VALUE);
  }

  @ParameterizedTest
  @MethodSource("eventTopics")
  void anIdTooLongIsRefused(Topic topic) {
    assertThat(spoiled(topic, r -> r.set("event_id", TOO_LONG))).isEqualTo(Defect.OVERSIZE_ID);
    assertThat(spoiled(topic, r -> r.set("customer_id", TOO_LONG))).isEqualTo(Defect.OVERSIZE_ID);
  }

  @ParameterizedTest
  @MethodSource("eventTopics")
  void aTimeBeforeAllClocksIsRefused(Topic topic) {
    assertThat(spoiled(topic, r -> r.set("occurred_at", 0L))).isEqualTo(Defect.BAD_TIMESTAMP);
    assertThat(spoiled(topic, r -> r.set("occurred_at", Long.MIN_VALUE)))
        .isEqualTo(Defect.BAD_TIMESTAMP);
  }

  @ParameterizedTest
  @MethodSource("eventTopics")
  void aTimeMoreThanAMinuteAheadOfTheBrokerIsRefused(Topic topic) {
    assertThat(spoiled(topic, r -> r.set("occurred_at", NOON + 60_001)))
        .isEqualTo(Defect.FUTURE_TIMESTAMP);
    assertThat(spoiled(topic, r -> r.set("occurred_at", Long.MAX_VALUE)))
        .isEqualTo(Defect.FUTURE_TIMESTAMP);
    assertThat(
            wired.event(topic, wired.bytes(topic, r -> r.set("occurred_at", NOON + 60_000))).at())
        .isEqualTo(NOON + 60_000);
  }

  static Stream<Arguments> wrongInOneWay() {
    return Stream.of(
        missing(Topic.CLICKSTREAM, "sku"),
        missing(Topic.CLICKSTREAM, "cart_id"),
        missing(Topic.CHAT, "sender"),
        missing(Topic.CHAT, "conversation_id"),
        missing(Topic.ORDERS, "order_id"),
        missing(Topic.CUSTOMERS, "granted"),
        missing(Topic.OUTCOMES, "trigger_id"),
        wrong(Topic.ORDERS, Defect.MISSING_ATTRIBUTE, r -> r.set("order_id", "")),
        wrong(
            Topic.ORDERS,
            Defect.MISSING_ATTRIBUTE,
            r -> r.set("order_id", null).set("customer_id", null)),
        nobody(Topic.CLICKSTREAM),
        nobody(Topic.CHAT),
        nobody(Topic.CUSTOMERS),
        nobody(Topic.OUTCOMES),
        wrong(Topic.CLICKSTREAM, Defect.OVERSIZE_ID, r -> r.set("sku", TOO_LONG)),
        wrong(Topic.CLICKSTREAM, Defect.OVERSIZE_ID, r -> r.set("cart_id", TOO_LONG)),
        invalid(Topic.CLICKSTREAM, r -> r.set("quantity", -1L)),
        invalid(Topic.CLICKSTREAM, r -> r.set("quantity", 0L)),
        invalid(Topic.CLICKSTREAM, r -> r.set("rating", 6)),
        invalid(Topic.CLICKSTREAM, r -> r.set("value_minor", 450L)),
        invalid(Topic.CLICKSTREAM, r -> r.set("value_minor", 450L).set("currency", "GBX")),
        invalid(Topic.CLICKSTREAM, r -> r.set("value_minor", -450L).set("currency", "GBP")),
        invalid(Topic.CLICKSTREAM, r -> r.set("customer_id", "anonymous:v-9")),
        invalid(Topic.CHAT, r -> r.set("sender", "parrot")),
        invalid(Topic.CHAT, r -> r.set("rating", 0)),
        invalid(Topic.OUTCOMES, r -> r.set("value_minor", -1L).set("currency", "GBP")),
        invalidLine("mug", 0, 450),
        invalidLine("mug", -2, 450),
        invalidLine("mug", 1, -450),
        invalidLine("", 1, 450),
        invalidLine("mug", Long.MAX_VALUE, 450),
        wrong(
            Topic.ORDERS,
            Defect.OVERSIZE_ID,
            r ->
                r.set("lines", List.of(line(Topic.ORDERS, TOO_LONG, 1, 1))).set("currency", "GBP")),
        invalid(
            Topic.ORDERS,
            r ->
                r.set("type", "order_refunded")
                    .set("value_minor", Long.MIN_VALUE)
                    .set("currency", "GBP")),
        invalid(Topic.ORDERS, r -> r.set("lines", List.of(line(Topic.ORDERS, "mug", 1, 450)))),
        invalid(Topic.PRODUCTS, r -> r.set("sku", "")),
        invalid(Topic.PRODUCTS, r -> r.set("sku", "another than the key")),
        invalid(Topic.PRODUCTS, r -> r.set("price_minor", 450L)),
        invalid(Topic.PRODUCTS, r -> r.set("price_minor", -1L).set("currency", "GBP")),
        wrong(Topic.PRODUCTS, Defect.OVERSIZE_ID, r -> r.set("sku", TOO_LONG)),
        wrong(Topic.PRODUCTS, Defect.BAD_TIMESTAMP, r -> r.set("effective_at", 0L)),
        wrong(Topic.PRODUCTS, Defect.BAD_TIMESTAMP, r -> r.set("effective_at", Long.MAX_VALUE)),
        wrong(Topic.PRODUCTS, Defect.OVERSIZE_ID, r -> r.set("category", "c".repeat(70_000))),
        invalid(Topic.DEFINITIONS, r -> r.set("kind", "poem")),
        invalid(Topic.DEFINITIONS, r -> r.set("id", " ")),
        invalid(Topic.DEFINITIONS, r -> r.set("version", 0)),
        invalid(Topic.DEFINITIONS, r -> r.set("version", 3)),
        invalid(Topic.DEFINITIONS, r -> r.set("body", "")),
        invalid(Topic.DEFINITIONS, r -> r.set("body", "steps: [] # another")),
        wrong(Topic.DEFINITIONS, Defect.OVERSIZE_ID, r -> r.set("id", TOO_LONG)),
        wrong(Topic.DEFINITIONS, Defect.BAD_TIMESTAMP, r -> r.set("effective_at", 0L)));
  }

  @ParameterizedTest(name = "{index}: {0} {1}")
  @MethodSource("wrongInOneWay")
  void whatIsWrongIsSaid(Topic topic, Defect defect, Consumer<GenericRecordBuilder> spoil) {
    assertThat(spoiled(topic, spoil)).isEqualTo(defect);
  }

  @Test
  void aDeletionFromTheCatalogueThatDoesNotSayOfWhatIsRefused() {
    assertThat(wired.defect(Topic.PRODUCTS, null)).isEqualTo(Defect.NULL_KEY);
  }

  @Test
  void aDefinitionIsNotEndedByDeletingIt() {
    assertThat(wired.defect(Topic.DEFINITIONS, null)).isEqualTo(Defect.NULL_KEY);
    assertThat(wired.decode(Wired.origin(Topic.DEFINITIONS), key(Topic.DEFINITIONS), null))
        .isInstanceOfSatisfying(
            DeadLetter.class,
            letter -> assertThat(letter.defect()).isEqualTo(Defect.NOT_DELETABLE));
  }

  @Test
  void aDeadLetterHasWhatCameIn() {
    byte[] key = {1, 2};
    byte[] value = {'{', '}', 0, 0, 0, 0};

    DeadLetter letter = (DeadLetter) wired.decode(Wired.origin(Topic.CHAT), key, value);

    assertThat(letter.origin()).isEqualTo(Wired.origin(Topic.CHAT));
    assertThat(letter.key()).isSameAs(key);
    assertThat(letter.value()).isSameAs(value);
    assertThat(letter.detail()).contains("first byte is 123");
    assertThat(letter.exception()).isNull();
  }

  @Test
  void aDeadLetterNamesWhatTheBytesLedTo() {
    byte[] value = good(Topic.CHAT);

    DeadLetter letter =
        (DeadLetter) wired.decode(Topic.CHAT, Arrays.copyOf(value, value.length - 1));

    assertThat(letter.exception()).isEqualTo("java.io.EOFException");
  }

  /** Whatever the bytes, the answer is a value. Each record is spoiled by its own, known seed. */
  @ParameterizedTest
  @EnumSource(
      value = Topic.class,
      names = {"CLICKSTREAM", "CHAT", "ORDERS", "CUSTOMERS", "OUTCOMES", "PRODUCTS", "DEFINITIONS"})
  void noBytesMakeItThrow(Topic topic) {
    byte[] good = good(topic);
    for (int i = 0; i < SPOILED_RECORDS; i++) {
      byte[] value = spoiled(good, new Random(SEED + i));
      try {
        assertThat(wired.decode(Wired.origin(topic), key(topic), value)).isNotNull();
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError("seed " + (SEED + i), e);
      }
    }
  }

  /** Flips bits behind the framing, or puts random bytes there, or anything anywhere. */
  private static byte[] spoiled(byte[] good, Random random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(3)) {
      case 0 -> {
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
          int at =
              ConfluentFraming.HEADER_LENGTH
                  + random.nextInt(bytes.length - ConfluentFraming.HEADER_LENGTH);
          bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        bytes = Arrays.copyOf(bytes, ConfluentFraming.HEADER_LENGTH + random.nextInt(200));
        for (int at = ConfluentFraming.HEADER_LENGTH; at < bytes.length; at++) {
          bytes[at] = (byte) random.nextInt();
        }
      }
      default -> {
        bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
      }
    }
    return bytes;
  }

  private Defect spoiled(Topic topic, Consumer<GenericRecordBuilder> spoil) {
    Decoded decoded = wired.decode(Wired.origin(topic), key(topic), wired.bytes(topic, spoil));
    assertThat(decoded).isInstanceOf(DeadLetter.class);
    return ((DeadLetter) decoded).defect();
  }

  private byte[] good(Topic topic) {
    return wired.bytes(topic, r -> {});
  }

  private static byte[] key(Topic topic) {
    String key =
        switch (topic) {
          case PRODUCTS -> "mug";
          case DEFINITIONS -> "journey/thank-you@2";
          default -> "ada";
        };
    return key.getBytes(UTF_8);
  }

  private static Arguments wrong(Topic topic, Defect defect, Consumer<GenericRecordBuilder> spoil) {
    return Arguments.of(topic, defect, spoil);
  }

  private static Arguments missing(Topic topic, String field) {
    return wrong(topic, Defect.MISSING_ATTRIBUTE, r -> r.set(field, null));
  }

  private static Arguments nobody(Topic topic) {
    return wrong(topic, Defect.NO_CUSTOMER, r -> r.set("customer_id", null));
  }

  private static Arguments invalid(Topic topic, Consumer<GenericRecordBuilder> spoil) {
    return wrong(topic, Defect.INVALID_VALUE, spoil);
  }

  private static Arguments invalidLine(String sku, long quantity, long price) {
    return invalid(
        Topic.ORDERS,
        r ->
            r.set("lines", List.of(line(Topic.ORDERS, sku, quantity, price)))
                .set("currency", "GBP"));
  }
}
