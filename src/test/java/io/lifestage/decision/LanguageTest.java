package io.lifestage.decision;

import static io.lifestage.decision.Happening.*;
import static io.lifestage.decision.Story.story;
import static io.lifestage.journey.Decision.Outcome.CONVERTED;
import static io.lifestage.journey.Decision.Outcome.ENTERED;
import static io.lifestage.journey.Decision.Outcome.EXITED;
import static io.lifestage.journey.Decision.Outcome.FIRED;
import static io.lifestage.journey.Decision.Outcome.HELD;
import static io.lifestage.journey.Decision.Outcome.MIGRATED;
import static io.lifestage.journey.Decision.Outcome.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.definition.Library;
import io.lifestage.definition.Source;
import io.lifestage.definition.Written;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written in definitions, and what then happens. */
class LanguageTest {
  private static final Happening AGREED =
      Happening.of(
          "consent_changed", "channel", "email", "purpose", "marketing", "granted", "true");

  private static Story saying(String... texts) {
    return story().with(Written.with(texts));
  }

  private static String journey(String name, String rest) {
    return "journey: " + name + "\n" + rest;
  }

  private static String emit(String kind) {
    return "emit: {name: %s, kind: %s, template: t, to: staff}".formatted(kind, kind);
  }

  private static String mail(String kind, int priority) {
    return "  - emit: {name: %s, kind: %s, template: t, priority: %d, valid-for: 12h}\n"
        .formatted(kind, kind, priority);
  }

  // --- Steps -----------------------------------------------------------------------------------

  private static final String BRANCHES =
      journey(
          "ways",
          """
          entry: {on: product_viewed}
          per: product
          steps:
            - branch:
                - {when: run.sku == 'mug', steps: [{%s}, {delay: 1h}]}
                - {when: run.sku == 'tea', steps: [{%s}]}
                - {otherwise: [{%s}]}
            - %s
          """
              .formatted(emit("cup"), emit("leaf"), emit("other"), emit("after")));

  @Test
  void aBranchGoesTheFirstWayThatHoldsAndAllWaysJoin() {
    saying(BRANCHES).when(productViewed("mug")).then().triggers("cup");
    saying(BRANCHES).when(productViewed("mug")).until("+2h").then().triggers("cup", "after");
    saying(BRANCHES).when(productViewed("tea")).then().triggers("leaf", "after");
    saying(BRANCHES).when(productViewed("pot")).then().triggers("other", "after");
  }

  @Test
  void aSplitSendsEachCustomerAlwaysTheSameWayAndTheSharesAreKept() {
    int first = 0;
    for (int n = 0; n < 10_000; n++) {
      int lot = Lot.of("customer-" + n, "ways", "split");
      assertThat(Lot.of("customer-" + n, "ways", "split")).isEqualTo(lot);
      first += lot < 3_000 ? 1 : 0;
    }
    assertThat(first).isBetween(2_850, 3_150);
    String journey =
        journey(
            "ways",
            """
            entry: {on: page_viewed}
            re-entry: every-time
            steps:
              - split:
                  - {share: 30%%, steps: [{%s}]}
                  - {share: 70%%, steps: [{%s}]}
            """
                .formatted(emit("few"), emit("many")));
    String way = Lot.of("ada", "ways", "split") < 3_000 ? "few" : "many";
    saying(journey).when(pageViewed(), pageViewed()).then().triggers(way, way);
  }

  private static final String HOLD =
      journey(
          "patience",
          """
          entry: {on: product_added}
          per: cart
          steps:
            - hold:
                for: 2h
                reset: cart_viewed
                at-most: 5h
                until:
                  - {on: checkout_started, same: true}
            - branch:
                - {when: run.met, steps: [{%s}]}
                - {otherwise: [{%s}]}
          """
              .formatted(emit("came"), emit("missed")));

  @Test
  void aHoldEndsAtOnceWhenWhatItWaitsForComes() {
    saying(HOLD)
        .when(productAdded("c1", "mug", 5), checkoutStarted("c2").at("+1h"))
        .until("+90m")
        .then()
        .triggers();
    saying(HOLD)
        .when(productAdded("c1", "mug", 5), checkoutStarted("c1").at("+1h"))
        .then()
        .triggers("came");
  }

  @Test
  void aHoldEndsWhenNothingComesAndStartsAgainUpToItsMost() {
    Happening looked = Happening.of("cart_viewed", "cart_id", "c1");
    saying(HOLD)
        .when(productAdded("c1", "mug", 5).at("+0s"))
        .until("+2h")
        .then()
        .triggers("missed");
    Trigger late =
        saying(HOLD)
            .when(
                productAdded("c1", "mug", 5).at("+0s"),
                looked.at("+1h"),
                looked.at("+2h"),
                looked.at("+4h"))
            .until("+1d")
            .then()
            .trigger();
    assertThat(late.at()).isEqualTo(Story.moment("+5h"));
  }

