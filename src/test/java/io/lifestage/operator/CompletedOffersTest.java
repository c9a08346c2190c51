package io.lifestage.operator;

import static io.lifestage.operator.Shopping.noonPlus;
import static io.lifestage.operator.Shopping.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.decision.Policy;
import io.lifestage.decision.Provisional;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.Verdict;
import io.lifestage.journey.Wanted;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Product;
import io.lifestage.offer.Candidate;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ReadBack;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Offers for one order of a camera, completed four days after noon. */
@SuppressWarnings("try") // Flink's harness says that closing it throws any exception.
class CompletedOffersTest {
  private static final long DUE = noonPlus(Duration.ofDays(4));

  private record Desk(
      TwoInputStreamOperatorTestHarness<OfferMessage, Announcement, OutboundRecord> harness)
      implements AutoCloseable {

    static Desk starting(OperatorSubtaskState restored) throws Exception {
      KeySelector<OfferMessage, String> step = OfferMessage::key;
      var harness =
          new TwoInputStreamOperatorTestHarness<>(
              new CompletedOffers(Policy.DEFAULT, Slot.ENCODERS), Slot.MAX_PARALLELISM, 1, 0);
      harness.getStreamConfig().setStatePartitioner(0, step);
      harness
          .getStreamConfig()
          .setStateKeySerializer(
              Types.STRING.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
      harness.getStreamConfig().serializeAllConfigs();
      harness.setup(
          new CodecTypeInfo<>(OutboundRecord.class, new OutboundRecordCodec())
              .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.open();
      return new Desk(harness);
    }

    Desk sell(Product... products) throws Exception {
      for (Product product : products) {
        harness.processElement2(new StreamRecord<>(new Announcement.OfProduct(product)));
      }
      return this;
    }

    Desk take(OfferMessage message) throws Exception {
      harness.processElement1(new StreamRecord<>(message));
      return this;
    }

    Desk passTo(long time) throws Exception {
      harness.processBothWatermarks(new Watermark(time));
      return this;
    }

    List<OutboundRecord> records(Topic topic) {
      return harness.extractOutputValues().stream()
          .filter(record -> record.topic().equals(topic.plainName()))
          .toList();
    }

    List<GenericRecord> items() {
      List<?> items = (List<?>) ReadBack.value(records(Topic.TRIGGERS).get(0)).get("items");
      return items.stream().map(item -> (GenericRecord) item).toList();
    }

    List<String> skus() {
      return items().stream().map(item -> item.get("sku").toString()).toList();
    }

    /** Of how many steps of runs anything is stored. */
    long steps() {
      try (Stream<?> keys =
          harness
              .getOperator()
              .getKeyedStateBackend()
              .getKeys("open-offers-v1", VoidNamespace.INSTANCE)) {
        return keys.count();
      }
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  @Test
  void anOfferAsksForTheCatalogueOfItsMoment() throws Exception {
    try (Desk desk = Desk.starting(null)) {
      desk.sell(
              product("camera", Duration.ZERO, true, 100, "film", "bag", "lens"),
              product("film", Duration.ZERO, true, 900),
              product("film", Duration.ofDays(2), false, 900),
              product("film", Duration.ofDays(9), true, 900),
              product("bag", Duration.ZERO, true, 2000),
              product("bag", Duration.ofDays(2), true, 1500),
              product("bag", Duration.ofDays(9), true, 9999),
              product("lens", Duration.ofDays(9), true, 5000))
          .take(new OfferMessage.OfDecision(asks()))
          .passTo(DUE);

      assertThat(desk.skus()).containsExactly("bag");
      assertThat(desk.items().get(0).get("price_minor")).isEqualTo(1500L);
    }
  }

  @Test
  void aProductOfWhichNobodyToldIsNotOffered() throws Exception {
    try (Desk desk = Desk.starting(null)) {
      desk.take(new OfferMessage.OfDecision(asks())).take(answer("film", 9)).passTo(DUE);

      assertThat(desk.records(Topic.TRIGGERS)).isEmpty();
      assertThat(desk.records(Topic.DECISIONS))
          .extracting(r -> ReadBack.field(r, "outcome"), r -> ReadBack.field(r, "reason"))
          .containsExactly(tuple("SUPPRESSED", "nothing_to_offer"));
    }
  }

  @Test
  void nothingIsSaidBeforeItsMomentAndAnswersMayComeFirst() throws Exception {
    try (Desk desk = Desk.starting(null)) {
      desk.sell(product("camera", Duration.ZERO, true, 100))
          .sell(product("film", Duration.ZERO, true, 900), product("bag", Duration.ZERO, true, 9))
          .take(answer("film", 9))
          .take(new OfferMessage.OfDecision(asks()))
          .passTo(DUE - 1);
      assertThat(desk.harness.extractOutputValues()).isEmpty();

      desk.passTo(DUE);
      assertThat(desk.skus()).containsExactly("film");
    }
  }

  @Test
  void whatWaitsTheAnswersAndTheCatalogueAreThereAfterARestoreAndGoWithTheLatenessBound()
      throws Exception {
    OperatorSubtaskState snapshot;
    try (Desk desk = Desk.starting(null)) {
      desk.sell(product("film", Duration.ZERO, true, 900))
          .take(new OfferMessage.OfDecision(asks()))
          .take(answer("film", 9));
      snapshot = desk.harness.snapshot(1, 1);
    }
    try (Desk restored = Desk.starting(snapshot)) {
      restored.passTo(DUE);
      assertThat(restored.skus()).containsExactly("film");
      assertThat(restored.steps()).isEqualTo(1);

      restored.passTo(DUE + Policy.DEFAULT.lateness() + 1);
      assertThat(restored.steps()).isZero();
      assertThat(restored.harness.numEventTimeTimers()).isZero();
      assertThat(restored.records(Topic.TRIGGERS)).hasSize(1);
    }
  }

  private static OfferMessage answer(String sku, long score) {
    return new OfferMessage.OfAnswer(
        asks().key(), DUE, "p/camera", List.of(new Candidate(sku, score, 3, 4)));
  }

  private static Provisional asks() {
    Cause cause = Cause.of("e1");
    Decision fired =
        new Decision(
                "offer",
                1,
                "ada",
                "o1",
                Decision.Outcome.FIRED,
                "all_guards_passed",
                DUE,
                "retention",
                "mail",
                "t1",
                null,
                0,
                List.of(new Verdict("items", true, "asked")),
                List.of(cause))
            .onCondition();
    Trigger trigger =
        new Trigger(
                "t1",
                Trigger.Status.ACTIVE,
                "offer",
                "offer",
                1,
                "o1",
                "ada",
                Step.Audience.CUSTOMER,
                "email",
                "template",
                Map.of(),
                List.of(),
                40,
                0,
                DUE,
                DUE,
                DUE + 1000,
                "retention",
                1,
                List.of(cause))
            .waitingFor(new Wanted(List.of("camera"), List.of(), List.of("camera"), 0, 100_000, 3));
    return new Provisional(DUE, trigger, fired);
  }
}
