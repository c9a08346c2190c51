package io.lifestage.decision;

import static io.lifestage.decision.Happening.*;
import static io.lifestage.decision.Outcome.Disposition.CORRECTED;
import static io.lifestage.decision.Outcome.Disposition.TAKEN;
import static io.lifestage.decision.Outcome.Disposition.TOO_LATE;
import static io.lifestage.decision.Story.story;
import static io.lifestage.journey.Decision.Outcome.CANCELLED;
import static io.lifestage.journey.Decision.Outcome.ENTERED;
import static io.lifestage.journey.Decision.Outcome.EXITED;
import static io.lifestage.journey.Decision.Outcome.FIRED;
import static io.lifestage.journey.Decision.Outcome.RETRACTED;
import static io.lifestage.journey.Decision.Outcome.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.definition.Written;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.Verdict;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Event;
import io.lifestage.metric.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A late event corrects what was decided without it. */
class CorrectionTest {
  private static final Cause LATE = Cause.of("late");

  @Test
  void aLateOrderTakesTheReminderBack() {
    Effects effects =
        story()
            .when(consent("email", true), productAdded("c1", "mug", 500).at("+0s"))
            .until("+1h+5m")
            .when(orderPlaced("o1").with("cart_id", "c1").at("+50m"))
            .then()
            .dispositions(TAKEN, TAKEN, CORRECTED)
            .triggers("abandoned_cart", "thank_you", "-abandoned_cart")
            .decision("abandoned-cart", RETRACTED, Reason.LATE_EVENT)
            .observed(Metrics.TRIGGERS_RETRACTED, "abandoned-cart", 1, 0)
            .observed(Metrics.TRIGGERS_FIRED, "abandoned-cart", 0, 0)
            .observed(Metrics.ABANDONED, "cart", 0, 0)
            .effects();
    assertThat(effects.triggers().get(2).id()).isEqualTo(effects.triggers().get(0).id());
    assertThat(effects.triggers().get(2).status()).isEqualTo(Trigger.Status.RETRACTED);
  }

  @Test
  void aLateViewMakesTheMoveThatWasMissing() {
    story()
        .given(productViewed("a").at("+0s"), productViewed("b").at("+10m"))
        .until("+20m")
        .when(productViewed("c").at("+5m"))
        .then()
        .moves("awareness > consideration: three_views")
        .movedAt("+10m")
        .dispositions(CORRECTED);
  }

  @Test
  void aLateCancellationTakesMovesBack() {
    story()
        .given(orderPlaced("o1").at("+0s"), orderPaid("o1").at("+10m"))
        .until("+20m")
        .when(orderCancelled("o1").at("+5m"))
        .then()
        .moves("not purchase > retention: paid", "purchase > consideration: order_undone")
        .stage("consideration")
        .observed(Metrics.POPULATION, "retention", -1, 0)
        .observed(Metrics.POPULATION, "purchase", 0, 0)
        .observed(Metrics.POPULATION, "consideration", 1, 0)
        .observed(Metrics.REVENUE, "EUR", -1, -1000);
  }

  @Test
  void aLateEventThatChangesNothingSaysNothingTwice() {
    story()
        .given(contentViewed().at("+0s"), contentViewed().at("+10m"))
        .until("+20m")
        .when(pageViewed().at("+5m"))
        .then()
        .nothing();
  }

  @Test
  void aTriggerThatStandsIsNotSentAgain() {
    story()
        .when(consent("email", true), productAdded("c1", "mug", 500).at("+0s"))
        .until("+1h+5m")
        .when(pageViewed().at("+50m"))
        .then()
        .triggers("abandoned_cart")
        .dispositions(TAKEN, TAKEN, CORRECTED);
  }

  @Test
  void aTriggerThatIsRightAgainIsActiveAgainUnderItsId() {
    Story story =
        story()
            .when(consent("email", true), productAdded("c1", "mug", 500).at("+0s"))
            .until("+1h+5m")
            .when(consent("email", false).at("+30m"));
    List<Trigger> triggers =
        story
            .when(consent("email", true).at("+40m"))
            .then()
            .triggers("abandoned_cart", "-abandoned_cart", "abandoned_cart")
            .observed(Metrics.TRIGGERS_RETRACTED, "abandoned-cart", 1, 0)
            .observed(Metrics.TRIGGERS_FIRED, "abandoned-cart", 1, 0)
            .effects()
            .triggers();
    assertThat(triggers).extracting(Trigger::id).containsOnly(triggers.get(0).id());
    assertThat(triggers).extracting(Trigger::revision).containsExactly(0, 1, 2);
  }