  // --- Entries ---------------------------------------------------------------------------------

  private static final String ABSENCE =
      journey(
          "missed",
          """
          entry:
            absence: {of: [page_viewed, product_viewed], for: 30d}
            when: customer.stage == 'there'
          re-entry: after-exit
          steps:
            - %s
          """
              .formatted(emit("where-are-you")));

  @Test
  void anAbsenceCountsFromTheLastOfItsEventsAndItsFilterIsAskedThen() {
    Trigger missed =
        saying(ABSENCE)
            .when(
                pageViewed().at("+0s").id("first"),
                productViewed("mug").at("+3d").id("last"),
                orderPaid("o1").at("+4d"))
            .until("+80d")
            .then()
            .decision("missed", ENTERED, Reason.ENTERED)
            .trigger();
    assertThat(missed.at()).isEqualTo(Story.moment("+33d"));
    assertThat(missed.causes().get(0).event()).isEqualTo("last");
    saying(ABSENCE).when(pageViewed().at("+0s")).until("+80d").then().noDecisionOf("missed");
  }

  private static final String BIRTHDAY =
      journey(
          "birthday",
          """
          entry: {date: {of: attributes.birthday, yearly: true, at: "09:00"}}
          re-entry: after-exit
          steps:
            - %s
          """
              .formatted(emit("happy-birthday")));

  private static final String ATTRIBUTES =
      "traits: t\nattributes: {birthday: date, time_zone: text, contract_ends: date}\n";

  @Test
  void aDateComesBackEachYearOnTheCustomersClock() {
    Effects effects =
        saying(ATTRIBUTES, BIRTHDAY)
            .when(
                Happening.of(
                    "customer_updated",
                    "customer.birthday",
                    "1980-07-01",
                    "customer.time_zone",
                    "America/New_York"))
            .until("2028-06-30T00:00:00Z")
            .then()
            .effects();
    assertThat(effects.triggers())
        .extracting(Trigger::at)
        .containsExactly(
            Story.moment("2026-07-01T13:00:00Z"), Story.moment("2027-07-01T13:00:00Z"));
    assertThat(effects.triggers()).extracting(Trigger::id).doesNotHaveDuplicates();
  }

  @Test
  void aDateThatChangesMovesWhatWaitsForIt() {
    String journey =
        journey(
            "renewal",
            "entry: {date: {of: attributes.contract_ends, offset: -10d}}\nsteps:\n  - "
                + emit("renew")
                + "\n");
    Trigger renewed =
        saying(ATTRIBUTES, journey)
            .when(
                Happening.of("customer_updated", "customer.contract_ends", "2026-04-20").at("+0s"),
                Happening.of("customer_updated", "customer.contract_ends", "2026-05-20").at("+1d"))
            .until("+200d")
            .then()
            .trigger();
    assertThat(renewed.at()).isEqualTo(Story.moment("2026-05-10T00:00:00Z"));
    saying(ATTRIBUTES, journey)
        .when(Happening.of("customer_updated", "customer.contract_ends", "2026-03-05").at("+0s"))
        .until("+200d")
        .then()
        .triggers();
  }

  private static final String SEGMENT =
      """
      traits: t
      define:
        looks: {count: product_viewed, window: 2d}
      segments:
        keen: {when: traits.looks >= 2}
      """;

  @Test
  void comingIntoASegmentAndLeavingItAsTheWindowSlidesStartRuns() {
    String into = journey("in", "entry: {enters: keen}\nsteps:\n  - " + emit("hot") + "\n");
    String outOf = journey("out", "entry: {leaves: keen}\nsteps:\n  - " + emit("cold") + "\n");
    Story story =
        saying(SEGMENT, into, outOf)
            .when(productViewed("a").at("+0s"), productViewed("b").at("+1d"));
    story.then().triggers("hot");
    Effects effects = story.until("+5d").then().triggers("hot", "cold").effects();
    assertThat(effects.triggers().get(1).at()).isEqualTo(Story.moment("+2d"));
  }

  @Test
  void aStageMayFollowASegmentWithoutAnyEvent() {
    String stages =
        Written.STAGES.replace(
            "cause: came}",
            "cause: came}\n  - {from: here, to: there, when: traits.looks >= 2, cause: keen}"
                + "\n  - {from: there, to: here, when: traits.looks < 1, cause: cooled}");
    Definitions definitions =
        Library.compile(List.of(new Source("s", stages), new Source("t", SEGMENT)));
    story()
        .with(definitions)
        .when(productViewed("a").at("+0s"), productViewed("b").at("+1d"))
        .until("+10d")
        .then()
        .moves("nobody > here: came", "here > there: keen", "there > here: cooled")
        .movedAt("+3d");
  }

