package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import io.lifestage.metric.Watch;
import io.lifestage.metric.WatchedPanes;
import io.lifestage.offer.Basket;
import io.lifestage.offer.Evidence;
import io.lifestage.offer.FanOut;
import io.lifestage.offer.Learning;
import io.lifestage.offer.Look;
import io.lifestage.offer.MinutePopularity;
import io.lifestage.offer.Part;
import io.lifestage.offer.ProductChange;
import io.lifestage.offer.Sale;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/**
 * What stands in savepoints of offers, watchers and alerts is read for ever, and still written as
 * it was: whoever changes a format sees it here, and makes it a new version that reads the old one.
 */
class GoldenBytesTest {
  private static final long AT = 1_700_000_000_123L;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  private static final Product POT =
      new Product(
          "pot", AT, "Teapot", "kitchen", new Money(1999, "EUR"), true, List.of("lid"), "pots");
  private static final Look LOOK = new Look("pot", "kitchen", "ada", Look.Mark.IN_CART, AT);
  private static final Sale SALE =
      new Sale(
          AT + 5,
          new Basket(AT, List.of("c/kitchen", "pot"), Evidence.CART),
          true,
          "kitchen",
          "ada");

  private static final String SOLD =
      "010180a2abfef962010100076b69746368656e0003616461f6a1abfef962000443415254"
          + "040009632f6b69746368656e0003706f74";

  @Test
  void aChangeOnItsWay() throws IOException {
    FanOut fanOut =
        new FanOut(
            new ProductChange(
                EventType.PRICE_DROPPED, "pot", "kitchen", AT, new Money(1999, "EUR"), 2499),
            AT + 7,
            2,
            300,
            1);

    assertGolden(
        new FanOutCodec(),
        fanOut,
        "015306706f740e6b69746368656ef6a1abfef9629e1f06455552862784a2abfef96204d8" + "0402");
  }

  @Test
  void looksAndVersionsThatWaitForTheirTime() throws IOException {
    assertGolden(
        new HeldChangeCodec(),
        HeldChange.of(LOOK),
        "01f6a1abfef9620106706f740e6b69746368656e06616461c601f6a1abfef962");
    assertGolden(
        new HeldChangeCodec(),
        new HeldChange(AT + 1, null, POT),
        "01f8a1abfef9620006706f74f6a1abfef9620c546561706f740e6b69746368656e9e1f06"
            + "4555520102066c696408706f7473");
  }

  @Test
  void looksOfEveryMark() throws IOException {
    Map<Look.Mark, String> golden = new EnumMap<>(Look.Mark.class);
    golden.put(Look.Mark.VIEWED, "0106706f740e6b69746368656e06616461ec01f6a1abfef962");
    golden.put(Look.Mark.WISHED, "0106706f740e6b69746368656e06616461ee01f6a1abfef962");
    golden.put(Look.Mark.IN_CART, "0106706f740e6b69746368656e06616461c601f6a1abfef962");
    golden.put(Look.Mark.BOUGHT, "0106706f740e6b69746368656e06616461c401f6a1abfef962");

    for (Look.Mark mark : Look.Mark.values()) {
      assertGolden(new LookCodec(), new Look("pot", "kitchen", "ada", mark, AT), golden.get(mark));
    }
  }

  @Test
  void whatAProductLearnsAndIsAsked() throws IOException {
    Part learn = new Part.Learn("c/kitchen", SALE);

    assertGolden(
        new PartCodec(),
        learn,
        "010009632f6b69746368656e010180a2abfef962010100076b69746368656e0003616461"
            + "f6a1abfef962000443415254040009632f6b69746368656e0003706f74");
    assertGolden(
        new PartCodec(),
        new Part.Ask("p/pot", "3:ada|o1", AT),
        "010005702f706f74000008333a6164617c6f310000018bcfe5687b");
    assertGolden(
        new PartsAheadCodec(),
        new PartsAhead(List.of(learn)),
        "01020009632f6b69746368656e010180a2abfef962010100076b69746368656e00036164"
            + "61f6a1abfef962000443415254040009632f6b69746368656e0003706f74");
  }

  @Test
  void sales() throws IOException {
    assertGolden(new SaleCodec(), SALE, SOLD);
    assertGolden(
        new SaleCodec(),
        Sale.of(new Basket(AT, List.of("lid", "pot"), Evidence.ORDER)),
        "0101f6a1abfef96200000000f6a1abfef96200054f524445520400036c69640003706f74");
  }

