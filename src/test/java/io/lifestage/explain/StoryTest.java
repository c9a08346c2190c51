package io.lifestage.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.decision.Policy;
import io.lifestage.decision.Timeline;
import io.lifestage.definition.Written;
import io.lifestage.journey.Reason;
import io.lifestage.lifecycle.Cause;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Told from what the engine itself writes, or where it says so from records that are given. */
class StoryTest {
  private static final String[] AGREED = {
    "channel", "email", "purpose", "marketing", "granted", "true"
  };
  private static final String[] REFUSED = {
    "channel", "email", "purpose", "marketing", "granted", "false"
  };

  private static final String REMINDER =
      """
      journey: reminder
      tags: [reminder]
      entry: {on: product_added}
      per: cart
      re-entry: after-exit
      steps:
        - hold: {for: 1h, reset: [product_added], at-most: 24h}
        - emit: {name: remind, kind: cart, template: your-cart, priority: 60, valid-for: 12h}
      exit:
        - {on: order_placed, same: true, reason: ordered}
      goal: {on: order_paid, within: 3d}
      """;

  private static String mail(String name, String more) {
    return """
        journey: %s
        %s
        entry: {on: page_viewed}
        re-entry: every-time
        steps:
          - emit: {name: m-%s, kind: k, template: t-%s, valid-for: 12h}
        """
        .formatted(name, more, name, name);
  }

  private static Engine engine(String... definitions) {
    return new Engine(Written.with(definitions));
  }

  private static Engine agreed(String... definitions) {
    return engine(definitions).meets("yes", "0S", "consent_changed", AGREED);
  }

  private static String text(Story story) {
    return String.join("\n", StoryPage.of(story));
  }

  // --- One run, from its beginning to its goal ---------------------------------------------------

  @Test
  void usageExample() {
    Story story =
        agreed(
                REMINDER,
                "guards: g\ncaps: [{name: e-mails a day, channel: email, at-most: 2, per: day}]\n")
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .meets("e-2", "31M", "product_added", "cart_id", "c-7", "sku", "pot")
            .meets("e-3", "5H", "order_paid", "order_id", "o-9")
            .until("6H")
            .story("reminder");

    assertThat(text(story) + "\n")
        .isEqualTo(
            """
            Customer ada, journey reminder

            reminder@1 [c-7]: converted
              2026-03-01T10:01:00Z  The run began because of e-1 (clickstream-3@1).
              2026-03-01T11:31:00Z  Step 'remind' sent 'your-cart' to the customer by email.
                                    It is valid until 2026-03-01T23:31:00Z, a 'cart' of priority 60, trigger ede38034c11078a3fceb569bb78fcada.
                                    Every guard let it through.
                                    1h30m had passed since the run began.
                                    It rests also on e-2 (clickstream-3@2), which came since.
                                      yes   consent          the customer has agreed to email:marketing
                                      yes   cap              0 of 2 were spent in 'e-mails a day'
                                      yes   expiry           it was valid until 2026-03-01T23:31:00Z
              2026-03-01T15:00:00Z  The goal was reached by e-3 (clickstream-3@3); the customer had got what the journey sends.
                                    3h29m had passed since the decision before.
                                      yes   goal             order_paid is the goal
              It reached its goal.
            """);
  }

  @Test
  void aRunThatIsEndedSaysByWhichReasonOfTheJourneysOwn() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .meets("e-2", "2M", "order_placed", "order_id", "o-9", "cart_id", "c-7")
            .until("3M")
            .story("reminder");