  // --- Goals and holdout -------------------------------------------------------------------------

  private static final String GOAL =
      journey(
          "ask",
          """
          entry: {on: page_viewed}
          steps:
            - emit: {name: ask, kind: ask, template: t, valid-for: 1d}
          goal: {on: order_paid, within: 3d}
          """);

  @Test
  void aGoalIsReachedInItsTimeOrMissed() {
    saying(GOAL)
        .when(AGREED, pageViewed().at("+1m"), orderPaid("o1").at("+2d"))
        .then()
        .triggers("ask")
        .decision("ask", CONVERTED, "treated");
    saying(GOAL)
        .when(AGREED, pageViewed().at("+1m"), orderPaid("o1").at("+4d"))
        .then()
        .decision("ask", EXITED, Reason.GOAL_MISSED);
  }

  @Test
  void theGoalsOfBothGroupsAreCountedWhenTheyAreKnown() {
    saying(GOAL)
        .when(AGREED, pageViewed().at("+1m"), orderPaid("o1").at("+2d"))
        .then()
        .observed(Metrics.GOAL_OUTCOMES, "ask", 2, 2)
        .counted(Metrics.GOAL_OUTCOMES, "treated", "ask", 1)
        .observed(Metrics.GOAL_OUTCOMES_EVER, "ask", 2, 2);
    saying(GOAL)
        .when(AGREED, pageViewed().at("+1m"))
        .until("+2d")
        .then()
        .counted(Metrics.GOAL_OUTCOMES, "treated", "ask", 0);
    saying(GOAL.replace("entry:", "holdout: 100%\nentry:"))
        .when(AGREED, pageViewed().at("+1m"))
        .until("+4d")
        .then()
        .observed(Metrics.GOAL_OUTCOMES, "ask", 2, 0)
        .counted(Metrics.GOAL_OUTCOMES, "journey", "ask", 1)
        .counted(Metrics.GOAL_OUTCOMES, "held_out", "ask", 1);
  }

  @Test
  void whoIsHeldOutAndWouldHaveGotNothingAnywayIsNotCompared() {
    String offer = GOAL.replace("template: t", "template: t, items: viewed");
    saying(offer.replace("entry:", "holdout: 100%\nentry:"))
        .when(AGREED, pageViewed().at("+1m"), orderPaid("o1").at("+2d"))
        .until("+4d")
        .then()
        .decision("ask", SUPPRESSED, Reason.JOURNEY_HOLDOUT)
        .counted(Metrics.GOAL_OUTCOMES, "held_out", "ask", 0)
        .counted(Metrics.CONVERSIONS, "journey", "ask", 0);
  }

  @Test
  void whoIsHeldOutGetsNothingAndIsMeasured() {
    saying(GOAL.replace("entry:", "holdout: 100%\nentry:"))
        .when(AGREED, pageViewed().at("+1m"), orderPaid("o1").at("+2d"))
        .then()
        .triggers()
        .decision("ask", SUPPRESSED, Reason.JOURNEY_HOLDOUT)
        .decision("ask", CONVERTED, "held_out");
    saying(GOAL, "guards: g\nholdout: {share: 100%}\n")
        .when(AGREED, pageViewed().at("+1m"))
        .then()
        .triggers()
        .decision("ask", SUPPRESSED, Reason.HOLDOUT);
  }

  // --- Guards ------------------------------------------------------------------------------------

  private static String onPage(String name, int priority, String tags) {
    return journey(
        name,
        "tags: [%s]\nentry: {on: page_viewed}\nre-entry: every-time\nsteps:\n".formatted(tags)
            + mail(name, priority));
  }

  @Test
  void theBestOfThoseDueTogetherWinsNotTheFirst() {
    String late =
        journey("late", "entry: {on: product_viewed}\nper: product\nsteps:\n" + mail("late", 50));
    saying(onPage("early", 10, "a"), late, "guards: g\narbitration: 5m\n")
        .given(AGREED.at("+0s"))
        .when(pageViewed().at("+1m"), productViewed("mug").at("+3m"))
        .until("+1h")
        .then()
        .triggers("late")
        .decision("early", SUPPRESSED, Reason.OUTRANKED)
        .decision("late", FIRED, Reason.ALL_GUARDS_PASSED);
  }

  @Test
  void whoMayNotBeSentDoesNotWin() {
    String late =
        journey("late", "purpose: research\nentry: {on: page_viewed}\nsteps:\n" + mail("late", 50));
    saying(onPage("early", 10, "a"), late, "guards: g\narbitration: 5m\n")
        .given(AGREED.at("+0s"))
        .when(pageViewed().at("+1m"))
        .until("+1h")
        .then()
        .triggers("early")
        .decision("late", SUPPRESSED, Reason.NO_CONSENT);
  }

