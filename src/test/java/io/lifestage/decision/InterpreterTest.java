package io.lifestage.decision;

import static io.lifestage.decision.Happening.*;
import static io.lifestage.decision.Story.story;
import static io.lifestage.journey.Decision.Outcome.ENTERED;
import static io.lifestage.journey.Decision.Outcome.EXITED;
import static io.lifestage.journey.Decision.Outcome.FIRED;
import static io.lifestage.journey.Decision.Outcome.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.definition.RetailPack;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Entry;
import io.lifestage.journey.Exit;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.StageModel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Journeys that the pack lacks: a value of one type is all that a new one takes. */
class InterpreterTest {
  private static final Step.Emit TASK = Step.Emit.task("call", "call", "call");

  /** Payment trouble: two failures of a cart within an hour, help is offered, a tip a day later. */
  private static final Journey PAYMENT_TROUBLE =
      new Journey(
          "payment-trouble",
          1,
          true,
          new Entry.OnEvent(Set.of(EventType.PAYMENT_FAILED)),
          scope -> scope.cart() != null && scope.cart().value().minor() >= 1000,
          new InstanceKey.ByAttribute(Attribute.CART_ID),
          new ReEntry.AfterRest(Duration.ofDays(2)),
          List.of(
              new Step.Delay(Duration.ofMinutes(10)),
              Step.Emit.email("help", "payment_help", "other-ways-to-pay")
                  .with(Step.Items.CART, 5)
                  .carrying(Attribute.PAYMENT_METHOD),
              Step.Hold.forSilence(
                  Duration.ofHours(20), Set.of(EventType.CART_VIEWED), Duration.ofHours(30)),
              TASK.onlyIf("still_buying", scope -> "purchase".equals(scope.stage()))),
          List.of(Exit.onSame("paid", EventType.ORDER_PLACED)));

  private static final Happening FAILED =
      Happening.of(
          EventType.PAYMENT_FAILED, Attribute.CART_ID, "c1", Attribute.PAYMENT_METHOD, "card");
  private static final Happening[] FILLED = {productAdded("c1", "sofa", 90_000).at("+0s")};

  @Test
  void aJourneyThatThePackLacksRuns() {
    Story story =
        withJourneys(PAYMENT_TROUBLE)
            .given(FILLED)
            .given(checkoutStarted("c1").at("+11h"))
            .when(FAILED.at("+12h").id("failed"));
    Trigger help =
        story
            .until("+12h+10m")
            .then()
            .triggers("payment_help")
            .decision("payment-trouble", ENTERED, Reason.ENTERED)
            .decision("payment-trouble", FIRED, Reason.ALL_GUARDS_PASSED)
            .trigger();
    assertThat(help.data()).containsEntry("payment_method", "card");
    assertThat(help.items()).extracting(Trigger.Item::sku).containsExactly("sofa");
    assertThat(help.causes()).extracting(Cause::event).containsExactly("failed");
    story.until("+32h+10m").then().triggers("payment_help", "call");
  }

  @Test
  void itsFilterKeepsOut() {
    withJourneys(PAYMENT_TROUBLE)
        .given(productAdded("c1", "spoon", 100))
        .when(FAILED)
        .until("+2d")
        .then()
        .nothing();
  }

  @Test
  void itsExitEndsItInTheMiddleOfAWaitAfterAnEmission() {
    withJourneys(PAYMENT_TROUBLE)
        .given(FILLED)
        .given(FAILED.at("+1h"))
        .until("+2h")
        .when(orderPlaced("o1").with("cart_id", "c1").at("+3h"))
        .until("+5d")
        .then()
        .triggers("payment_help")
        .decision("payment-trouble", EXITED, "paid");
  }

  @Test
  void itsRequirementWithholdsWithItsReason() {
    withJourneys(PAYMENT_TROUBLE)
        .given(FILLED)
        .when(FAILED.at("+1h"))
        .until("+40h")
        .then()
        .triggers("payment_help")
        .decision("payment-trouble", SUPPRESSED, "still_buying");
  }