    assertThat(text(story))
        .contains("reminder@1 [c-7]: exited")
        .contains("The run was ended: the journey's own exit 'ordered'.")
        .contains("It was exit 1 of 1, on order_placed, because of e-2 (clickstream-3@2).")
        .doesNotContain("It rests also on");
  }

  @Test
  void aGoalThatIsMissedIsSaid() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .until("5D")
            .story("reminder");

    assertThat(text(story))
        .contains("reminder@1 [c-7]: goal missed", "The goal was not reached in its time.");
  }

  @Test
  void aRunUnderWaySaysWhatItWaitsForAndUntilWhen() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .until("2M")
            .story("reminder");

    assertThat(text(story))
        .contains("reminder@1 [c-7]: under way")
        .contains(
            "It waits in its step 1 since 2026-03-01T10:01:00Z, until 2026-03-01T11:01:00Z at the"
                + " latest.");
  }

  @Test
  void twoRunsOfAJourneyAreTwoStories() {
    Engine engine =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .meets("e-2", "2M", "product_added", "cart_id", "c-8", "sku", "mug")
            .until("2H");

    assertThat(engine.story("reminder").runs())
        .extracting(Run::key, run -> run.startedBy().get(0).event())
        .containsExactly(tuple("c-7", "e-1"), tuple("c-8", "e-2"));
  }

  // --- Every guard -------------------------------------------------------------------------------

  @Test
  void consentThatIsMissingAndConsentThatIsWithdrawnAreTwoThings() {
    Story never = engine(mail("a", "")).meets("e-1", "1M", "page_viewed").until("2M").story("a");
    Story withdrawn =
        engine(mail("a", ""))
            .meets("no", "0S", "consent_changed", REFUSED)
            .meets("e-1", "1M", "page_viewed")
            .until("2M")
            .story("a");

    assertThat(text(never))
        .contains("Step 'm-a' withheld its trigger: the customer has not agreed to be written to.")
        .contains("consent said no: the customer has never agreed to email:marketing.");
    assertThat(text(withdrawn))
        .contains("withheld its trigger: the customer has asked not to be written to.")
        .contains("consent said no: the customer has said no to email:marketing.");
  }

  @Test
  void aCapSaysHowManyWereSpent() {
    Story story =
        agreed(mail("a", ""), "guards: g\ncaps: [{name: a day, at-most: 1, per: day}]\n")
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "2M", "page_viewed")
            .until("3M")
            .story("a");

    assertThat(text(story)).contains("0 of 1 were spent in 'a day'");
    assertThat(text(story)).contains("cap said no: 1 of 1 were spent in 'a day'.");
  }

  @Test
  void whatWasHeldIsSentAtTheEndOfTheQuietHoursThatWasToldBefore() {
    Engine engine =
        agreed(
                mail("a", ""),
                "guards: g\nquiet-hours: [{from: \"10:00\", to: \"12:30\", then: hold}]\n")
            .meets("e-1", "1H", "page_viewed")
            .until("61M");
    assertThat(text(engine.story("a")))
        .contains("a@1 [customer]: held")
        .contains("trigger wait until 2026-03-01T12:30:00Z, the end of quiet hours; it is trigger ")
        .contains("It waits in its step 1")
        .contains("it was 11:00 for the customer, within 10:00 to 12:30 in UTC");

    List<Chapter> told = engine.until("3H").story("a").runs().get(0).chapters();
    assertThat(told).extracting(Chapter::outcome).containsExactly("ENTERED", "HELD", "FIRED");
    assertThat(told.get(2).at()).isEqualTo(told.get(1).until());
    assertThat(told.get(2).triggerId()).isNotNull().isEqualTo(told.get(1).triggerId());
    assertThat(told.get(2).until()).isNull();
    assertThat(told.get(0).decidedBy()).isEqualTo(Cause.of("e-1"));
    assertThat(told.get(2).decidedBy()).isNull();
  }

  @Test
  void quietHoursThatCancelAreTheReason() {
    Story story =
        agreed(
                mail("a", ""),
                "guards: g\nquiet-hours: [{from: \"10:00\", to: \"12:30\", then: cancel}]\n")
            .meets("e-1", "1H", "page_viewed")
            .until("2H")
            .story("a");

    assertThat(text(story))
        .contains("it was a time of day at which the customer is left alone")
        .contains("quiet-hours said no: it was 11:00 for the customer");
  }

  @Test
  void whatWouldComeTooLateIsNotBlamedOnTheQuietHoursThatHeldIt() {
    Story story =
        agreed(
                mail("a", ""),
                "guards: g\nquiet-hours: [{from: \"10:30\", to: \"10:00\", then: hold}]\n")
            .meets("e-1", "1H", "page_viewed")
            .until("2D")
            .story("a");

    assertThat(text(story))
        .contains("withheld its trigger: it would have come too late.")
        .contains("expiry said no: it was valid only until 2026-03-01T23:00:00Z.");
  }

  @Test
  void theLoserOfAnArbitrationNamesTheWinnerAndTheWinnerTheLoser() {
    Engine engine =
        agreed(
                mail("better", "").replace("valid-for", "priority: 90, valid-for"),
                mail("worse", ""),
                "guards: g\narbitration: 5m\n")
            .meets("e-1", "1M", "page_viewed")
            .until("1H");

    assertThat(text(engine.story("worse")))
        .contains("arbitration said no: better@1 was due together with it, and was chosen.");
    assertThat(text(engine.story("better"))).contains("It was chosen before worse [customer].");
  }

  @Test
  void aHoldoutShowsTheLot() {
    Story all =
        agreed(mail("a", ""), "guards: g\nholdout: {share: 100%, salt: 1}\n")
            .meets("e-1", "1M", "page_viewed")
            .until("2M")
            .story("a");
    Story one =
        agreed(mail("a", "holdout: 100%")).meets("e-1", "1M", "page_viewed").until("2M").story("a");

    assertThat(text(all))
        .containsPattern(
            "holdout said no: the customer's lot is \\d+; who is below 10000 of 10000");
    assertThat(text(one)).contains("journey-holdout said no", "nothing of this journey");
  }

  @Test
  void whoWasHeldOutAndReachesTheGoalIsSaidToHaveGotNothing() {
    Story story =
        agreed(REMINDER.replace("per: cart", "per: cart\nholdout: 100%"))
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .meets("e-2", "2H", "order_paid", "order_id", "o-9")
            .until("3H")
            .story("reminder");

    assertThat(text(story))
        .contains("The goal was reached by e-2 (clickstream-3@2); the customer had been held out");
  }

  @Test
  void aPauseARequirementAndAPausedJourneyAreTold() {
    String pause = "guards: g\npause: [{reason: resting, when: customer.paid_orders == 0}]\n";
    assertThat(
            text(
                agreed(mail("a", ""), pause)
                    .meets("e-1", "1M", "page_viewed")
                    .until("2M")
                    .story("a")))
        .contains("withheld its trigger: the pause 'resting'.")
        .contains("pause said no: the pause 'resting' holds: customer.paid_orders = 0.");
    String own =
        mail("a", "")
            .replace(
                ", valid-for",
                ", only-if: [{when: customer.paid_orders > 0, reason: no_buyer}], valid-for");
    assertThat(text(agreed(own).meets("e-1", "1M", "page_viewed").until("2M").story("a")))
        .contains("withheld its trigger: the journey's own requirement 'no_buyer'.")
        .contains("requirement said no: the journey's own 'no_buyer': customer.paid_orders = 0.");
  }

  @Test
  void whatLiesBeforeTheFirstTriggersIsHistoryAndWithoutProductsThereIsNoOffer() {
    Policy policy = Policy.of(Duration.ofHours(1), Engine.after("5H"));
    String viewed = mail("a", "").replace(", valid-for", ", items: viewed, valid-for");
    Story story =
        new Engine(Timeline.always(Written.with(viewed)), policy)
            .meets("yes", "0S", "consent_changed", AGREED)
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "6H", "page_viewed")
            .until("7H")
            .story("a");

    assertThat(text(story))
        .contains("history said no: triggers are sent from 2026-03-01T15:00:00Z.")
        .contains("items said no: 0 products were found (VIEWED).");
  }

  @Test
  void noVerdictOfTheEngineIsToldAsItStands() {
    Story story =
        agreed(
                mail("a", "holdout: 1%"),
                mail("b", ""),
                """
                guards: g
                holdout: {share: 1%, salt: 1}
                arbitration: 5m
                caps: [{name: a day, at-most: 9, per: day}]
                quiet-hours: [{from: "11:00", to: "11:30", then: hold}]
                """)
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "1H", "page_viewed")
            .until("7H")
            .story(null);

    assertThat(story.runs())
        .flatExtracting(Run::chapters)
        .flatExtracting(chapter -> chapter.guards())
        .isNotEmpty()
        .allSatisfy(said -> assertThat(said.seen()).as("%s", said).isNotEmpty());
  }

  // --- Late events and other versions
  // --------------------------------------------------------------

  @Test
  void whatALateEventTookBackIsTakenBackInItsRun() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .until("70M")
            .meets("late", "30M", "order_placed", "order_id", "o-9", "cart_id", "c-7")
            .story("reminder");

    assertThat(story.runs()).hasSize(1);
    assertThat(text(story))
        .contains("'your-cart' (trigger ")
        .contains("was taken back, and may have gone out: a late event showed")
        .contains("The late event is late (clickstream-3@2).")
        .contains("Decided again, after a late event")
        .contains("the journey's own exit 'ordered'");
  }

  @Test
  void whatWaitedForProductsIsToldInItsPlaceAndAsNoDoingOfALateEvent() {
    Story story =
        agreed(
                """
                journey: goes-with
                entry: {on: order_placed}
                per: order
                steps:
                  - delay: 1h
                  - emit: {name: offer, kind: k, template: t, items: complements, valid-for: 12h}
                  - delay: 1h
                  - emit: {name: more, kind: k, template: t, valid-for: 12h}
                """)
            .overtakingOffers()
            .meetsOrder("e-1", "1M", "order_placed", "o-9", 1_000)
            .until("5H")
            .story("goes-with");

    assertThat(story.runs().get(0).chapters())
        .extracting(Chapter::outcome, Chapter::step)
        .containsExactly(
            tuple("ENTERED", null), tuple("SUPPRESSED", "offer"), tuple("FIRED", "more"));
    assertThat(text(story)).doesNotContain("Decided again");
  }

  @Test
  void aLateEventThatLeavesNothingElseToSayIsNamedAllTheSame() {
    String unbought =
        mail("a", "").replace("page_viewed", "page_viewed, when: customer.paid_orders == 0");
    Story story =
        agreed(unbought)
            .meets("e-1", "1M", "page_viewed")
            .until("10M")
            .meets("late", "30S", "order_paid", "order_id", "o-1")
            .story("a");

    assertThat(story.runs()).hasSize(1);
    assertThat(text(story))
        .contains("a@1 [customer]: taken back")
        .contains("The late event is late (clickstream-3@2).")
        .doesNotContain("It rests also on");
  }

  @Test
  void whatACapWithheldIsToldToStaySoThoughALateEventWouldLetItThrough() {
    Story story =
        agreed(
                mail("a", "")
                    .replace("page_viewed", "page_viewed, when: customer.paid_orders == 0"),
                mail("b", "").replace("page_viewed", "product_viewed"),
                "guards: g\ncaps: [{name: e-mails a day, channel: email, at-most: 1, per: day}]\n")
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "2M", "product_viewed", "sku", "mug")
            .until("10M")
            .meets("late", "30S", "order_paid", "order_id", "o-1")
            .story("b");

    assertThat(text(story))
        .contains("late-event said no: it was withheld before")
        .contains("0 of 1 were spent in 'e-mails a day'");
  }

  @Test
  void aRunThatALateEventUndidIsToldToBeUndone() {
    Story story =
        agreed(
                """
                journey: unpaid
                entry: {on: order_placed, when: '!order.paid'}
                per: order
                steps: [{delay: 30m}, {emit: {kind: k, template: t}}]
                """)
            .meets("places", "10M", "order_placed", "order_id", "o-9")
            .until("15M")
            .meets("pays", "5M", "order_paid", "order_id", "o-9")
            .story("unpaid");

    assertThat(story.runs()).extracting(Run::state).containsExactly(Run.State.TAKEN_BACK);
    assertThat(text(story))
        .contains("What was decided of 2026-03-01T10:10:00Z (ENTERED, entered) was taken back")
        .contains("A late event has undone it.");
  }

  @Test
  void anEndThatALateEventMovesIsTakenBackAndTheRunEndsBefore() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .meets("e-2", "30M", "order_placed", "order_id", "o-9", "cart_id", "c-7")
            .until("35M")
            .meets("late", "20M", "order_placed", "order_id", "o-8", "cart_id", "c-7")
            .story("reminder");

    assertThat(story.runs()).extracting(Run::state).containsExactly(Run.State.EXITED);
    assertThat(text(story))
        .contains("What was decided of 2026-03-01T10:30:00Z (EXITED, ordered) was taken back")
        .contains("Decided again, after a late event");
  }

  @Test
  void aRunThatWasNotLetInAndALateEventUndidIsNotTold() {
    Story story =
        agreed(
                """
                journey: once
                entry: {on: order_placed, when: '!order.paid'}
                per: order
                re-entry: once
                steps: [{emit: {kind: k, template: t}}]
                """)
            .meets("places", "10M", "order_placed", "order_id", "o-9")
            .meets("again", "20M", "order_placed", "order_id", "o-9")
            .until("25M")
            .story("once");
    assertThat(story.refusals()).hasSize(1);

    story =
        agreed(
                """
                journey: once
                entry: {on: order_placed, when: '!order.paid'}
                per: order
                re-entry: once
                steps: [{emit: {kind: k, template: t}}]
                """)
            .meets("places", "10M", "order_placed", "order_id", "o-9")
            .meets("again", "20M", "order_placed", "order_id", "o-9")
            .until("25M")
            .meets("pays", "15M", "order_paid", "order_id", "o-9")
            .story("once");
    assertThat(story.refusals()).isEmpty();
    assertThat(text(story)).doesNotContain("SUPPRESSED");
  }

  @Test
  void aRunThatGoesOnInAnotherVersionIsOneRun() {
    String one =
        """
        journey: waits
        version: %d
        in-flight: migrate
        entry: {on: page_viewed}
        steps:
          - {name: pause, delay: %s}
          - emit: {kind: k, template: t, to: staff}
        """;
    Timeline timeline =
        Timeline.always(Written.with(one.formatted(1, "10d")))
            .from(
                Engine.after("5D").toEpochMilli(),
                Written.with(one.formatted(1, "10d"), one.formatted(2, "7d")));
    Story story =
        new Engine(timeline, Policy.DEFAULT)
            .meets("e-1", "0S", "page_viewed")
            .until("20D")
            .story("waits");

    assertThat(text(story))
        .contains("waits@1,2 [customer]: ")
        .contains(
            "The run went on in version 2 of the journey, from the step 'pause' in the step"
                + " 'pause'.");
    assertThat(story.runs().get(0).chapters())
        .extracting(Chapter::outcome)
        .containsExactly("ENTERED", "MIGRATED", "FIRED");
  }

  @Test
  void whomAJourneyDidNotLetInAgainIsCounted() {
    Story story =
        agreed(mail("a", "").replace("every-time", "once"))
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "2M", "page_viewed")
            .meets("e-3", "3M", "page_viewed")
            .until("4M")
            .story("a");

    assertThat(story.runs()).hasSize(1);
    assertThat(text(story))
        .contains("Not begun")
        .contains(
            "a [customer]: 2 times its entry was met, and it did not begin: it has had its run")
        .contains("because of e-3 (clickstream-3@3).")
        .contains(
            "The run before had begun at 2026-03-01T10:01:00Z; the journey lets nobody in twice.");
  }

  @Test
  void aRestBetweenTwoRunsSaysSinceAndUntilWhen() {
    Story story =
        agreed(mail("a", "").replace("every-time", "{after: 7d}"))
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "2M", "page_viewed")
            .until("3M")
            .story("a");

    assertThat(text(story))
        .contains(
            "The run before had begun at 2026-03-01T10:01:00Z; the journey lets it in again from"
                + " 2026-03-08T10:01:00Z on.");
    assertThat(story.asMap().toString())
        .contains("run_before_begun_at=2026-03-01T10:01:00Z, again_from=2026-03-08T10:01:00Z");
  }

  // --- What every condition read -----------------------------------------------------------------

  private static final String TRAITS =
      """
      traits: t
      define:
        views: {count: product_viewed}
      segments:
        lookers: {when: traits.views >= 2}
      """;

  private static final String LED =
      """
      journey: led
      entry: {on: product_viewed, when: traits.views >= 1}
      steps:
        - {name: wait, hold: {for: 2h, until: [{on: content_viewed, when: traits.views >= 2}]}}
        - name: ask
          branch:
            - {when: traits.views > 7, steps: []}
            - {when: run.met, steps: [{name: short, delay: 1h}]}
            - {otherwise: [{name: long, delay: 2h}]}
        - name: draw
          split:
            - {share: 100%, name: everybody, steps: []}
        - emit: {name: one, kind: k, template: t, to: staff, only-if: [{when: traits.views < 9, reason: many}]}
        - {name: rest, delay: 1h}
        - emit: {name: two, kind: k, template: t, to: staff}
        - {name: last, delay: 9h}
      exit:
        - {on: page_viewed, reason: read}
        - {on: order_placed, when: traits.views >= 2, reason: ordered}
      """;

  @Test
  void whatLedARunIsToldWithItsNextDecisionAndOnce() {
    List<Chapter> told =
        engine(TRAITS, LED)
            .meets("e-1", "1M", "product_viewed", "sku", "a")
            .meets("e-2", "2M", "product_viewed", "sku", "b")
            .meets("e-3", "3M", "content_viewed", "content_id", "guide")
            .meets("e-4", "5H", "order_placed", "order_id", "o-1")
            .until("6H")
            .story("led")
            .runs()
            .get(0)
            .chapters();

    assertThat(told)
        .extracting(Chapter::outcome)
        .containsExactly("ENTERED", "FIRED", "FIRED", "EXITED");
    assertThat(sentences(told.get(0)))
        .containsExactly("the entry's condition holds: traits.views = 1");
    assertThat(sentences(told.get(1)))
        .containsExactly(
            "the wait 'wait': content_viewed ended it: traits.views = 2",
            "the branch 'ask': way 2 of 2: traits.views = 2, run.met = true",
            sentences(told.get(1)).get(2),
            "nothing speaks for 'many': traits.views = 2");
    assertThat(sentences(told.get(1)).get(2))
        .matches("the split 'draw': the customer's lot, \\d+ of 10000, falls into 'everybody'");
    assertThat(sentences(told.get(2))).isEmpty();
    assertThat(told.get(2).sentences()).contains("No guard had to be asked.");
    assertThat(sentences(told.get(3)))
        .containsExactly("exit 2 of 2, on order_placed: traits.views = 2");
    assertThat(told.get(3).decidedBy()).isEqualTo(Cause.of("e-4"));
  }

  @Test
  void aWaitInVainAndTheWayOtherwiseAreToldToo() {
    List<Chapter> told =
        engine(TRAITS, LED)
            .meets("e-1", "1M", "product_viewed", "sku", "a")
            .until("5H")
            .story("led")
            .runs()
            .get(0)
            .chapters();

    assertThat(sentences(told.get(1)))
        .contains(
            "the wait 'wait': nothing ended it before its time",
            "the branch 'ask': otherwise: traits.views = 1, run.met = false");
  }

  @Test
  void aGoalSaysWhichEventReachedItAndWhatItRead() {
    String goal = "goal: {on: order_paid, when: event.value > 100, within: 3d}\n";
    Story story =
        agreed(mail("a", "") + goal)
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "2M", "order_paid", "order_id", "small")
            .meetsOrder("e-3", "3M", "order_paid", "large", 900)
            .until("4M")
            .story("a");

    assertThat(text(story))
        .contains("The goal was reached by e-3 (clickstream-3@3);")
        .contains("order_paid is the goal: event.value = 900");
  }

  @Test
  void anEntryByASegmentOrAStageSaysWhichAndWhatTheSegmentRead() {
    String bySegment = mail("a", "").replace("{on: page_viewed}", "{enters: lookers}");
    String byStage = mail("b", "").replace("{on: page_viewed}", "{stage: [there, here]}");
    Engine engine =
        engine(TRAITS, bySegment, byStage)
            .meets("e-1", "1M", "product_viewed", "sku", "a")
            .meets("e-2", "2M", "product_viewed", "sku", "b")
            .until("3M");

    assertThat(text(engine.story("a")))
        .contains("the customer came into the segment 'lookers': traits.views = 2");
    assertThat(text(engine.story("b"))).contains("the customer came into the stage 'here'");
  }

  @Test
  void anExitByAStageSaysWhichAndByWhom() {
    String left = LED.replace("exit:", "exit:\n  - {stage: [gone, there], reason: moved}");
    Engine engine =
        engine(TRAITS, left)
            .meets("e-1", "1M", "product_viewed", "sku", "a")
            .meets("e-2", "2M", "order_paid", "order_id", "o-1")
            .until("3M");

    assertThat(text(engine.story("led")))
        .contains("The run was ended: the journey's own exit 'moved'.")
        .contains("It was exit 1 of 3, on the stage 'there', because of e-2 (clickstream-3@1).");
  }

  private static List<String> sentences(Chapter chapter) {
    return chapter.guards().stream().map(GuardSaid::sentence).toList();
  }

  // --- What never began --------------------------------------------------------------------------

  @Test
  void noEventOfTheEntryIsSaid() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1M", "page_viewed")
            .until("2M")
            .storyWithAttempts("reminder");

    assertThat(text(story))
        .contains("What could have begun it")
        .contains("Decided again: 2 of the customer's events, from 2026-03-01T10:00:00Z on, up to")
        .contains("It begins with product_added, and none of that came.")
        .doesNotContain("Most likely");
  }

  @Test
  void anEventWithoutTheKeyAndAFilterThatDidNotHoldAreSaidWithTheirValues() {
    String choosy =
        REMINDER.replace("{on: product_added}", "{on: product_added, when: traits.views >= 3}");
    Story story =
        agreed(TRAITS, choosy)
            .meets("e-1", "1M", "product_viewed", "sku", "mug")
            .meets("e-2", "2M", "product_viewed", "sku", "mug")
            .meets("e-3", "3M", "product_added", "sku", "mug")
            .meets("e-4", "4M", "product_added", "sku", "mug", "cart_id", "c-1")
            .until("5M")
            .storyWithAttempts("reminder");

    assertThat(text(story))
        .contains(
            "2026-03-01T10:03:00Z at product_added e-3 (clickstream-3@3): it names no cart_id, which"
                + " every run is about.")
        .contains(
            "2026-03-01T10:04:00Z at product_added e-4 (clickstream-3@4): its condition did not hold:"
                + " traits.views = 2.");
    assertThat(story.asMap().get("attempts").toString())
        .contains("verdict=no_key")
        .contains("verdict=condition_failed, values=traits.views = 2");
  }

  @Test
  void aFilterThatHeldSaysWhatFollowed() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "sku", "mug", "cart_id", "c-1")
            .meets("e-2", "2M", "product_added", "sku", "mug", "cart_id", "c-1")
            .until("5M")
            .storyWithAttempts("reminder");

    assertThat(text(story))
        .contains("its condition held, and what follows is: entered (entered).")
        .contains("its condition held, and a run that was under way let no other begin.")
        .doesNotContain("Decided again, its events begin a run");
  }

  @Test
  void whereTheEngineWroteNothingThoughItShouldHaveTheReasonsAreNamed() {
    Engine engine =
        agreed(REMINDER).meets("e-1", "1M", "product_added", "sku", "m", "cart_id", "c");
    Story silent = new Story(new Question("ada", "reminder", null));
    silent.add(engine.until("5M").storyWithAttempts("reminder").attempts());

    assertThat(text(silent))
        .contains("Decided again, its events begin a run. The job may run with other definitions");
  }

  @Test
  void aJourneyThatWasPausedOrNotThereThenIsSaid() {
    Timeline timeline =
        Timeline.always(Written.with(mail("b", "")))
            .from(
                Engine.after("5M").toEpochMilli(),
                Written.with(mail("a", "status: paused"), mail("b", "")));
    Story story =
        new Engine(timeline, Policy.DEFAULT)
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "6M", "page_viewed")
            .until("7M")
            .storyWithAttempts("a");

    assertThat(text(story))
        .contains("a@1 is paused, and takes nobody in.")
        .contains("e-1 (clickstream-3@0): the journey was not there yet.")
        .contains("e-2 (clickstream-3@1): the journey was paused.");
  }

  @Test
  void anAbsenceThatIsNotCompleteSaysWhatItCountsFromAndUntilWhen() {
    String missed =
        mail("a", "").replace("{on: page_viewed}", "{absence: {of: [page_viewed], for: 7d}}");
    Engine engine = agreed(missed);

    assertThat(text(engine.until("1M").storyWithAttempts("a")))
        .contains(
            "It begins where page_viewed has been missing for 7d, and none of that ever came.");
    assertThat(text(engine.meets("e-1", "2M", "page_viewed").until("1D").storyWithAttempts("a")))
        .contains(
            "It waits to begin: it counts from e-1 (clickstream-3@1) at 2026-03-01T10:02:00Z, and"
                + " its entry is met at 2026-03-08T10:02:00Z at the earliest.");
  }

  @Test
  void aSegmentAndAStageThatWereNotReachedAreNamed() {
    String bySegment = mail("a", "").replace("{on: page_viewed}", "{enters: lookers}");
    String byStage = mail("b", "").replace("{on: page_viewed}", "{stage: [gone, there]}");
    Engine engine =
        engine(TRAITS, bySegment, byStage)
            .meets("e-1", "1M", "product_viewed", "sku", "a")
            .until("2M");

    assertThat(text(engine.storyWithAttempts("a")))
        .contains(
            "It begins as the customer comes into the segment 'lookers', and they did not; at"
                + " 2026-03-01T10:01:00Z it did not hold of them: traits.views = 1.");
    assertThat(text(engine.storyWithAttempts("b")))
        .contains("It begins as the customer comes into gone or there, and they did not.");
  }

  private static Story paused(String journey, String from, String to, Consumer<Engine> meets) {
    String again = journey.replace("\nentry:", "\nversion: 3\nentry:");
    String not = journey.replace("\nentry:", "\nversion: 2\nstatus: paused\nentry:");
    Timeline timeline =
        Timeline.always(Written.with(TRAITS, journey))
            .from(Engine.after(from).toEpochMilli(), Written.with(TRAITS, journey, not))
            .from(Engine.after(to).toEpochMilli(), Written.with(TRAITS, journey, not, again));
    Engine engine = new Engine(timeline, Policy.DEFAULT);
    meets.accept(engine);
    return engine.storyWithAttempts("a");
  }

  @Test
  void whoCameIntoAStageOrASegmentDuringAPauseIsNotSaidNotToHaveCome() {
    Consumer<Engine> meets =
        engine ->
            engine
                .meets("e-1", "2M", "product_viewed", "sku", "a")
                .meets("e-2", "3M", "product_viewed", "sku", "b")
                .meets("e-3", "4M", "order_paid", "order_id", "o-1")
                .until("7M");
    String bySegment = mail("a", "").replace("{on: page_viewed}", "{enters: lookers}");
    String byStage = mail("a", "").replace("{on: page_viewed}", "{stage: [there]}");

    assertThat(text(paused(bySegment, "1M", "5M", meets)))
        .contains(
            "2026-03-01T10:03:00Z at product_viewed e-2 (clickstream-3@1): its entry was met, but"
                + " the journey was paused.")
        .doesNotContain("they did not");
    assertThat(text(paused(byStage, "1M", "5M", meets)))
        .contains(
            "2026-03-01T10:04:00Z at order_paid e-3 (clickstream-3@2): its entry was met, but the"
                + " journey was paused.")
        .doesNotContain("they did not");
    assertThat(text(paused(byStage, "5M", "6M", meets)))
        .contains("its condition held, and what follows is: entered (entered).")
        .doesNotContain("but the journey was paused");
  }

  @Test
  void whoCameIntoAStageBeforeTheJourneyOrAnotherVersionOfItIsNotSaidNotToHaveCome() {
    String byStage = mail("a", "version: 2").replace("{on: page_viewed}", "{stage: [there]}");
    for (String before : List.of(mail("b", ""), mail("a", ""))) {
      Timeline timeline =
          Timeline.always(Written.with(before))
              .from(Engine.after("5M").toEpochMilli(), Written.with(before, byStage));
      Story story =
          new Engine(timeline, Policy.DEFAULT)
              .meets("e-1", "1M", "order_paid", "order_id", "o-1")
              .until("6M")
              .storyWithAttempts("a");

      assertThat(text(story))
          .containsPattern(
              "its entry was met, but (the journey was not there yet|version 1 held, which begins"
                  + " otherwise)\\.")
          .doesNotContain("they did not");
    }
  }

  private static final String MISSED =
      mail("a", "").replace("{on: page_viewed}", "{absence: {of: [page_viewed], for: 7d}}");

  @Test
  void anAbsenceThatIsCompleteDuringAPauseIsSaid() {
    Story story =
        paused(
            MISSED, "1D", "10D", engine -> engine.meets("e-1", "2M", "page_viewed").until("12D"));

    assertThat(text(story))
        .contains("2026-03-08T10:02:00Z: its entry was met, but the journey was paused.")
        .doesNotContain("ever came");
  }

  @Test
  void anAbsenceThatCountsFromAnEventOfAPauseWaitsAsEver() {
    Story story =
        paused(MISSED, "1M", "1D", engine -> engine.meets("e-1", "2M", "page_viewed").until("2D"));

    assertThat(text(story))
        .contains("It waits to begin: it counts from e-1 (clickstream-3@0) at 2026-03-01T10:02:00Z")
        .doesNotContain("nothing counts");
  }

  @Test
  void anAbsenceThatWouldCountFromAnEventThatNobodyMissedThenIsSaid() {
    Map<String, String> reasons =
        Map.of(
            mail("b", ""),
            "the journey was not there yet",
            MISSED.replace("page_viewed", "product_added"),
            "version 1 held, which begins otherwise");
    String missed = MISSED.replace("\nentry:", "\nversion: 2\nentry:");
    reasons.forEach(
        (before, reason) -> {
          Timeline timeline =
              Timeline.always(Written.with(before))
                  .from(Engine.after("1D").toEpochMilli(), Written.with(before, missed));
          Engine engine =
              new Engine(timeline, Policy.DEFAULT).meets("e-1", "2M", "page_viewed").until("2D");

          assertThat(text(engine.storyWithAttempts("a")))
              .contains(
                  "It begins where page_viewed has been missing for 7d, and nothing counts from e-1"
                      + " (clickstream-3@0) at 2026-03-01T10:02:00Z: "
                      + reason);
          assertThat(text(engine.until("8D").storyWithAttempts("a")))
              .contains(
                  "2026-03-08T10:02:00Z: its entry was met, but it counts from e-1"
                      + " (clickstream-3@0) at 2026-03-01T10:02:00Z, when "
                      + reason);
        });
  }

  @Test
  void anAbsenceOfACycleThatIsOverIsSaid() {
    String missed =
        mail("a", "per: cycle")
            .replace("{on: page_viewed}", "{absence: {of: [product_added], for: 100d}}");
    Story story =
        engine(missed)
            .meets("e-1", "1M", "page_viewed")
            .meets("e-2", "2M", "product_added", "sku", "mug")
            .meets("e-3", "95D", "page_viewed")
            .until("101D")
            .storyWithAttempts("a");

    assertThat(text(story))
        .contains(
            "2026-06-09T10:02:00Z: its entry was met, but the customer's cycle in which it began to"
                + " count was over.")
        .doesNotContain("ever came");
  }

  @Test
  void aDateThatIsNotKnownIsSaid() {
    String dated =
        mail("a", "")
            .replace("{on: page_viewed}", "{date: {of: attributes.birthday, yearly: true}}");
    Story story =
        engine("traits: t\nattributes: {birthday: date}\n", dated)
            .meets("e-1", "1M", "page_viewed")
            .until("2M")
            .storyWithAttempts("a");

    assertThat(text(story)).contains("It begins at a date of the customer's that is not known");
  }

  // --- What is asked
  // -------------------------------------------------------------------------------

  @Test
  void upToAMomentTheNearestIsToldFirstAndNothingBehindIt() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .meets("e-2", "2H", "product_added", "cart_id", "c-8", "sku", "mug")
            .until("4H")
            .story("reminder", Engine.after("150M"));

    assertThat(story.runs()).extracting(Run::key).containsExactly("c-8", "c-7");
    assertThat(story.runs())
        .flatExtracting(Run::chapters)
        .allSatisfy(told -> assertThat(told.at()).isBeforeOrEqualTo(Engine.after("150M")));
    assertThat(text(story)).contains("Nothing more was decided of it until 2026-03-01T12:30:00Z.");
  }

  @Test
  void atAMomentNothingIsKnownOfWhatALateEventTookBackLater() {
    Engine engine =
        agreed(REMINDER)
            .meets("e-1", "1M", "product_added", "cart_id", "c-7", "sku", "mug")
            .until("70M")
            .meets("late", "30M", "order_placed", "order_id", "o-9", "cart_id", "c-7");

    assertThat(engine.story("reminder", Engine.after("65M")).runs().get(0).chapters())
        .extracting(Chapter::outcome)
        .containsExactly("ENTERED", "FIRED");
    assertThat(engine.story("reminder", Engine.after("70M")).runs().get(0).chapters())
        .extracting(Chapter::outcome)
        .containsExactly("ENTERED", "FIRED", "RETRACTED", "EXITED");
    assertThat(engine.story("reminder", Engine.after("30M")).runs().get(0).chapters())
        .extracting(Chapter::outcome)
        .containsExactly("ENTERED");
  }

  /** The late event starts b, also where that is decided as it arrives, and undoes a. */
  @ParameterizedTest
  @ValueSource(strings = {"", "service: true\nper: order"})
  void atAMomentNothingIsKnownOfWhatALateEventBroughtLater(String terms) {
    String unbought =
        mail("a", "").replace("page_viewed", "page_viewed, when: customer.paid_orders == 0");
    String bought =
        mail("b", terms)
            .replace("page_viewed", "order_paid")
            .replace("every-time", terms.isEmpty() ? "every-time" : "once");
    Engine engine =
        agreed(unbought, bought)
            .meets("e-1", "1M", "page_viewed")
            .until("10M")
            .meets("late", "30S", "order_paid", "order_id", "o-1");

    Story before = engine.story(null, Engine.after("5M"));
    assertThat(before.runs()).extracting(Run::journey).containsExactly("a");
    assertThat(before.runs().get(0).chapters())
        .extracting(Chapter::outcome)
        .containsExactly("ENTERED", "FIRED");
    assertThat(before.stages()).singleElement().asString().contains("into here", "evidence e-1");
    Story after = engine.story(null, Engine.after("10M"));
    assertThat(after.runs()).extracting(Run::journey).containsExactlyInAnyOrder("a", "b");
    assertThat(after.stages()).hasSize(2).allSatisfy(move -> assertThat(move).contains("late"));
  }

  @Test
  void atAMomentAMoveStandsThatALateEventWithdrewLaterWithWhatFollowed() {
    Engine engine =
        agreed(mail("a", "").replace("{on: page_viewed}", "{stage: [gone]}"))
            .meets("e-1", "1M", "page_viewed")
            .until("129620M")
            .meets("late", "90D", "page_viewed");

    assertThat(engine.story(null, Engine.after("129610M")).stages())
        .hasSize(2)
        .anySatisfy(move -> assertThat(move).contains("gone"));
    assertThat(engine.story(null, Engine.after("129620M")).stages()).hasSize(1);
  }

  @Test
  void atAMomentBeforeTheFirstDecisionItIsSaidWhenThatWas() {
    Story story =
        agreed(REMINDER)
            .meets("e-1", "1H", "product_added", "cart_id", "c-7", "sku", "mug")
            .until("4H")
            .story("reminder", Engine.after("1M"));

    assertThat(text(story))
        .contains("is written of customer ada up to 2026-03-01T10:01:00Z.")
        .contains("The first is of 2026-03-01T11:00:00Z.");
  }

  @Test
  void whatIsDecidedOnArrivalAheadOfItsTimeHidesNothingBehindIt() {
    Story story = new Story(new Question("ada", null, Engine.after("1S")));
    Map<String, Object> ahead = new HashMap<>(given("FIRED", "all_guards_passed", 2, "t").fields());
    ahead.put("stage", null);
    story.take(Topic.DECISIONS, new PrintedRecord(ahead));
    story.take(Topic.DECISIONS, given("ENTERED", "entered", 1, null));

    assertThat(story.runs()).flatExtracting(Run::chapters).hasSize(1);
  }

  @Test
  void aJourneyOfWhichNothingIsWrittenIsExplainedToo() {
    Story story =
        agreed(REMINDER, mail("a", ""))
            .meets("e-1", "1M", "page_viewed")
            .until("2M")
            .story("reminder");

    assertThat(text(story))
        .contains("Neither a decision nor a trigger of reminder is written of customer ada.")
        .contains("Most likely no event has met its entry")
        .contains("There are decisions of a.");
    assertThat(story.asMap()).containsEntry("runs", List.of());
  }

  @Test
  void withoutAJourneyTheMovesBetweenStagesAreTold() {
    Story story = agreed(mail("a", "")).meets("e-1", "1M", "page_viewed").until("2M").story(null);

    assertThat(text(story))
        .contains("Stages")
        .contains(
            "2026-03-01T10:01:00Z  The customer came into here because of 'came', evidence e-1"
                + " (clickstream-3@1).");
  }

  @Test
  void anErasedCustomerIsErased() {
    Story story = agreed(mail("a", "")).until("1M").story(null);
    story.take(Topic.PROFILES, null);

    assertThat(story.isErased()).isTrue();
  }

  @Test
  void programsGetTheSameSentencesAndTheGuardsNumbers() {
    Map<String, Object> map =
        agreed(mail("a", ""), "guards: g\ncaps: [{name: a day, at-most: 1, per: day}]\n")
            .meets("e-1", "1M", "page_viewed")
            .until("2M")
            .story("a")
            .asMap();

    assertThat(map.toString())
        .contains(
            "started_by=[{event=e-1, place=clickstream-3@1, topic=clickstream, partition=3, offset=1}]")
        .contains("spent=0, at_most=1, cap=a day");
  }

  // --- Codes and places
  // ------------------------------------------------------------------------------

  @Test
  void everyReasonOfTheEngineHasItsMeaning() throws Exception {
    for (Field code : Reason.class.getFields()) {
      assertThat(Meaning.isKnown((String) code.get(null))).as(code.getName()).isTrue();
    }
    assertThat(Arrays.asList(Reason.class.getFields())).isNotEmpty();
    assertThat(Meaning.isKnown("has_read")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clickstream-3@1234", "my-space.dead-letters-0@0", "a-1-2@3"})
  void aPlaceThatIsPrintedIsReadBack(String text) {
    assertThat(Places.read(text).map(Places::written)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "clickstream", "clickstream-3", "clickstream@3", "clickstream-x@3"})
  void whatIsNoPlaceIsNone(String text) {
    assertThat(Places.read(text)).isEmpty();
  }

  @Test
  void everyPlaceOnThePageIsReadBackAsTheEventsOwn() {
    Story story = agreed(mail("a", "")).meets("e-1", "1M", "page_viewed").until("2M").story("a");

    var place = Places.read("clickstream-3@1").orElseThrow();
    assertThat(text(story)).contains("e-1 (" + Places.written(place) + ")");
    assertThat(story.runs().get(0).startedBy().get(0).place()).isEqualTo(place);
  }

  // --- Records that are given
  // --------------------------------------------------------------------------

  @Test
  void aTriggerThatIsCancelledAndAnOutcomeOfALaterReleaseAreTold() {
    Story story = new Story(new Question("ada", null, null));
    story.take(Topic.DECISIONS, given("ENTERED", "entered", 0, null));
    story.take(Topic.DECISIONS, given("CANCELLED", "late_event", 1, "t-1"));
    story.take(Topic.DECISIONS, given("UNKNOWN", "new", 2, null));

    assertThat(text(story))
        .contains("Trigger t-1 was taken back before it was due: a late event showed")
        .contains("A later release decided what this one does not know (UNKNOWN, new).");
  }

  @Test
  void whatRetentionHasLeftIsToldAsFarAsItGoes() {
    Story story = new Story(new Question("ada", null, null));
    story.take(Topic.DECISIONS, given("EXITED", "too_many_runs", 1, null));
    Map<String, Object> trigger = new HashMap<>(given("x", "x", 5, "t-9").fields());
    trigger.putAll(Map.of("status", "ACTIVE", "template", "t", "channel", "email", "kind", "k"));
    trigger.put("journey", "other");
    story.take(Topic.TRIGGERS, new PrintedRecord(trigger));

    assertThat(text(story))
        .contains(
            "What came before is no longer in the topic decisions; it goes back to e-1 (orders-0@7).")
        .contains("the customer had more runs under way than are kept")
        .contains("The decision on it is no longer in the topic decisions.");
  }

  @Test
  void theSameDateInTwoYearsIsTwoRuns() {
    Story story = new Story(new Question("ada", null, null));
    for (int year : List.of(0, 365)) {
      story.take(Topic.DECISIONS, given("ENTERED", "entered", year * 86_400L, null));
      story.take(Topic.DECISIONS, given("FIRED", "all_guards_passed", year * 86_400L, "t-" + year));
    }

    assertThat(story.runs()).extracting(run -> run.chapters().size()).containsExactly(2, 2);
  }

  private static PrintedRecord given(String outcome, String reason, long seconds, String trigger) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("journey", "birthday");
    fields.put("journey_version", 1);
    fields.put("instance_key", "customer");
    fields.put("outcome", outcome);
    fields.put("reason", reason);
    fields.put("at", Engine.BEGINNING.plusSeconds(seconds).toString());
    fields.put("step", null);
    fields.put("trigger_id", trigger);
    fields.put("verdicts", List.of());
    fields.put("causes", List.of("e-1"));
    fields.put("cause_places", Map.of("e-1", "orders-0@7"));
    return new PrintedRecord(fields);
  }
}