  @Test
  void aRollingCapAndACalendarCapCountWhatWasSent() {
    String rolling = "guards: g\ncaps: [{name: c, channel: email, at-most: 2, within: 7d}]\n";
    saying(onPage("a", 1, "x"), rolling)
        .given(AGREED.at("+0s"))
        .when(
            pageViewed().at("+1d"),
            pageViewed().at("+2d"),
            pageViewed().at("+8d-1ms"),
            pageViewed().at("+8d"))
        .then()
        .triggers("a", "a", "a")
        .decision("a", SUPPRESSED, Reason.CAP);
    // The beginning is a Sunday: the week ends with it.
    String weekly = "guards: g\ncaps: [{name: c, tag: x, at-most: 1, per: week}]\n";
    saying(onPage("a", 1, "x"), weekly)
        .given(AGREED.at("+0s"))
        .when(pageViewed().at("+1h"), pageViewed().at("+2h"), pageViewed().at("+15h"))
        .then()
        .triggers("a", "a");
    saying(onPage("a", 1, "y"), weekly)
        .given(AGREED.at("+0s"))
        .when(pageViewed().at("+1h"), pageViewed().at("+2h"))
        .then()
        .triggers("a", "a");
  }

  @Test
  void quietHoursHoldOrCancelOnTheCustomersClock() {
    String hold = "guards: g\nquiet-hours: [{from: \"10:00\", to: \"12:30\", then: hold}]\n";
    Trigger held =
        saying(onPage("a", 1, "x"), hold)
            .given(AGREED.at("+0s"))
            .when(pageViewed().at("+1h"))
            .until("+1d")
            .then()
            .decision("a", HELD, Reason.QUIET_HOURS)
            .trigger();
    assertThat(held.at()).isEqualTo(Story.moment("2026-03-01T12:30:00Z"));
    saying(onPage("a", 1, "x"), hold)
        .given(
            AGREED.at("+0s"), Happening.of("customer_updated", "customer.time_zone", "Asia/Tokyo"))
        .when(pageViewed().at("+1h"))
        .then()
        .triggers("a");
    saying(onPage("a", 1, "x"), hold.replace("hold", "cancel"))
        .given(AGREED.at("+0s"))
        .when(pageViewed().at("+1h"))
        .until("+1d")
        .then()
        .triggers()
        .decision("a", SUPPRESSED, Reason.QUIET_HOURS);
  }

  @Test
  void whatWouldComeTooLateIsWithheld() {
    String hold = "guards: g\nquiet-hours: [{from: \"10:30\", to: \"10:00\", then: hold}]\n";
    saying(onPage("a", 1, "x"), hold)
        .given(AGREED.at("+0s"))
        .when(pageViewed().at("+1h"))
        .until("+2d")
        .then()
        .triggers()
        .decision("a", SUPPRESSED, Reason.EXPIRED);
  }

  @Test
  void aPauseWithholdsForAsLongAsItHolds() {
    String guards =
        "guards: g\npause: [{reason: open_complaint, when: customer.open_support_chats > 0}]\n";
    saying(onPage("a", 1, "x"), guards)
        .given(AGREED.at("+0s"))
        .given(message("v1", "customer").with("subject", "support"))
        .when(pageViewed().at("+1h"))
        .given(Happening.of("conversation_resolved", "conversation_id", "v1").at("+2h"))
        .when(pageViewed().at("+3h"))
        .then()
        .triggers("a");
  }

  // --- Versions ----------------------------------------------------------------------------------

  private static final String WAITS =
      journey(
          "waits",
          """
          version: %d
          in-flight: %s
          status: %s
          entry: {on: page_viewed}
          re-entry: every-time
          steps:
            - {name: %s, delay: %s}
            - emit: {name: %s, kind: %s, template: t, to: staff}
          """);

  private static String waits(
      int version, String inFlight, String status, String step, String delay, String kind) {
    return WAITS.formatted(version, inFlight, status, step, delay, kind, kind);
  }

  private static final String ONE = waits(1, "stay", "active", "pause", "10d", "old");

  private static Story changing(String second) {
    return story()
        .with(
            Timeline.always(Written.with(ONE))
                .from(Story.moment("+5d"), Written.with(ONE, second)));
  }

  @Test
  void runsStayInTheirVersionAndNewOnesEnterTheNew() {
    changing(waits(2, "stay", "active", "pause", "1d", "new"))
        .when(pageViewed().at("+0s"), pageViewed().at("+6d"))
        .until("+20d")
        .then()
        .triggers("new", "old");
  }