  @Test
  void aDecisionThatIsNotSoAnyMoreIsTakenBackAndNamed() {
    Effects effects =
        story()
            .when(
                productAdded("c1", "mug", 500).at("+0s"),
                orderPlaced("o1").with("cart_id", "c1").at("+30m"))
            .until("+40m")
            .when(orderPlaced("o2").with("cart_id", "c1").at("+20m"))
            .then()
            .dispositions(TAKEN, TAKEN, CORRECTED)
            .effects();
    List<Decision> told =
        effects.decisions().stream().filter(d -> d.journey().equals("abandoned-cart")).toList();
    assertThat(told)
        .extracting(Decision::outcome, Decision::reason, Decision::at)
        .containsExactly(
            tuple(ENTERED, Reason.ENTERED, at("+0s")),
            tuple(EXITED, "ordered", at("+30m")),
            tuple(RETRACTED, Reason.LATE_EVENT, at("+40m")),
            tuple(EXITED, "ordered", at("+20m")));
    assertThat(told.get(2).takesBack())
        .isEqualTo(new Decision.TakenBack(EXITED, "ordered", at("+30m")));
    assertThat(told.get(2).triggerId()).isNull();
    assertThat(told.get(2).causes()).last().isEqualTo(Cause.of("e00003"));
  }

  @Test
  void theEdgeOfLatenessIsInAndAMillisecondBeyondIsOut() {
    story()
        .given(pageViewed().at("+0s"))
        .until("+2h")
        .when(contentViewed().at("+1h"))
        .then()
        .dispositions(CORRECTED)
        .stage("consideration");
    story()
        .given(pageViewed().at("+0s"))
        .until("+2h")
        .when(contentViewed().at("+1h-1ms"))
        .then()
        .dispositions(TOO_LATE)
        .stage("awareness");
  }

  @Test
  void aCustomerOfManyEventsKeepsAShorterMemory() {
    Policy forgetful = new Policy(Duration.ofHours(1).toMillis(), 0, 3_600_000, 3);
    Story story =
        story()
            .with(forgetful)
            .given(pageViewed().at("+1m"), pageViewed().at("+2m"), pageViewed().at("+3m"))
            .given(pageViewed().at("+4m"), pageViewed().at("+5m"));
    assertThat(story.then().record().recent())
        .extracting(Arrival::at)
        .containsExactly(at("+3m"), at("+4m"), at("+5m"));
    story
        .when(contentViewed().at("+2m"), contentViewed().at("+2m+1ms"))
        .then()
        .dispositions(TOO_LATE, CORRECTED)
        .stage("consideration");
  }

  @Test
  void afterTheBoundOnePictureIsKept() {
    Story story = story().given(pageViewed().at("+0s"));
    assertThat(story.until("+1h").then().record().isSettled()).isFalse();
    CustomerRecord record = story.until("+1h+1ms").then().record();
    assertThat(record.isSettled()).isTrue();
    assertThat(record.recent()).isEmpty();
  }

  @Test
  void timeCallsForThatByItself() {
    Story.Then then = story().when(contentViewed().at("+0s")).then();
    assertThat(then.nextDeadline()).isEqualTo(at("+1h+1ms"));
  }

  @Test
  void aTriggerNotYetDueIsCancelledAndOneThatMayBeOutIsRetracted() {
    Trigger due =
        story()
            .given(consent("email", true), productAdded("c1", "mug", 500).at("+0s"))
            .until("+1h")
            .then()
            .trigger();
    assertThat(due.takenBack(due.notBefore() - 1).status()).isEqualTo(Trigger.Status.CANCELLED);
    assertThat(due.takenBack(due.notBefore()).status()).isEqualTo(Trigger.Status.RETRACTED);
    assertThat(due.takenBack(due.notBefore()).revision()).isEqualTo(1);

    Effects said = Effects.collecting();
    said.triggers().add(due);
    Decision fired =
        new Decision(
            due.journey(),
            1,
            "ada",
            "c1",
            FIRED,
            "x",
            1,
            null,
            "s",
            due.id(),
            "e",
            0,
            List.of(),
            List.of());
    said.decisions().add(fired);
    Effects correction = new Correction(said, Effects.NONE, LATE, due.notBefore() - 1).effects();
    assertThat(correction.decisions())
        .containsExactly(fired.takenBack(CANCELLED, due.id(), LATE, due.notBefore() - 1));
    assertThat(correction.decisions().get(0).decidedBy()).isEqualTo("late");
  }

  private static final String REMINDER =
      """
      journey: reminder
      entry: {on: page_viewed}
      exit: [{on: order_paid, reason: paid}]
      steps:
        - delay: 1h
        - emit: {kind: a, channel: email, template: t, priority: 10}
      """;

  private static final String OFFER =
      """
      journey: offer
      entry: {on: %s}
      steps:
        - emit: {kind: b, channel: email, template: t, priority: 90}
      """;

  private static final String ONE_A_DAY =
      "guards: g\ncaps: [{name: daily, channel: email, at-most: 1, within: 24h}]\n";

