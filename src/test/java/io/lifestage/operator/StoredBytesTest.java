package io.lifestage.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.ProductHistory;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.Origin;
import io.lifestage.wire.OutboundRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in savepoints: it comes back as it was, and old bytes are read for ever. */
class StoredBytesTest {
  private static final Origin ORIGIN =
      new Origin("orders", 7, 123_456_789_012L, 1_700_000_000_123L);
  private static final Event ORDER =
      new Event(
          "e-1",
          1_700_000_000_123L,
          EventType.ORDER_PLACED,
          "ada",
          ordered("order_id", "o-1", "gift_wrap", "ja\u00e9"),
          List.of(new Line("mug", 2, 500), new Line("pot", -1, 1999)),
          new Money(2999, "EUR"));

  // Round trips

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyEventComesBackAsItWas(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      Event event = event(random);
      assertComesBack(new EventCodec(), event);
      assertComesBack(new ArrivalCodec(), new Decoded.OfEvent(event, origin(random)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void everyCustomerOfACrowdComesBackAsTheyWere(long seed) throws IOException {
    Crowd crowd = Crowd.of(seed, 20, 40);
    Bookkeeper core = new Bookkeeper(crowd.catalogue());
    int looks = 0;
    for (Crowd.Arrival arrival : crowd.disturbed()) {
      core.passTo(arrival.watermark()).arrive(arrival.event());
      if (looks++ % 50 == 0) {
        for (CustomerRecord customer : core.customers()) {
          assertCustomerComesBack(customer);
        }
      }
    }
    core.passTo(crowd.end());
    for (CustomerRecord customer : core.customers()) {
      assertThat(customer.isSettled()).isTrue();
      assertCustomerComesBack(customer);
    }
  }

  @Test
  void somebodyOfWhomEverythingIsKnownComesBackAsTheyWere() throws IOException {
    CustomerRecord somebody = StoredSomebody.record();

    assertCustomerComesBack(somebody);
    assertEverythingIs(throughBytes(new CustomerRecordCodec(), somebody), somebody);
  }

  @Test
  void theTagsOfWhatWasSentComeBackAndAreAlwaysTheSameBytes() throws IOException {
    byte[] one = bytes(new CustomerRecordCodec(), StoredSomebody.sent("b", "a", "c"));
    byte[] other = bytes(new CustomerRecordCodec(), StoredSomebody.sent("c", "b", "a"));

    assertThat(one).isEqualTo(other);
    assertCustomerComesBack(StoredSomebody.sent());
    assertCustomerComesBack(StoredSomebody.sent("b", "a", "c"));
  }

  @Test
  void aStrangerComesBackAsOne() throws IOException {
    assertCustomerComesBack(CustomerRecord.unknown("ada"));
  }

  @Test
  void everyKindOfInputComesBackAsItWas() throws IOException {
    Product product =
        new Product("mug", -5, "", "kitchen", Money.NONE, true, List.of("cup", "pot"));

    assertComesBack(new DecodedCodec(), new Decoded.OfEvent(ORDER, ORIGIN));
    assertComesBack(new DecodedCodec(), new Decoded.OfProduct(product, ORIGIN));
    assertComesBack(new DecodedCodec(), new Decoded.ProductGone("mug", 17, ORIGIN));
    assertComesBack(new AnnouncementCodec(), new Announcement.OfProduct(product));
    assertComesBack(new ProductHistoryCodec(), ProductHistory.EMPTY);
    assertComesBack(new ProductHistoryCodec(), new ProductHistory(List.of(product, product)));
    assertComesBack(
        new ClockReadingCodec(), new ClockReading(-1, 17, true, Map.of("chat", 4L, "orders", 0L)));
  }

  @Test
  void aDeadLetterComesBackByteByByteAlsoWhereThereAreNone() throws IOException {
    for (Defect defect : Defect.values()) {
      var letter =
          new Decoded.DeadLetter(defect, "no sense", null, ORIGIN, null, new byte[] {0, -1, 127});
      assertThat(throughBytes(new DecodedCodec(), letter))
          .usingRecursiveComparison()
          .isEqualTo(letter);
    }
  }

  @Test
  void aRecordForTheSinkComesBackByteByByte() throws IOException {
    OutboundRecord record =
        new OutboundRecord(
            "triggers", "ada".getBytes(UTF_8), new byte[300], 17, Map.of("ce_id", "t-1"));
    OutboundRecord deletion = new OutboundRecord("profiles", null, null, -1, Map.of());

    for (OutboundRecord one : List.of(record, deletion)) {
      assertThat(throughBytes(new OutboundRecordCodec(), one))
          .usingRecursiveComparison()
          .isEqualTo(one);
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        63,
        64,
        -64,
        -65,
        8191,
        8192,
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void everyNumberComesBack(long number) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    new CompactOutput(out).number(number);

    assertThat(new CompactInput(new DataInputDeserializer(out.getCopyOfBuffer())).number())
        .isEqualTo(number);
    assertThat(out.length()).isLessThanOrEqualTo(10);
  }

  // The contract with the bytes of earlier releases

  @Test
  void anEventOfVersionOneIsReadAsItWasWritten() throws IOException {
    byte[] stored = golden("event-v1.hex");

    assertThat(
            new CodecSerializer<>(new EventCodec()).deserialize(new DataInputDeserializer(stored)))
        .isEqualTo(ORDER);
    assertThat(bytes(new EventCodec(), ORDER)).as("version 1 is still written").isEqualTo(stored);
  }

  /**
   * As long as nothing is released, a change of the format may write the files anew, with {@code
   * -Dlifestage.regenerate=true}; from then on it is a new version.
   */
  @Test
  void aCustomerOfVersionOneIsReadAsTheyWereWritten() throws IOException {
    if (Boolean.getBoolean("lifestage.regenerate")) {
      CustomerRecord somebody = StoredSomebody.record();
      String hex = HexFormat.of().formatHex(bytes(new CustomerRecordCodec(), somebody));
      rewrite("customer-v1.hex", hex.replaceAll("(.{100})", "$1\n"));
      rewrite("customer-v1.txt", somebody.toString());
    }
    byte[] stored = golden("customer-v1.hex");

    CustomerRecord read =
        new CodecSerializer<>(new CustomerRecordCodec())
            .deserialize(new DataInputDeserializer(stored));

    assertEverythingIs(read, StoredSomebody.record());
    assertThat(read).hasToString(new String(resource("customer-v1.txt"), UTF_8).strip());
    assertThat(bytes(new CustomerRecordCodec(), read))
        .as("version 1 is still written")
        .isEqualTo(stored);
  }

  /** The place of a word is its code in every stored value: words are only added, at the end. */
  @Test
  void theWordsOfTheVocabularyStandWhereTheyStood() throws IOException {
    if (Boolean.getBoolean("lifestage.regenerate")) {
      rewrite("vocabulary.txt", String.join("\n", allWords()));
    }
    List<String> words = new String(resource("vocabulary.txt"), UTF_8).lines().toList();

    for (int i = 0; i < words.size(); i++) {
      assertThat(Vocabulary.wordOf(i + 1)).as("word %d", i + 1).isEqualTo(words.get(i));
      assertThat(Vocabulary.codeOf(words.get(i))).isEqualTo(i + 1);
    }
    assertThatThrownBy(() -> Vocabulary.wordOf(words.size() + 1))
        .as("a new word is written into vocabulary.txt too")
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(words).as("a word's code is one byte").hasSizeLessThan(256);
  }

  @Test
  void aWordThatIsNotListedCostsItsLengthAndLosesNothing() throws IOException {
    assertThat(bytes(new EventCodec(), typed("shop.opened")).length)
        .isEqualTo(
            bytes(new EventCodec(), typed(EventType.PAGE_VIEWED)).length
                + "shop.opened".length()
                + 1);
    assertComesBack(new EventCodec(), typed("shop.opened"));
  }

  private static Event typed(String type) {
    return new Event("e", 1, type, "ada", Map.of(), List.of(), Money.NONE);
  }

  private static void assertCustomerComesBack(CustomerRecord customer) throws IOException {
    CustomerRecord again = throughBytes(new CustomerRecordCodec(), customer);

    assertThat(again).isEqualTo(customer);
    assertThat(again.isSettled()).isEqualTo(customer.isSettled());
    assertThat(List.copyOf(again.current().orders().keySet()))
        .as("in their order")
        .isEqualTo(List.copyOf(customer.current().orders().keySet()));
    assertComesBack(new StoredCustomerCodec(), new StoredCustomer(customer, Long.MAX_VALUE));
  }

  private static <T> void assertComesBack(Codec<T> codec, T value) throws IOException {
    assertThat(throughBytes(codec, value)).isEqualTo(value);
  }

  private static <T> T throughBytes(Codec<T> codec, T value) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes(codec, value));
    T again = new CodecSerializer<>(codec).deserialize(in);
    assertThat(in.available()).as("bytes left over").isZero();
    return again;
  }

  private static <T> byte[] bytes(Codec<T> codec, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    new CodecSerializer<>(codec).serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static List<String> allWords() {
    List<String> words = new ArrayList<>();
    while (true) {
      try {
        words.add(Vocabulary.wordOf(words.size() + 1));
      } catch (IndexOutOfBoundsException end) {
        return words;
      }
    }
  }

  /** Here and where this run of the tests reads it. */
  private static void rewrite(String name, String text) throws IOException {
    for (String folder : List.of("src/test/resources", "target/test-classes")) {
      Files.writeString(Path.of(folder, "io/lifestage/operator", name), text + "\n");
    }
  }

  /** Also what is no part of equality, such as the places where events were read. */
  private static void assertEverythingIs(CustomerRecord actual, CustomerRecord expected) {
    assertThat(actual).usingRecursiveComparison().ignoringAllOverriddenEquals().isEqualTo(expected);
  }

  private static byte[] golden(String name) throws IOException {
    return HexFormat.of().parseHex(new String(resource(name), UTF_8).replaceAll("\\s", ""));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = StoredBytesTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static Event event(Random random) {
    List<Line> lines = new ArrayList<>();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      lines.add(new Line(text(random), random.nextLong(), random.nextInt(1000)));
      attributes.put(word(random), text(random));
    }
    return new Event(
        text(random),
        random.nextLong(),
        word(random),
        text(random),
        attributes,
        lines,
        random.nextBoolean() ? Money.NONE : new Money(random.nextLong(), "JPY"));
  }

  private static Origin origin(Random random) {
    return new Origin(text(random), random.nextInt(), random.nextLong(), random.nextLong());
  }

  private static String word(Random random) {
    return random.nextBoolean() ? Vocabulary.wordOf(1 + random.nextInt(70)) : text(random);
  }

  /** Letters of one to four bytes, or none. */
  private static String text(Random random) {
    String[] letters = {"a", "\u00e9", "\u20ac", "\ud83d\ude00", "\u0000"};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