  @Test
  void runsMigrateToTheStepThatIsNamed() {
    Effects effects =
        changing(waits(2, "{migrate: {pause: rest}}", "active", "rest", "7d", "new"))
            .when(pageViewed().at("+0s"))
            .until("+20d")
            .then()
            .triggers("new")
            .decision("waits", MIGRATED, "pause")
            .effects();
    assertThat(effects.triggers().get(0).at()).isEqualTo(Story.moment("+7d"));
    changing(waits(2, "migrate", "active", "rest", "7d", "new"))
        .when(pageViewed().at("+0s"))
        .until("+20d")
        .then()
        .triggers()
        .decision("waits", EXITED, Reason.NO_STEP_TO_GO_ON);
  }

  @Test
  void whoDrainsEntersTheNewVersionWhenTheOldOneIsLeft() {
    changing(waits(2, "drain", "active", "pause", "1d", "new"))
        .when(pageViewed().at("+0s"), pageViewed().at("+6d"), pageViewed().at("+11d"))
        .until("+20d")
        .then()
        .triggers("old", "new")
        .decision("waits", SUPPRESSED, Reason.DRAINING);
  }

  @Test
  void aPausedJourneyTakesNobodyInAndSendsNothing() {
    changing(waits(2, "stay", "paused", "pause", "1d", "new"))
        .when(pageViewed().at("+0s"), pageViewed().at("+6d"))
        .until("+20d")
        .then()
        .triggers()
        .decision("waits", SUPPRESSED, Reason.PAUSED);
  }

  @Test
  void anArchivedJourneyEndsItsRuns() {
    Effects effects =
        changing(waits(2, "stay", "archived", "pause", "1d", "new"))
            .when(pageViewed().at("+0s"))
            .until("+20d")
            .then()
            .triggers()
            .decision("waits", EXITED, Reason.ARCHIVED)
            .effects();
    assertThat(effects.decisions()).extracting(Decision::at).last().isEqualTo(Story.moment("+5d"));
  }

  @Test
  void aLateEventIsDecidedUnderTheVersionOfItsTime() {
    changing(waits(2, "stay", "active", "pause", "1d", "new"))
        .when(pageViewed().at("+5d+10m"), pageViewed().at("+5d-10m"))
        .until("+20d")
        .then()
        .triggers("new", "old");
  }

  private static final String MISSED =
      journey(
          "missed",
          """
          version: %d
          status: %s
          entry: {absence: {of: product_viewed, for: %s}}
          steps:
            - %s
          """);

  private static String missed(int version, String status, String span) {
    return MISSED.formatted(version, status, span, emit("missed"));
  }

  private static Story missing(String second) {
    return story()
        .with(
            Timeline.always(Written.with(missed(1, "active", "20d")))
                .from(
                    Story.moment("+5d"),
                    Written.with(missed(1, "active", "20d"), second),
                    Set.of("missed")));
  }

  @Test
  void anAbsenceThatHasBegunIsAsLongAsTheNewestVersionSays() {
    Trigger shorter =
        missing(missed(2, "active", "7d"))
            .when(productViewed("mug").at("+0s"))
            .until("+30d")
            .then()
            .trigger();
    assertThat(shorter.at()).isEqualTo(Story.moment("+7d"));
    assertThat(shorter.version()).isEqualTo(2);
    Trigger over =
        missing(missed(2, "active", "3d"))
            .when(productViewed("mug").at("+0s"))
            .until("+30d")
            .then()
            .trigger();
    assertThat(over.at()).as("it is over already").isEqualTo(Story.moment("+5d"));
    Trigger longer =
        missing(missed(2, "active", "25d"))
            .when(productViewed("mug").at("+0s"))
            .until("+30d")
            .then()
            .trigger();
    assertThat(longer.at()).isEqualTo(Story.moment("+25d"));
  }

  @Test
  void anAbsenceThatIsNoneAnyMoreIsNotWaitedFor() {
    String onEvent =
        missed(2, "active", "7d")
            .replace("{absence: {of: product_viewed, for: 7d}}", "{on: order_paid}");
    Story.Then then =
        missing(onEvent).when(productViewed("mug").at("+0s")).until("+6d").then().triggers();
    assertThat(then.customer().running()).isEmpty();
  }

  private static final String RENEWAL =
      journey(
          "renewal",
          """
          version: %d
          status: %s
          entry: {date: {of: attributes.contract_ends, offset: %s}}
          steps:
            - %s
          """);

  private static String renewal(int version, String status, String offset) {
    return RENEWAL.formatted(version, status, offset, emit("renew"));
  }

  private static Happening contractEnds(String when) {
    return Happening.of("customer_updated", "customer.contract_ends", when);
  }