  @Test
  void howPopularProductsAre() throws IOException {
    MinutePopularity popularity = new MinutePopularity(Learning.OFFERED);
    popularity.take(Sale.of(Basket.ordered(AT, List.of("pot", "lid"))));
    popularity.asOf(AT + 2 * MINUTE);
    popularity.take(Sale.of(Basket.ordered(AT + 3 * MINUTE, List.of("pot", "spoon"))));

    assertGolden(
        new MinutePopularityCodec(),
        popularity,
        "010128f2eba10f00e4d7c31e000400036c6964f2eba10f000003706f74f2eba10f000201"
            + "b69ec1fef96200000000b69ec1fef96200054f52444552040003706f74000573706f6f6e");
  }

  @Test
  void whatIsCountedAndNotYetJudged() throws IOException {
    assertGolden(
        new WatchedPanesCodec(),
        panes(AT),
        "01040000018bcfe25ac008000c63617274735f6f70656e65640000000200000d63686563"
            + "6b6f75745f7374657000077061796d656e74000200000d636865636b6f75745f73746570"
            + "0007737461727465640002000005726561636800046d61696c01180201070c03080100c0"
            + "3345040000018bcfe6eea0020007726576656e7565000345555200029e1f");
  }

  @Test
  void whatIsUsualAndWhatIsFound() throws IOException {
    Watch watch = new Watch();
    WatchedPanes coming = panes(AT);
    watch.advance(AT + 3 * 60 * MINUTE, coming, 0);

    assertGolden(
        new WatchCodec(),
        watch,
        "010000018bd01ddd20000c000c63617274735f6f70656e656400000100004cdb00000000"
            + "000000000000000000000000000000000000013f8000004000000000004cdb00000d6368"
            + "65636b6f75745f7374657000077061796d656e740100004cdb0000000000000000000000"
            + "0000000000000000000000013f8000004000000000004cdb00000d636865636b6f75745f"
            + "737465700007737461727465640100004cdb000000000000000000000000000000000000"
            + "00000000013f8000004000000000004cdb000005726561636800000100004cdb00000000"
            + "000000000000000000000000000000000000013f8000004000000000004cdb0000057265"
            + "61636800046d61696c0100004cdb00000000000000000000000000000000000000000000"
            + "013f8000004000000000004cdb000007726576656e756500000100004cdb000000000000"
            + "00000000000000000000000000000000013f8000003f80000000004cdb00020003455552"
            + "3ff0000000000000409f3c0000000000080015434845434b4f55545f535445505f464149"
            + "4c494e470004636172743f8000003f8000003f8000000000800000000000000000001543"
            + "4845434b4f55545f535445505f4641494c494e4700077061796d656e743f8000003f8000"
            + "003f80000000008000000000000000000015434845434b4f55545f535445505f4641494c"
            + "494e470007737461727465643f8000003f8000003f800000000080000000000000000000"
            + "12545241464649435f534f555243455f44525900046d61696c3f8000003f8000003f8000"
            + "000000800000000000000000");
  }

  @Test
  void whatIsWrittenOtherwiseIsSeen() {
    assertThatThrownBy(() -> assertGolden(new SaleCodec(), SALE.at(AT + 6), SOLD))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("version 1 is still written");
    assertThatThrownBy(() -> assertGolden(new SaleCodec(), SALE, SOLD + "00"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("bytes left over");
  }

  private static WatchedPanes panes(long at) {
    WatchedPanes panes = new WatchedPanes();
    add(panes, Metrics.CARTS_OPENED, "", Observation.one(Metrics.CARTS_OPENED, "", "", at));
    for (String step : List.of("started", "payment")) {
      add(
          panes,
          Metrics.CHECKOUT_STEP,
          "step",
          Observation.one(Metrics.CHECKOUT_STEP, "step", step, at + MINUTE));
    }
    add(
        panes,
        Metrics.REVENUE,
        "currency",
        Observation.of(Metrics.REVENUE, "currency", "EUR", at + 6 * MINUTE, 1999));
    add(panes, Metrics.REACH, "source", Observation.of(Metrics.REACH, "source", "mail", at, "ada"));
    return panes;
  }

  private static void add(
      WatchedPanes panes, String metric, String dimension, Observation observation) {
    panes.add(new ObservationBundle(metric, dimension, List.of(observation)));
  }

  /** The bytes are read to a value that is equal, or of which the same is written. */
  private static <T> void assertGolden(Codec<T> codec, T value, String golden) throws IOException {
    CodecSerializer<T> serializer = new CodecSerializer<>(codec);
    DataInputDeserializer in = new DataInputDeserializer(HexFormat.of().parseHex(golden));

    T read = serializer.deserialize(in);

    assertThat(in.available()).as("bytes left over").isZero();
    assertThat(hex(serializer, read)).as("read, and written again").isEqualTo(golden);
    assertThat(hex(serializer, value))
        .as("version %d is still written", codec.version())
        .isEqualTo(golden);
    if (codec.immutable()) {
      assertThat(read).isEqualTo(value);
    }
  }

  private static <T> String hex(CodecSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return HexFormat.of().formatHex(out.getCopyOfBuffer());
  }
}