  @Test
  void itsSecondSilenceCountsFromItsOwnStep() {
    Effects effects =
        withJourneys(PAYMENT_TROUBLE)
            .given(FILLED)
            .given(FAILED.at("+1m"))
            .when(
                Happening.of(EventType.CART_VIEWED, Attribute.CART_ID, "c1").at("+19h"),
                checkoutStarted("c1").at("+28h"),
                Happening.of(EventType.CART_VIEWED, Attribute.CART_ID, "c1").at("+29h"))
            .until("+3d")
            .then()
            .effects();
    assertThat(effects.triggers())
        .extracting(Trigger::at)
        .last()
        .isEqualTo(Story.moment("+30h+11m"));
  }

  @Test
  void itsRestIsKept() {
    withJourneys(PAYMENT_TROUBLE)
        .given(FILLED)
        .given(FAILED.at("+1h"))
        .until("+40h")
        .given(productAdded("c1", "sofa", 90_000).at("+41h"))
        .when(FAILED.at("+49h-1ms"))
        .then()
        .decision("payment-trouble", SUPPRESSED, Reason.ALREADY_ENTERED);
    withJourneys(PAYMENT_TROUBLE)
        .given(FILLED)
        .given(FAILED.at("+1h"))
        .until("+40h")
        .given(productAdded("c1", "sofa", 90_000).at("+41h"))
        .when(FAILED.at("+49h"))
        .then()
        .decision("payment-trouble", ENTERED, Reason.ENTERED);
  }

  @Test
  void newEntrantsRunTheGreatestVersionAndTheOthersStayOnTheirs() {
    Journey one = onPage("j", 1, new Step.Delay(Duration.ofDays(1)), TASK);
    Journey two = onPage("j", 2, new Step.Delay(Duration.ofDays(2)), TASK);
    Story story = withJourneys(one).given(pageViewed().with("page", "a").at("+0s"));
    Trigger old =
        story
            .with(new Definitions(RetailPack.stages(), RetailPack.traits(), List.of(one, two)))
            .when(pageViewed().with("page", "b").at("+1h"))
            .until("+1d")
            .then()
            .trigger();
    assertThat(old.version()).isEqualTo(1);
    story.until("+5d").then().triggers("call", "call");
    assertThat(story.then().effects().decisions())
        .filteredOn(d -> d.outcome() == ENTERED)
        .extracting(Decision::version)
        .containsExactly(2);
  }

  @Test
  void aRunWhoseVersionIsGoneEndsWithThatReason() {
    Journey one = onPage("j", 1, new Step.Delay(Duration.ofDays(1)), TASK);
    Story story = withJourneys(one).given(pageViewed().at("+0s"));
    story
        .with(new Definitions(RetailPack.stages(), RetailPack.traits(), List.of()))
        .until("+1d")
        .then()
        .triggers()
        .decision("j", EXITED, Reason.DEFINITION_GONE);
  }

  @Test
  void beyondTheBoundTheOldestRunEndsWithThatReason() {
    Journey one = onPage("j", 1, new Step.Delay(Duration.ofDays(1)), TASK);
    Story story = withJourneys(one);
    for (int i = 0; i <= Bounds.RUNNING; i++) {
      story.when(pageViewed().with("page", "p" + i));
    }
    Effects effects = story.until("+2d").then().effects();
    assertThat(effects.triggers()).hasSize(Bounds.RUNNING);
    assertThat(effects.decisions())
        .filteredOn(d -> d.reason().equals(Reason.TOO_MANY_RUNS))
        .extracting(Decision::instanceKey)
        .containsExactly("p0");
  }