  @Test
  void anAbsenceCountedAnewIsNotForgottenWhenAnEventComesLate() {
    Timeline changed =
        Timeline.always(Written.with(missed(1, "active", "24h")))
            .from(
                Story.moment("+10h"),
                Written.with(missed(1, "active", "24h"), missed(2, "active", "20h")),
                Set.of("missed"));
    for (String late : List.of("+9h+30m", "+10h+15m")) {
      Trigger trigger =
          story()
              .with(changed)
              .when(productViewed("mug").at("+0s"))
              .until("+10h+21m")
              .when(pageViewed().at(late))
              .until("+3d")
              .then()
              .trigger();
      assertThat(trigger.at()).as("with a late event of %s", late).isEqualTo(Story.moment("+20h"));
    }
  }

  @Test
  void aGoalThatIsLookedOutForMovesOnceToItsNewVersion() {
    String second = GOAL.replace("entry:", "version: 2\nin-flight: migrate\nentry:");
    story()
        .with(
            Timeline.always(Written.with(GOAL))
                .from(Story.moment("+10h"), Written.with(GOAL, second), Set.of("ask")))
        .when(AGREED.at("+0s"), pageViewed().at("+1m"))
        .until("+10h+21m")
        .when(productViewed("mug").at("+9h+50m"), orderPaid("o1").at("+12h"))
        .then()
        .triggers("ask")
        .decision("ask", CONVERTED, "treated");
  }

  @Test
  void whatHappensInAPauseEndsASilenceAsEver() {
    Definitions first = Written.with(missed(1, "active", "30d"));
    Definitions paused = Written.with(missed(1, "active", "30d"), missed(2, "paused", "30d"));
    Definitions again =
        Written.with(
            missed(1, "active", "30d"), missed(2, "paused", "30d"), missed(3, "active", "30d"));
    Timeline pausing =
        Timeline.always(first)
            .from(Story.moment("+10d"), paused, Set.of("missed"))
            .from(Story.moment("+20d"), again, Set.of("missed"));
    Trigger trigger =
        story()
            .with(pausing)
            .when(productViewed("mug").at("+0s"), productViewed("tea").at("+15d"))
            .until("+60d")
            .then()
            .trigger();
    assertThat(trigger.at()).isEqualTo(Story.moment("+45d"));
  }

  @Test
  void anAbsenceOfSomethingElseIsNotWaitedFor() {
    String ofOrders = missed(2, "active", "20d").replace("product_viewed", "order_paid");
    missing(ofOrders).when(productViewed("mug").at("+0s")).until("+60d").then().triggers();
  }

  @Test
  void aWindowThatSlidesInTheMomentOfAnotherJourneysVersionIsSeen() {
    String outOf = journey("out", "entry: {leaves: keen}\nsteps:\n  - " + emit("cold") + "\n");
    Definitions before = Written.with(SEGMENT, outOf, ONE);
    Definitions after =
        Written.with(SEGMENT, outOf, ONE, waits(2, "stay", "active", "pause", "1d", "new"));
    story()
        .with(Timeline.always(before).from(Story.moment("+2d"), after, Set.of("waits")))
        .when(pageViewed().at("+0s"), productViewed("a").at("+0s"), productViewed("b").at("+1d"))
        .until("+3d")
        .then()
        .triggers("cold");
  }

  @Test
  void whoSeesANewJourneyForTheFirstTimeIsInNoneOfIts() {
    Timeline first = Timeline.always(Written.with(ONE));
    Timeline withAnother =
        first.from(
            Story.moment("+5d"), Written.with(ONE, missed(1, "active", "7d")), Set.of("missed"));
    assertThat(withAnother.canConcernSomebody(Story.moment("+5d"))).isFalse();
    Timeline changed =
        first.from(
            Story.moment("+5d"),
            Written.with(ONE, waits(2, "stay", "active", "pause", "1d", "new")),
            Set.of("waits"));
    assertThat(changed.canConcernSomebody(Story.moment("+5d"))).isTrue();
    Timeline dated =
        Timeline.always(Written.with(ATTRIBUTES))
            .from(
                Story.moment("+5d"),
                Written.with(ATTRIBUTES, renewal(1, "active", "-1d")),
                Set.of("renewal"));
    assertThat(dated.canConcernSomebody(Story.moment("+5d"))).isTrue();
  }