  private static final String ONE_OF_THOSE_DUE_TOGETHER = "guards: g\narbitration: 10m\n";

  /** The reminder is due at +1h; at +1h+15m it has gone out. */
  private static Story reminded(String guards, String offerOn) {
    return story()
        .with(Written.with(REMINDER, OFFER.formatted(offerOn), guards))
        .when(consent("email", true), pageViewed().at("+0s"))
        .until("+1h+15m");
  }

  @Test
  void whatWentOutCountsInCapsAlsoForALateEventThatTakesItBack() {
    Story.Then then =
        reminded(ONE_A_DAY, "order_paid")
            .when(orderPaid("o1").at("+58m"))
            .until("+20h")
            .then()
            .triggers("a", "-a")
            .decision("reminder", EXITED, "paid")
            .decision("offer", SUPPRESSED, Reason.CAP);
    assertThat(then.effects().decisions()).last().satisfies(CorrectionTest::isWithheldForGood);
    reminded("guards: g\n", "order_paid")
        .when(orderPaid("o1").at("+58m"))
        .then()
        .triggers("a", "-a", "b");
  }

  @Test
  void whatWentOutStandsThoughALateEventWouldHaveUsedUpTheCapBeforeIt() {
    Story story = reminded(ONE_A_DAY, "content_viewed").when(contentViewed().at("+58m"));
    story.then().triggers("a").decision("offer", SUPPRESSED, Reason.CAP);
    // What is decided once more comes to what was said.
    int said = story.then().effects().decisions().size();
    story.when(pageViewed().at("+57m")).until("+1h+30m").then().triggers("a");
    assertThat(story.then().effects().decisions()).hasSize(said);
    story.when(orderPaid("o1").at("+59m")).until("+20h").then().triggers("a", "-a");
  }

  @Test
  void aChoiceThatIsMadeStandsThoughALateEventBringsSomethingBetter() {
    reminded(ONE_OF_THOSE_DUE_TOGETHER, "content_viewed")
        .when(contentViewed().at("+1h+1m"))
        .until("+20h")
        .then()
        .triggers("a")
        .decision("offer", SUPPRESSED, Reason.OUTRANKED);
    // Also where it makes the better one win, or takes back what was chosen.
    reminded(ONE_OF_THOSE_DUE_TOGETHER, "order_paid")
        .when(orderPaid("o1").at("+58m"))
        .until("+20h")
        .then()
        .triggers("a", "-a")
        .decision("offer", SUPPRESSED, Reason.OUTRANKED);
    // Also where that is taken back before, and the better one's turn is still to come.
    reminded(ONE_OF_THOSE_DUE_TOGETHER, "content_viewed")
        .when(orderPaid("o1").at("+59m"), contentViewed().at("+1h+7m"))
        .until("+20h")
        .then()
        .triggers("a", "-a")
        .decision("offer", SUPPRESSED, Reason.OUTRANKED);
    reminded(ONE_OF_THOSE_DUE_TOGETHER, "content_viewed")
        .when(contentViewed().at("+1h+11m"))
        .until("+20h")
        .then()
        .triggers("a", "b");
  }

  private static void isWithheldForGood(Decision decision) {
    assertThat(decision.verdicts())
        .extracting(Verdict::guard, Verdict::passed, Verdict::detail)
        .contains(tuple("late-event", false, "withheld before: cap"));
  }

  @Test
  void noTimeBeforeTheBeginningAndNoneAfterTheEnd() {
    Decider decider =
        new Decider(
            io.lifestage.definition.RetailPack.definitions(),
            io.lifestage.lifecycle.Catalogue.EMPTY,
            Policy.of(Duration.ofDays(36_500), Instant.EPOCH));
    CustomerRecord record = CustomerRecord.unknown("ada");
    assertThat(decider.nextDeadline(record)).isEqualTo(Long.MAX_VALUE);
    for (long moment : List.of(1L, Long.MAX_VALUE - 1)) {
      Event event = checkoutStarted("c1").event("ada", (int) (moment % 7), moment);
      Outcome outcome = decider.decide(record, new Signal.Arrived(event), Long.MIN_VALUE);
      record = outcome.customer();
      assertThat(outcome.disposition()).isEqualTo(TAKEN);
    }
    record = decider.decide(record, Signal.TimePassed.TICK, Long.MIN_VALUE + 1).customer();
    assertThat(record.pending()).hasSize(2);
    record = decider.decide(record, Signal.TimePassed.TICK, Long.MAX_VALUE).customer();
    assertThat(record.pending()).isEmpty();
    assertThat(record.current().cycle()).isEqualTo(2);
    assertThat(record.current().stage()).isEqualTo("purchase");
    assertThat(decider.nextDeadline(record)).isEqualTo(Long.MAX_VALUE);
  }

  private static long at(String when) {
    return Story.moment(when);
  }
}