  @Test
  void aRunThatEndedForRoomIsNotWokenAtTheSameMoment() {
    // All waits end as the customer lapses, and the lapse starts one run too many.
    Journey waits = onPage("waits", 1, new Step.Delay(Duration.ofDays(90)), TASK);
    Journey lapse =
        new Journey(
            "lapse",
            1,
            true,
            new Entry.OnStage(Set.of("lapsed")),
            Condition.ALWAYS,
            new InstanceKey.PerCycle(),
            new ReEntry.Once(),
            List.of(new Step.Delay(Duration.ofDays(1)), TASK),
            List.of());
    Story story = withJourneys(waits, lapse);
    for (int i = 0; i < Bounds.RUNNING; i++) {
      story.when(pageViewed().with("page", "p" + i).at("+0s"));
    }
    Effects effects = story.until("+90d").then().effects();
    assertThat(effects.triggers()).hasSize(Bounds.RUNNING - 1);
  }

  @Test
  void oneJourneyDoesNotChangeWhatAnotherIsAskedAbout() {
    Journey first =
        new Journey(
            "first",
            1,
            true,
            new Entry.OnStage(Set.of("purchase")),
            Condition.ALWAYS,
            new InstanceKey.PerCycle(),
            new ReEntry.Once(),
            List.of(TASK),
            List.of());
    Journey second =
        new Journey(
            "second",
            1,
            true,
            new Entry.OnStage(Set.of("purchase")),
            scope -> scope.order() != null,
            new InstanceKey.PerCycle(),
            new ReEntry.Once(),
            List.of(TASK),
            List.of());
    withJourneys(first, second).when(orderPlaced("o1")).then().triggers("call", "call");
  }

  @Test
  void aJourneyWithARestIsNotDecidedOnArrival() {
    Journey rests =
        new Journey(
            "rests",
            1,
            true,
            new Entry.OnEvent(Set.of(EventType.ORDER_PLACED)),
            Condition.ALWAYS,
            new InstanceKey.ByAttribute(Attribute.CUSTOMER_ID),
            new ReEntry.AfterRest(Duration.ofDays(1)),
            List.of(TASK),
            List.of());
    withJourneys(rests)
        .when(
            orderPlaced("o1").with(Attribute.CUSTOMER_ID, "ada"),
            orderPlaced("o2").with(Attribute.CUSTOMER_ID, "ada"))
        .then()
        .triggers("call");
  }

  @Test
  void silenceIsNeverCountedBackBehindTheStage() {
    // a -2 days-> b -a day of silence-> c: on entering b the silence is already two days old.
    StageModel model =
        new StageModel(
            "m",
            1,
            List.of("a", "b", "c"),
            Set.of(EventType.PAGE_VIEWED),
            List.of(
                new Move(
                    Set.of(),
                    "a",
                    new Move.On(Set.of(EventType.PAGE_VIEWED), Condition.ALWAYS),
                    false,
                    "first"),
                new Move(Set.of("a"), "b", new Move.AfterStay(Duration.ofDays(2)), false, "stay"),
                new Move(
                    Set.of("b"),
                    "c",
                    new Move.AfterSilence(Duration.ofDays(1)),
                    false,
                    "silence")));
    story()
        .with(new Definitions(model, List.of(), List.of()))
        .given(pageViewed().at("+0s"))
        .until("+5d")
        .then()
        .moves("a > b: stay", "b > c: silence")
        .movedAt("+2d");
  }

  private static Story withJourneys(Journey... journeys) {
    return story()
        .with(new Definitions(RetailPack.stages(), RetailPack.traits(), List.of(journeys)));
  }

  private static Journey onPage(String id, int version, Step... steps) {
    return new Journey(
        id,
        version,
        true,
        new Entry.OnEvent(Set.of(EventType.PAGE_VIEWED)),
        Condition.ALWAYS,
        new InstanceKey.ByAttribute(Attribute.PAGE),
        new ReEntry.Once(),
        List.of(steps),
        List.of());
  }
}
