package io.lifestage.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Completions;
import io.lifestage.decision.Provisional;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.Verdict;
import io.lifestage.journey.Wanted;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Place;
import io.lifestage.offer.Basket;
import io.lifestage.offer.Candidate;
import io.lifestage.offer.Evidence;
import io.lifestage.offer.Learning;
import io.lifestage.offer.MinutePopularity;
import io.lifestage.offer.Part;
import io.lifestage.offer.Sale;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is shipped and stored of offers comes back as it was. */
class OfferCodecsTest {
  private static final Cause CAUSE = new Cause("e1", new Place("orders", 3, 42));

  private static final Decision FIRED =
      new Decision(
              "offer",
              2,
              "ada",
              "o1",
              Decision.Outcome.FIRED,
              "all_guards_passed",
              1000,
              "retention",
              "mail",
              "t1",
              null,
              0,
              List.of(new Verdict("items", true, "asked")),
              List.of(CAUSE, Cause.of("e2")))
          .onCondition();

  private static final Trigger TRIGGER =
      new Trigger(
              "t1",
              Trigger.Status.ACTIVE,
              "offer",
              "offer",
              2,
              "o1",
              "ada",
              Step.Audience.CUSTOMER,
              null,
              "template",
              Map.of("order_id", "o1"),
              List.of(),
              40,
              0,
              1000,
              1000,
              9000,
              "retention",
              1,
              List.of(CAUSE))
          .waitingFor(
              new Wanted(List.of("pot"), List.of("kitchen"), List.of("pot", "lid"), 0, 999, 3));

  private static final Provisional ASKS = new Provisional(1001, TRIGGER, FIRED);

  private static final Provisional TAKES_BACK =
      new Provisional(
          2000, null, FIRED.takenBack(Decision.Outcome.RETRACTED, null, Cause.of("late"), 2000));

  private static final OfferMessage.OfAnswer ANSWER =
      new OfferMessage.OfAnswer(
          ASKS.key(), 1001, "p/pot", List.of(new Candidate("lid", 5, 2.5, 7.25)));

  private static final Sale SALE =
      new Sale(
          5, new Basket(4, List.of("c/kitchen", "pot"), Evidence.CART), true, "kitchen", "ada");

  @Test
  void messagesComeBackAsTheyWere() throws IOException {
    OfferMessageCodec codec = new OfferMessageCodec();
    for (Provisional one : List.of(ASKS, TAKES_BACK)) {
      OfferMessage message = new OfferMessage.OfDecision(one);
      assertThat(read(codec, bytes(codec, message))).isEqualTo(message);
    }
    assertThat(read(codec, bytes(codec, ANSWER))).isEqualTo(ANSWER);
  }

  @Test
  void whatIsOpenComesBackAsItWas() throws IOException {
    OpenOffersCodec codec = new OpenOffersCodec();
    Trigger.Item item =
        new Trigger.Item(
            "lid", "Lid", "", 500, "EUR", 0, 0.25, new Trigger.Fit("learnt", 2.5, 7.25), 450);
    OpenOffers open =
        new OpenOffers(
            List.of(ASKS, TAKES_BACK),
            List.of(ANSWER),
            new Completions(
                List.of(new Completions.Completed(1000, "t1", null, "lid", List.of(item)))));

    assertThat(read(codec, bytes(codec, open))).isEqualTo(open);
  }

  @Test
  void partsAndSalesComeBackAsTheyWere() throws IOException {
    PartCodec parts = new PartCodec();
    for (Part part : List.of(new Part.Learn("c/kitchen", SALE), new Part.Ask("p/pot", "r", 7))) {
      assertThat(read(parts, bytes(parts, part))).isEqualTo(part);
    }
    SaleCodec sales = new SaleCodec();
    assertThat(read(sales, bytes(sales, SALE))).isEqualTo(SALE);
    PartsAheadCodec ahead = new PartsAheadCodec();
    PartsAhead waiting = new PartsAhead(List.of(new Part.Learn("c/kitchen", SALE)));
    assertThat(read(ahead, bytes(ahead, waiting))).isEqualTo(waiting);
  }