  @Test
  void aDateThatIsKnownAlreadyStartsAJourneyThatIsPublishedLater() {
    Trigger trigger =
        story()
            .with(
                Timeline.always(Written.with(ATTRIBUTES))
                    .from(
                        Story.moment("+5d"),
                        Written.with(ATTRIBUTES, renewal(1, "active", "-10d")),
                        Set.of("renewal")))
            .when(contractEnds("2026-04-01T10:00:00Z").at("+0s"))
            .until("+60d")
            .then()
            .trigger();
    assertThat(trigger.at()).isEqualTo(Instant.parse("2026-03-22T10:00:00Z").toEpochMilli());
    assertThat(trigger.causes()).containsExactly(Cause.of("journey/renewal@1"));
  }

  @Test
  void aDateIsReckonedAsTheNewestVersionSays() {
    String before = renewal(1, "active", "-10d");
    Trigger trigger =
        story()
            .with(
                Timeline.always(Written.with(ATTRIBUTES, before))
                    .from(
                        Story.moment("+5d"),
                        Written.with(ATTRIBUTES, before, renewal(2, "active", "-2d")),
                        Set.of("renewal")))
            .when(contractEnds("2026-04-01T10:00:00Z").at("+0s"))
            .until("+60d")
            .then()
            .trigger();
    assertThat(trigger.at()).isEqualTo(Instant.parse("2026-03-30T10:00:00Z").toEpochMilli());
    assertThat(trigger.causes()).as("the event that told the date").hasSize(1);
    assertThat(trigger.causes().get(0).event()).doesNotContain("renewal@");
  }

  @Test
  void aDateThatComesAfterAPauseIsNotForgotten() {
    String first = renewal(1, "active", "-10d");
    String paused = renewal(2, "paused", "-10d");
    story()
        .with(
            Timeline.always(Written.with(ATTRIBUTES, first))
                .from(
                    Story.moment("+2d"), Written.with(ATTRIBUTES, first, paused), Set.of("renewal"))
                .from(
                    Story.moment("+5d"),
                    Written.with(ATTRIBUTES, first, paused, renewal(3, "active", "-10d")),
                    Set.of("renewal")))
        .when(contractEnds("2026-04-01T10:00:00Z").at("+0s"), pageViewed().at("+3d"))
        .until("+60d")
        .then()
        .triggers("renew");
  }

  @Test
  void timeCallsOnlyThoseWhomAChangeConcerns() {
    Timeline changed =
        Timeline.always(Written.with(ONE))
            .from(
                Story.moment("+5d"),
                Written.with(ONE, waits(2, "migrate", "active", "pause", "6d", "new")),
                Set.of("waits"));
    Story.Then waiting = story().with(changed).when(pageViewed().at("+0s")).until("+2h").then();
    assertThat(waiting.nextDeadline()).isEqualTo(Story.moment("+5d"));
    Story.Then other =
        story().with(changed).when(productViewed("mug").at("+0s")).until("+2h").then();
    assertThat(other.nextDeadline()).isEqualTo(Story.moment("+90d"));
  }

  @Test
  void aSilenceThatIsMadeShorterEndsAtOnceForWhomItIsOver() {
    Definitions shorter =
        Library.compile(
            List.of(
                new Source(
                    "s", Written.STAGES.replace("after-silence: 90d", "after-silence: 60d"))));
    story()
        .with(Timeline.always(Written.with()).from(Story.moment("+70d"), shorter))
        .when(pageViewed().at("+0s"))
        .until("+95d")
        .then()
        .moves("nobody > here: came", "here > gone: silence")
        .movedAt("+70d");
  }

  @Test
  void theFirstOfSeveralStaysEndsTheStage() {
    String stages =
        Written.STAGES.replace(
            "cause: paid}",
            "cause: paid}\n  - {from: here, to: gone, after-stay: 30d, cause: late}"
                + "\n  - {from: here, to: there, after-stay: 10d, cause: early}");
    story()
        .with(Library.compile(List.of(new Source("s", stages))))
        .when(pageViewed().at("+0s"))
        .until("+20d")
        .then()
        .moves("nobody > here: came", "here > there: early")
        .movedAt("+10d");
  }

  @Test
  void aWindowThatSlidesInTheMomentOfAnEventIsSeen() {
    String outOf = journey("out", "entry: {leaves: keen}\nsteps:\n  - " + emit("cold") + "\n");
    saying(SEGMENT, outOf)
        .when(productViewed("a").at("+0s"), productViewed("b").at("+1d"), pageViewed().at("+2d"))
        .then()
        .triggers("cold");
  }

  @Test
  void aSegmentOfAStageFollowsTheStage() {
    String segment = "traits: t\nsegments:\n  lost: {when: customer.stage == 'gone'}\n";
    String into = journey("in", "entry: {enters: lost}\nsteps:\n  - " + emit("missed") + "\n");
    Trigger missed =
        saying(segment, into).when(pageViewed().at("+0s")).until("+100d").then().trigger();
    assertThat(missed.at()).isEqualTo(Story.moment("+90d"));
  }

