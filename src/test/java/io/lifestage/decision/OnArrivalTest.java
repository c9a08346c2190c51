package io.lifestage.decision;

import static io.lifestage.decision.Happening.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Outcome.Disposition;
import io.lifestage.definition.RetailPack;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Entry;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A thank-you does not wait for the customer's other events. */
class OnArrivalTest {
  private static final Event PLACED = orderPlaced("o1").id("b").event("ada", 1, at("+10s"));

  private final Runner runner = new Runner();

  @Test
  void theThankYouComesWithTheEventBeforeItsTurn() {
    runner.arrive(PLACED);
    assertThat(runner.effects.triggers()).extracting(Trigger::kind).containsExactly("thank_you");
    assertThat(runner.effects.triggers().get(0).stage()).isNull();
    assertThat(runner.record.current().stage()).isNull();
    assertThat(runner.record.pending()).extracting(Arrival::event).containsExactly(PLACED);
  }

  @Test
  void andNotAgainWhenItsTurnComes() {
    runner.arrive(PLACED);
    runner.walkTo(at("+10s"));
    assertThat(runner.effects.triggers()).hasSize(1);
    assertThat(runner.record.current().stage()).isEqualTo("purchase");
    assertThat(runner.effects.decisions())
        .filteredOn(d -> d.journey().equals("thank-you"))
        .extracting(Decision::outcome)
        .containsExactly(Decision.Outcome.ENTERED, Decision.Outcome.FIRED);
  }

  @Test
  void aDuplicateIsNotThankedForWhileItWaitsNorAfter() {
    runner.arrive(PLACED);
    assertThat(runner.arrive(PLACED)).isEqualTo(Disposition.DUPLICATE);
    runner.walkTo(at("+20s"));
    assertThat(runner.arrive(PLACED)).isEqualTo(Disposition.DUPLICATE);
    runner.walkTo(at("+2d"));
    assertThat(runner.arrive(PLACED)).isEqualTo(Disposition.TOO_LATE);
    assertThat(runner.effects.triggers()).hasSize(1);
  }

  @Test
  void theSameOrderToldTwiceIsThankedForOnce() {
    runner.arrive(PLACED);
    runner.arrive(orderPlaced("o1").id("a").event("ada", 2, at("+9s")));
    runner.walkTo(at("+1m"));
    runner.arrive(orderPlaced("o1").id("c").event("ada", 3, at("+30s")));
    runner.arrive(orderPlaced("o1").id("d").event("ada", 4, at("+2m")));
    runner.walkTo(at("+3m"));
    assertThat(runner.effects.triggers()).hasSize(1);
    assertThat(runner.effects.decisions())
        .filteredOn(d -> d.reason().equals(Reason.ALREADY_ENTERED))
        .extracting(d -> d.causes().get(0).event())
        .containsExactly("b", "c", "d");
  }

  @Test
  void anOrderOutOfOrderIsThankedForOnce() {
    runner.arrive(orderPaid("o1").id("c").event("ada", 1, at("+12s")));
    runner.arrive(PLACED);
    runner.walkTo(at("+1m"));
    assertThat(runner.effects.triggers()).hasSize(1);
  }

  @Test
  void aLateOrderIsThankedForAndOneTooLateIsNot() {
    runner.arrive(pageViewed().id("p").event("ada", 1, at("+20s")));
    runner.walkTo(at("+1m"));
    assertThat(runner.arrive(PLACED)).isEqualTo(Disposition.CORRECTED);
    assertThat(runner.effects.triggers()).hasSize(1);
    runner.walkTo(at("+2h"));
    Event tooLate = orderPlaced("o2").id("x").event("ada", 2, at("+11s"));
    assertThat(runner.arrive(tooLate)).isEqualTo(Disposition.TOO_LATE);
    assertThat(runner.effects.triggers()).hasSize(1);
  }