  @Test
  void popularityComesBackWithWhatIsNotYetCounted() throws IOException {
    MinutePopularity popularity = new MinutePopularity(Learning.OFFERED);
    popularity.take(Sale.of(Basket.ordered(1_000, List.of("pot", "lid"))));
    popularity.asOf(61_000);
    popularity.take(Sale.of(Basket.ordered(62_000, List.of("pot", "spoon"))));
    MinutePopularityCodec codec = new MinutePopularityCodec();

    MinutePopularity back = read(codec, bytes(codec, popularity));

    assertThat(bytes(codec, back)).isEqualTo(bytes(codec, popularity));
    assertThat(back.asOf(63_000).of("spoon")).isZero();
    assertThat(back.asOf(121_000).of("spoon")).isPositive();
  }

  @Test
  void salesDoNotWaitForSomebodyToAsk() throws IOException {
    MinutePopularityCodec codec = new MinutePopularityCodec();
    MinutePopularity popularity = new MinutePopularity(Learning.OFFERED);
    for (int minute = 0; minute < 1000; minute++) {
      popularity.take(Sale.of(Basket.ordered(minute * 60_000L, List.of("pot", "lid"))));
      popularity.reach(minute * 60_000L);
    }

    assertThat(bytes(codec, popularity).length).isLessThan(200);
  }

  @Test
  void twoDecisionsOfOneStepAtOneMomentEachHearWhomTheyAsked() {
    Provisional other =
        new Provisional(
            1001,
            TRIGGER.waitingFor(new Wanted(List.of("pan"), List.of(), List.of(), 0, 999, 3)),
            FIRED);
    OpenOffers open =
        OpenOffers.NONE
            .with(new OfferMessage.OfDecision(ASKS))
            .with(new OfferMessage.OfDecision(other))
            .with(ANSWER)
            .with(ANSWER)
            .with(
                new OfferMessage.OfAnswer(
                    ASKS.key(), 1001, "p/pan", List.of(new Candidate("spoon", 7, 2, 3))));

    assertThat(open.named(false)).containsExactly(new Candidate("lid", 5, 2.5, 7.25));
    assertThat(open.next(Completions.NONE).named(false))
        .containsExactly(new Candidate("spoon", 7, 2, 3));
  }

  /** Bytes of this release, which are read for ever. */
  @Test
  void oldBytesAreRead() throws IOException {
    OpenOffersCodec codec = new OpenOffersCodec();
    OpenOffers open = new OpenOffers(List.of(ASKS, TAKES_BACK), List.of(ANSWER), Completions.NONE);
    String golden =
        "04d20f0a6f666665720406616461046f310a464952454422616c6c5f6775617264735f"
            + "706173736564d00f12726574656e74696f6e086d61696c0474310100020a6974656d73"
            + "010a61736b6564040465314d06540465324a0001010474310c4143544956450a6f6666"
            + "65720a6f6666657204046f310661646110435553544f4d4552011074656d706c617465"
            + "0244046f31005000d00fd00fd08c0112726574656e74696f6e02020465314d06540001"
            + "0206706f74020e6b69746368656e0406706f74066c696400ce0f06a01f0a6f66666572"
            + "0406616461046f3112524554524143544544146c6174655f6576656e74a01f12726574"
            + "656e74696f6e086d61696c01086c6174650000060465314d06540465324a086c617465"
            + "4a010a464952454422616c6c5f6775617264735f706173736564d00f01000226333a61"
            + "64617c6f666665727c6d61696c7c6f31d20f0a702f706f7402066c69640a4004000000"
            + "000000401d00000000000000";

    assertThat(HexFormat.of().formatHex(bytes(codec, open))).isEqualTo(golden);
    assertThat(read(codec, HexFormat.of().parseHex(golden))).isEqualTo(open);
  }

  private static <T> byte[] bytes(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T read(Codec<T> codec, byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    T read = codec.read(codec.version(), in);
    assertThat(in.available()).isZero();
    return read;
  }
}