  @Test
  void aVersionWithoutAGoalEndsWhatLooksOutForIt() {
    String without =
        GOAL.replace("entry:", "version: 2\nin-flight: migrate\nentry:")
            .replaceAll("(?m)^goal:.*$", "");
    story()
        .with(
            Timeline.always(Written.with(GOAL))
                .from(Story.moment("+1d"), Written.with(GOAL, without)))
        .when(AGREED.at("+0s"), pageViewed().at("+1m"), orderPaid("o1").at("+2d"))
        .then()
        .triggers("ask")
        .decision("ask", EXITED, Reason.DEFINITION_GONE);
  }

  @Test
  void noDateIsTooFarToBeReckonedWith() {
    String journey =
        journey(
            "renewal",
            "entry: {date: {of: attributes.contract_ends, offset: -10d}}\nsteps:\n  - "
                + emit("renew")
                + "\n");
    saying(ATTRIBUTES, journey)
        .when(
            Happening.of(
                "customer_updated", "customer.contract_ends", "+999999999-12-31T00:00:00Z"))
        .until("+200d")
        .then()
        .triggers();
  }

  @Test
  void birthdaysEndYearsAfterTheLastSignOfLife() {
    Effects effects =
        saying(ATTRIBUTES, BIRTHDAY)
            .when(Happening.of("customer_updated", "customer.birthday", "1980-07-01"))
            .untilTheEndOfTime()
            .then()
            .effects();
    assertThat(effects.triggers()).hasSizeBetween(4, 7);
  }

  private static final String FAVOURITE =
      "traits: t\ndefine:\n  favourite: {most: event.category, on: [product_viewed, order_paid]}\n";
  private static final String TELL =
      journey(
          "tell",
          """
          entry: {on: page_viewed}
          steps:
            - emit: {kind: tell, template: t, to: staff, data: {favourite: traits.favourite}}
          """);

  /** Mugs come into the catalogue after an hour. */
  private static Product shelf(String sku, long at) {
    return sku.equals("mug") && at >= Story.moment("+1h")
        ? new Product(sku, 0, "Mug", "kitchen", Money.NONE, true, List.of())
        : null;
  }

  private static String favouriteAfter(Happening... events) {
    return saying(FAVOURITE, TELL)
        .with(LanguageTest::shelf)
        .when(events)
        .when(pageViewed())
        .then()
        .trigger()
        .data()
        .get("favourite");
  }

  @Test
  void aCategoryIsTheEventsAndElseTheCataloguesAtItsTime() {
    Happening ofGarden =
        Happening.of("product_viewed", "sku", "mug", "category", "garden").at("+2h");
    assertThat(favouriteAfter(productViewed("mug").at("+2h"))).isEqualTo("kitchen");
    assertThat(favouriteAfter(orderPaid("o1", "pot", "mug").at("+2h"))).isEqualTo("kitchen");
    assertThat(favouriteAfter(ofGarden)).isEqualTo("garden");
    assertThat(favouriteAfter(productViewed("mug").at("+1m"))).isEmpty();
  }

  @Test
  void whatHasNoCategoryDoesNotMakeTheFavourite() {
    assertThat(
            favouriteAfter(
                productViewed("mug").at("+2h"), productViewed("pot"), productViewed("pot")))
        .isEqualTo("kitchen");
  }

  private static final String SEEN =
      journey(
          "seen",
          """
          entry: {on: page_viewed}
          steps:
            - emit: {kind: seen, template: t, to: staff, items: viewed}
          """);

  /** A mug costs 49, and 39 from the second hour on; a pot is not in the catalogue. */
  private static Product priced(String sku, long at) {
    Money price = new Money(at < Story.moment("+2h") ? 4900 : 3900, "EUR");
    return sku.equals("mug") ? new Product(sku, 0, "Mug", "", price, true, List.of()) : null;
  }

  private static Trigger.Item seen(Happening look) {
    return saying(SEEN)
        .with(LanguageTest::priced)
        .when(look.at("+1h"), pageViewed().at("+3h"))
        .then()
        .trigger()
        .items()
        .get(0);
  }

  @Test
  void whatWasLookedAtHasItsPriceThenAndNow() {
    assertThat(seen(productViewed("mug"))).extracting("priceThen", "price").contains(4900L, 3900L);
    assertThat(seen(productViewed("mug").worth(4500)))
        .as("the page's own price goes before the catalogue's")
        .extracting("priceThen", "price")
        .contains(4500L, 3900L);
  }

  @Test
  void aPriceThatCannotBeComparedIsNotTold() {
    assertThat(seen(productViewed("pot")).priceThen()).isZero();
    assertThat(seen(productViewed("pot").worth(4500)).priceThen()).isZero();
  }
}