  @Test
  void anEventThatTheFilterKeptOutDoesNotStandInTheWay() {
    Journey large =
        new Journey(
            "large",
            1,
            true,
            new Entry.OnEvent(Set.of(EventType.ORDER_PLACED, EventType.ORDER_PAID)),
            Condition.ofEvent(order -> order.value().minor() > 5000),
            new InstanceKey.ByAttribute(Attribute.ORDER_ID),
            new ReEntry.Once(),
            List.of(Step.Emit.email("word", "word", "word")),
            List.of());
    Definitions definitions =
        new Definitions(RetailPack.stages(), RetailPack.traits(), List.of(large));
    Decider decider = new Decider(definitions, Catalogue.EMPTY, Policy.DEFAULT);
    Effects said = Effects.collecting();
    CustomerRecord record = CustomerRecord.unknown("ada");
    for (Event event :
        List.of(
            orderPlaced("o1").event("ada", 1, at("+1s")),
            orderPlaced("o1").worth(6000).event("ada", 2, at("+2s")),
            orderPaid("o1").worth(6000).event("ada", 3, at("+3s")))) {
      Outcome outcome = decider.decide(record, new Signal.Arrived(event), at("+0s"));
      record = outcome.customer();
      said.addAll(outcome.effects());
    }
    assertThat(said.triggers())
        .extracting(t -> t.causes().get(0).event())
        .containsExactly("e00002");
  }

  @Test
  void whatOneVersionAnsweredIsRememberedThoughAnotherIsKnownToHoldWhenItsTurnComes() {
    Journey answered = thanks(1, EventType.ORDER_PLACED, 0);
    for (Journey known :
        List.of(thanks(2, EventType.ORDER_PLACED, 9000), thanks(2, EventType.ORDER_DELIVERED, 0))) {
      assertThat(said(answered, known, orderPlaced("o1"), orderPlaced("o1")))
          .containsExactly("thanks@1 e00001", "thanks@1 e00002 " + Reason.ALREADY_ENTERED);
    }
  }

  @Test
  void whatOneVersionDidNotLetInAnotherDoesNotLetInAfterwards() {
    Journey answered = thanks(1, EventType.ORDER_PLACED, 9000);
    Journey known = thanks(2, EventType.ORDER_PLACED, 0);
    assertThat(said(answered, known, orderPlaced("o1"), orderPlaced("o2").worth(9500)))
        .containsExactly("thanks@1 e00002");
  }

  /**
   * Two events come while only the one version is known, and have their turn when the other is
   * known to have held already.
   */
  private static List<String> said(
      Journey answered, Journey known, Happening first, Happening second) {
    Timeline before = Timeline.always(definitions(answered));
    Timeline after = before.from(at("+0s"), definitions(answered, known));
    Effects said = Effects.collecting();
    Decider early = new Decider(before, Catalogue.EMPTY, Policy.DEFAULT);
    CustomerRecord record = CustomerRecord.unknown("ada");
    int number = 0;
    for (Happening one : List.of(first, second)) {
      Event event = one.event("ada", ++number, at("+" + number + "s"));
      Outcome outcome = early.decide(record, new Signal.Arrived(event), at("+0s"));
      record = outcome.customer();
      said.addAll(outcome.effects());
    }
    said.addAll(
        new Decider(after, Catalogue.EMPTY, Policy.DEFAULT)
            .decide(record, Signal.TimePassed.TICK, at("+1m"))
            .effects());
    return said.decisions().stream()
        .filter(one -> one.outcome() != Decision.Outcome.FIRED)
        .map(
            one ->
                "%s@%d %s %s"
                    .formatted(
                        one.journey(),
                        one.version(),
                        one.causes().get(0).event(),
                        one.outcome() == Decision.Outcome.ENTERED ? "" : one.reason())
                    .strip())
        .toList();
  }

  private static Definitions definitions(Journey... journeys) {
    return new Definitions(RetailPack.stages(), RetailPack.traits(), List.of(journeys));
  }

  private static Journey thanks(int version, String on, long above) {
    return new Journey(
        "thanks",
        version,
        true,
        new Entry.OnEvent(Set.of(on)),
        Condition.ofEvent(order -> order.value().minor() > above),
        new InstanceKey.ByAttribute(Attribute.ORDER_ID),
        new ReEntry.Once(),
        List.of(Step.Emit.email("word", "word", "word")),
        List.of());
  }

  private static long at(String when) {
    return Story.moment(when);
  }
}
