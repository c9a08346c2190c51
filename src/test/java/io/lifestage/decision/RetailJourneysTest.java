package io.lifestage.decision;

import static io.lifestage.decision.Happening.*;
import static io.lifestage.decision.Story.story;
import static io.lifestage.journey.Decision.Outcome.ENTERED;
import static io.lifestage.journey.Decision.Outcome.EXITED;
import static io.lifestage.journey.Decision.Outcome.FIRED;
import static io.lifestage.journey.Decision.Outcome.SUPPRESSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.journey.Reason;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The journeys of the retail pack: what fires, what ends a run, what withholds a trigger. */
class RetailJourneysTest {
  private static final Catalogue SHOP =
      shop(
          product("camera", true, "film", "bag", "tripod"),
          product("lens", true, "bag", "cloth"),
          product("film", true),
          product("bag", true),
          product("tripod", false),
          product("cloth", true));

  private static final Happening CONSENT = consent("email", true);
  private static final Happening[] CART = {CONSENT, productAdded("c1", "mug", 500).at("+0s")};
  private static final Happening[] DELIVERED = {
    CONSENT, orderPlaced("o1", "camera"), orderPaid("o1"), orderDelivered("o1").at("+1d")
  };
  private static final Happening[] VIEWS = {CONSENT, productViewed("mug").at("+0s")};

  // Thank-you

  @Test
  void anOrderIsThankedForAtOnceWithoutMarketingConsent() {
    Trigger thanks =
        story()
            .when(orderPlaced("o1").id("placed").at("+0s"))
            .then()
            .triggers("thank_you")
            .decision("thank-you", ENTERED, Reason.ENTERED)
            .decision("thank-you", FIRED, Reason.ALL_GUARDS_PASSED)
            .trigger();
    assertThat(thanks.data()).containsEntry("order_id", "o1");
    assertThat(thanks.causes()).extracting(Cause::event).containsExactly("placed");
    assertThat(thanks.at()).isEqualTo(Story.moment("+0s"));
    assertThat(thanks.expiresAt()).isEqualTo(Story.moment("+1d"));
  }

  @Test
  void anOrderIsThankedForAlsoAgainstTheWillToBeWrittenTo() {
    story().given(consent("email", false)).when(orderPlaced("o1")).then().triggers("thank_you");
  }

  @Test
  void anOrderIsThankedForOnce() {
    story()
        .given(orderPlaced("o1"))
        .when(orderPlaced("o1").at("+2d"))
        .then()
        .triggers()
        .decision("thank-you", SUPPRESSED, Reason.ALREADY_ENTERED);
  }

  @Test
  void everyOrderIsThankedFor() {
    story().given(orderPlaced("o1")).when(orderPlaced("o2")).then().triggers("thank_you");
  }

  // Complementary offer

  @Test
  void threeDaysAfterDeliveryAnOfferOfWhatGoesWithIt() {
    Trigger offer =
        story()
            .with(SHOP)
            .given(DELIVERED)
            .until("+4d")
            .then()
            .triggers("complementary_offer")
            .trigger();
    assertThat(skus(offer)).containsExactly("film", "bag");
    assertThat(offer.at()).isEqualTo(Story.moment("+4d"));
    assertThat(offer.stage()).isEqualTo("retention");
  }

  @Test
  void notAMillisecondEarlier() {
    story().with(SHOP).given(DELIVERED).until("+4d-1ms").then().nothing();
  }

  @Test
  void neverWhatTheCustomerOwnsNorWhatCannotBeBought() {
    Trigger offer =
        story()
            .with(SHOP)
            .given(orderPlaced("o0", "film"), orderPaid("o0"))
            .given(DELIVERED)
            .until("+4d")
            .then()
            .trigger();
    assertThat(skus(offer)).containsExactly("bag");
  }

  @Test
  void whatIsOwnedTwiceIsOwnedWhenOneOfTheOrdersIsUndone() {
    Trigger offer =
        story()
            .with(SHOP)
            .given(orderPlaced("o8", "film"), orderPaid("o8"), orderPlaced("o9", "film"))
            .given(orderPaid("o9"), orderCancelled("o9"))
            .given(DELIVERED)
            .until("+4d")
            .then()
            .trigger();
    assertThat(skus(offer)).containsExactly("bag");
  }

  @Test
  void whatWasSentBackMayBeOfferedAgain() {
    Trigger offer =
        story()
            .with(SHOP)
            .given(orderPlaced("o0", "film"), orderPaid("o0"), orderRefunded("o0", 1000))
            .given(DELIVERED)
            .until("+4d")
            .then()
            .trigger();
    assertThat(skus(offer)).containsExactly("film", "bag");
  }

  @Test
  void whatGoesWithSeveralProductsOfTheOrderComesFirst() {
    Trigger offer =
        story()
            .with(SHOP)
            .given(CONSENT, orderPlaced("o1", "camera", "lens"), orderPaid("o1"))
            .given(orderDelivered("o1").at("+1d"))
            .until("+4d")
            .then()
            .trigger();
    assertThat(skus(offer)).containsExactly("bag", "film", "cloth");
    assertThat(offer.items()).extracting(Trigger.Item::score).containsExactly(2.0, 1.0, 1.0);
  }

  @Test
  void atMostThreeOfThem() {
    Catalogue rich =
        shop(
            product("camera", true, "a", "b", "c", "d"),
            product("a", true),
            product("b", true),
            product("c", true),
            product("d", true));
    Trigger offer = story().with(rich).given(DELIVERED).until("+4d").then().trigger();
    assertThat(skus(offer)).containsExactly("a", "b", "c");
  }

  @Test
  void anOfferOfNothingIsWithheld() {
    story()
        .given(DELIVERED)
        .until("+4d")
        .then()
        .triggers()
        .decision("complementary-offer", SUPPRESSED, Reason.NOTHING_TO_OFFER);
  }

  @Test
  void noOfferAfterTheOrderIsUndone() {
    for (Happening undoing :
        List.of(orderCancelled("o1").at("+2d"), orderRefunded("o1", 1000).at("+2d"))) {
      story()
          .with(SHOP)
          .given(DELIVERED)
          .when(undoing)
          .until("+10d")
          .then()
          .triggers()
          .decision("complementary-offer", EXITED, "order_undone");
    }
  }

  @Test
  void anOfferThoughAPartOrAnotherOrderIsPaidBack() {
    story()
        .with(SHOP)
        .given(DELIVERED)
        .when(orderRefunded("o1", 1), orderCancelled("o7"))
        .until("+4d")
        .then()
        .triggers("complementary_offer");
  }

  @Test
  void anUndoneOrderStartsNoOffer() {
    story()
        .with(SHOP)
        .given(CONSENT, orderPlaced("o1", "camera"), orderCancelled("o1"))
        .when(orderDelivered("o1").at("+1d"))
        .then()
        .noDecisionOf("complementary-offer");
  }

  @Test
  void aSecondDeliveryOfTheOrderStartsNoSecondOffer() {
    story()
        .with(SHOP)
        .given(DELIVERED)
        .until("+5d")
        .given(orderDelivered("o0").at("+5d"))
        .when(orderDelivered("o1").at("+6d"))
        .until("+20d")
        .then()
        .decision("complementary-offer", SUPPRESSED, Reason.ALREADY_ENTERED)
        .decision("complementary-offer", SUPPRESSED, Reason.NOTHING_TO_OFFER)
        .triggers();
  }

  // Offer on items looked at

  @Test
  void aDayAfterTheLastLookAnOfferOfWhatWasLookedAt() {
    Trigger offer =
        story()
            .given(VIEWS)
            .when(productViewed("cup").at("+20h"))
            .until("+44h")
            .then()
            .triggers("viewed_offer")
            .trigger();
    assertThat(skus(offer)).containsExactly("cup", "mug");
    assertThat(offer.at()).isEqualTo(Story.moment("+44h"));
  }

  @Test
  void eachLookBeginsTheSilenceAgain() {
    story().given(VIEWS).when(productViewed("cup").at("+20h")).until("+44h-1ms").then().triggers();
  }

  @Test
  void butNotForMoreThanThreeDays() {
    story()
        .given(VIEWS)
        .given(productViewed("a").at("+20h"), productViewed("b").at("+40h"))
        .given(productViewed("c").at("+60h"))
        .when(productViewed("d").at("+71h"))
        .until("+72h")
        .then()
        .triggers("viewed_offer");
  }

  @Test
  void neverWhatWasBoughtSince() {
    story()
        .given(CONSENT, orderPlaced("o1", "mug"), orderPaid("o1"))
        .when(productViewed("mug"))
        .until("+10d")
        .then()
        .triggers()
        .noDecisionOf("viewed-offer");
  }

  @Test
  void neverWhatWasPaidForMeanwhile() {
    Trigger offer =
        story()
            .given(CONSENT, orderPlaced("o1", "mug"), productViewed("mug"), productViewed("cup"))
            .when(orderPaid("o1"))
            .until("+2d")
            .then()
            .trigger();
    assertThat(skus(offer)).containsExactly("cup");
  }

  @Test
  void neverWhatCannotBeBoughtNow() {
    Trigger offer =
        story()
            .with(SHOP)
            .given(CONSENT)
            .when(productViewed("tripod"), productViewed("bag"), productViewed("unknown"))
            .until("+2d")
            .then()
            .trigger();
    assertThat(skus(offer)).containsExactly("unknown", "bag");
  }

  @Test
  void anOrderEndsTheWaiting() {
    story()
        .given(VIEWS)
        .when(orderPlaced("o1").at("+1h"))
        .until("+3d")
        .then()
        .triggers("thank_you")
        .decision("viewed-offer", EXITED, "ordered");
  }

  @Test
  void aWeekOfRestBetweenTwoOffers() {
    story()
        .given(VIEWS)
        .until("+2d")
        .given(pageViewed().at("+2d"))
        .when(productViewed("cup").at("+7d-1ms"))
        .until("+10d")
        .then()
        .triggers()
        .decision("viewed-offer", SUPPRESSED, Reason.ALREADY_ENTERED);
    story()
        .given(VIEWS)
        .until("+2d")
        .given(pageViewed().at("+2d"))
        .when(productViewed("cup").at("+7d"))
        .until("+10d")
        .then()
        .triggers("viewed_offer");
  }

  // Abandoned cart

  @Test
  void anHourOfSilenceIsAnAbandonedCart() {
    Trigger reminder = story().given(CART).until("+1h").then().triggers("abandoned_cart").trigger();
    assertThat(skus(reminder)).containsExactly("mug");
    assertThat(reminder.data()).containsEntry("cart_id", "c1");
    assertThat(reminder.items().get(0).price()).isEqualTo(500);
  }

  @Test
  void everyTouchOfTheCartBeginsTheHourAgain() {
    for (Happening touch :
        List.of(
            productAdded("c1", "cup", 300),
            productRemoved("c1", "cup"),
            checkoutStarted("c1"),
            Happening.of(EventType.CART_VIEWED, "cart_id", "c1"),
            Happening.of(
                EventType.CHECKOUT_STEP_COMPLETED, "cart_id", "c1", "checkout_step", "address"),
            Happening.of(EventType.COUPON_APPLIED, "coupon", "X", "cart_id", "c1"),
            Happening.of(EventType.PAYMENT_FAILED, "payment_method", "card", "cart_id", "c1"))) {
      story().given(CART).when(touch.at("+59m")).until("+119m-1ms").then().triggers();
      story().given(CART).when(touch.at("+59m")).until("+119m").then().triggers("abandoned_cart");
    }
  }

  @Test
  void whatIsNoTouchOfTheCartDoesNot() {
    story()
        .given(CART)
        .when(pageViewed().at("+59m"), productAdded("c2", "cup", 300).at("+59m+1s"))
        .until("+1h")
        .then()
        .triggers("abandoned_cart");
  }

  @Test
  void aCartTouchedAllDayIsAbandonedAfterADay() {
    Story story = story().given(CART);
    for (int half = 1; half < 48; half++) {
      story.given(Happening.of(EventType.CART_VIEWED, "cart_id", "c1").at("+" + 30 * half + "m"));
    }
    Trigger reminder = story.until("+24h").then().triggers("abandoned_cart").trigger();
    assertThat(reminder.at()).isEqualTo(Story.moment("+24h"));
    assertThat(reminder.causes())
        .extracting(Cause::event)
        .hasSize(Bounds.CAUSES)
        .startsWith("e00002");
  }

  @Test
  void theOrderEndsTheWaitingAtOnce() {
    for (Happening order :
        List.of(
            orderPlaced("o1").with("cart_id", "c1"),
            orderPlaced("o1") /* of which nobody says from which cart */)) {
      story()
          .given(CART)
          .when(order.at("+1h"))
          .until("+3d")
          .then()
          .triggers("thank_you")
          .decision("abandoned-cart", EXITED, "ordered");
    }
  }

  @Test
  void theOrderOfAnotherCartDoesNot() {
    story()
        .given(CART)
        .when(orderPlaced("o1").with("cart_id", "c2").at("+10m"))
        .until("+1h")
        .then()
        .triggers("thank_you", "abandoned_cart");
  }

  @Test
  void anEmptiedCartIsNotAbandoned() {
    story()
        .given(CART)
        .when(productRemoved("c1", "mug").at("+10m"))
        .until("+3d")
        .then()
        .triggers()
        .decision("abandoned-cart", EXITED, "emptied");
  }

  @Test
  void aCartOfWhichSomethingIsLeftIsAbandoned() {
    story()
        .given(CART)
        .given(productAdded("c1", "cup", 300).at("+5m"))
        .when(productRemoved("c1", "mug").at("+10m"))
        .until("+70m")
        .then()
        .triggers("abandoned_cart");
  }

  @Test
  void oneReminderPerCart() {
    story()
        .given(CART)
        .until("+2h")
        .given(pageViewed().at("+2h"))
        .when(productAdded("c1", "cup", 300).at("+3h"))
        .until("+5h")
        .then()
        .triggers()
        .decision("abandoned-cart", SUPPRESSED, Reason.ALREADY_ENTERED);
  }

  @Test
  void twoCartsAreRemindedOfEach() {
    story()
        .given(CART)
        .when(productAdded("c2", "cup", 300).at("+10m"))
        .until("+2h")
        .then()
        .triggers("abandoned_cart", "abandoned_cart");
  }

  // Unanswered sales chat

  @Test
  void aSalesQuestionUnansweredForFiveMinutesGoesToStaff() {
    Trigger task =
        story()
            .when(salesQuestion("chat").at("+0s"))
            .until("+5m")
            .then()
            .triggers("chat_escalation")
            .trigger();
    assertThat(task.audience()).isEqualTo(Step.Audience.STAFF);
    assertThat(task.data()).containsEntry("conversation_id", "chat");
  }

  @Test
  void notBefore() {
    story().when(salesQuestion("chat").at("+0s")).until("+5m-1ms").then().triggers();
  }

  @Test
  void aPersonsAnswerInTheLastMillisecondEndsIt() {
    story()
        .given(salesQuestion("chat").at("+0s"))
        .when(message("chat", "agent").at("+5m"))
        .until("+1h")
        .then()
        .triggers()
        .decision("unanswered-sales-chat", EXITED, "answered");
  }

  @Test
  void aBotsAnswerOrOneInAnotherChatDoesNot() {
    story()
        .given(salesQuestion("chat").at("+0s"))
        .when(message("chat", "bot").at("+1m"), message("other", "agent").at("+2m"))
        .until("+5m")
        .then()
        .triggers("chat_escalation");
  }

  @Test
  void anOrderOrTheEndOfTheChatEndsItToo() {
    story()
        .given(salesQuestion("chat").at("+0s"))
        .when(orderPlaced("o1").at("+1m"))
        .until("+1h")
        .then()
        .triggers("thank_you")
        .decision("unanswered-sales-chat", EXITED, "ordered");
    story()
        .given(salesQuestion("chat").at("+0s"))
        .when(chatResolved("chat").at("+1m"))
        .until("+1h")
        .then()
        .triggers()
        .decision("unanswered-sales-chat", EXITED, "resolved");
  }

  @Test
  void aQuestionAboutSomethingElseIsNotEscalated() {
    story()
        .when(message("chat", "customer").with("subject", "support").at("+0s"))
        .until("+1h")
        .then()
        .noDecisionOf("unanswered-sales-chat");
  }

  @Test
  void theChatsSubjectSaysThatAMessageIsAboutSales() {
    story()
        .given(
            Happening.of(
                EventType.CONVERSATION_STARTED, "conversation_id", "chat", "subject", "sales"))
        .when(message("chat", "customer"))
        .until("+1h")
        .then()
        .triggers("chat_escalation");
  }

  @Test
  void aNewQuestionAfterAnAnswerStartsAgain() {
    story()
        .given(salesQuestion("chat").at("+0s"), message("chat", "agent").at("+1m"))
        .when(salesQuestion("chat").at("+10m"))
        .until("+15m")
        .then()
        .triggers("chat_escalation");
  }

  @Test
  void askingTwiceWhileWaitingEscalatesOnceAtTheTimeOfTheFirst() {
    Trigger task =
        story()
            .given(salesQuestion("chat").at("+0s"))
            .when(salesQuestion("chat").at("+4m"))
            .until("+8m")
            .then()
            .trigger();
    assertThat(task.at()).isEqualTo(Story.moment("+5m"));
  }

  // Sales-ready lead

  @Test
  void interestAndASalesQuestionMakeALeadForStaff() {
    story()
        .given(productViewed("a"), productViewed("b"), contentViewed(), contentViewed())
        .when(salesQuestion("chat"))
        .then()
        .triggers("sales_lead")
        .decision("sales-ready-lead", FIRED, Reason.ALL_GUARDS_PASSED);
  }

  @Test
  void aLittleLessIsNoLead() {
    story()
        .given(productViewed("a"), contentViewed(), contentViewed())
        .when(salesQuestion("chat"))
        .then()
        .noDecisionOf("sales-ready-lead");
  }

  @Test
  void viewsAloneAreNoLeadHoweverMany() {
    Story story = story();
    for (int i = 0; i < 30; i++) {
      story.when(productViewed("p" + i));
    }
    story.then().noDecisionOf("sales-ready-lead");
  }

  @Test
  void whoIsReadyDoesNotBecomeReadyWithEveryFurtherEvent() {
    story()
        .given(productViewed("a"), productViewed("b"), contentViewed(), contentViewed())
        .given(salesQuestion("chat"))
        .when(contentViewed(), productViewed("c"))
        .then()
        .noDecisionOf("sales-ready-lead");
  }

  @Test
  void whoIsBuyingIsNoLead() {
    story()
        .given(productViewed("a"), productViewed("b"), contentViewed(), contentViewed())
        .given(checkoutStarted("c1"))
        .when(salesQuestion("chat"))
        .then()
        .noDecisionOf("sales-ready-lead");
  }

  @Test
  void aLeadIsHandedOverOncePerCycle() {
    Happening[] ready = {
      productViewed("a").at("+0s"),
      productViewed("b"),
      contentViewed(),
      contentViewed(),
      salesQuestion("chat")
    };
    Happening[] again = {
      productViewed("a").at("+20d"),
      productViewed("b"),
      contentViewed(),
      contentViewed(),
      salesQuestion("chat")
    };
    Happening[] returned = {
      productViewed("a").at("+200d"),
      productViewed("b"),
      contentViewed(),
      contentViewed(),
      salesQuestion("chat").at("+200d+1h")
    };
    story()
        .given(ready)
        .when(again)
        .then()
        .triggers("chat_escalation")
        .decision("sales-ready-lead", SUPPRESSED, Reason.ALREADY_ENTERED);
    story()
        .given(ready)
        .until("+199d")
        .given(pageViewed().at("+199d"))
        .when(returned)
        .then()
        .triggers("sales_lead");
  }

  // Win-back

  @Test
  void aDayAfterTheLapseAWordToComeBack() {
    Trigger word =
        story()
            .given(CONSENT, contentViewed().id("last").at("+0s"))
            .until("+91d")
            .then()
            .triggers("win_back")
            .trigger();
    assertThat(word.at()).isEqualTo(Story.moment("+91d"));
    assertThat(word.stage()).isEqualTo("lapsed");
    assertThat(word.causes()).extracting(Cause::event).containsExactly("last");
  }

  @Test
  void notToWhoReturnedBefore() {
    story()
        .given(CONSENT, contentViewed().at("+0s"))
        .when(pageViewed().at("+90d+1h"))
        .until("+100d")
        .then()
        .triggers()
        .decision("win-back", EXITED, "returned");
  }

  @Test
  void anAgentsMessageIsNotTheCustomersReturn() {
    story()
        .given(CONSENT, contentViewed().at("+0s"))
        .when(message("chat", "agent").at("+90d+1h"))
        .until("+91d")
        .then()
        .triggers("win_back");
  }

  @Test
  void oncePerCycle() {
    story()
        .given(CONSENT, contentViewed().at("+0s"), contentViewed().at("+100d"))
        .until("+300d")
        .then()
        .triggers("win_back")
        .cycle(2);
  }

  // Consent

  @Test
  void withoutAWordOfConsentMarketingIsWithheld() {
    story()
        .given(productAdded("c1", "mug", 500).at("+0s"))
        .until("+1h")
        .then()
        .triggers()
        .decision("abandoned-cart", SUPPRESSED, Reason.NO_CONSENT);
  }

  @Test
  void whoWithdrewConsentIsNotWrittenTo() {
    for (Happening no :
        List.of(
            consent("email", false),
            Happening.of(EventType.TRIGGER_UNSUBSCRIBED, "trigger_id", "t"))) {
      story()
          .given(CART)
          .when(no.at("+30m"))
          .until("+1h")
          .then()
          .triggers()
          .decision("abandoned-cart", SUPPRESSED, Reason.CONSENT_WITHDRAWN);
    }
  }

  @Test
  void consentForAnotherChannelOrPurposeIsNone() {
    for (Happening other :
        List.of(consent("sms", true), consent("email", true).with("purpose", "research"))) {
      story()
          .given(other, productAdded("c1", "mug", 500).at("+1m"))
          .until("+61m")
          .then()
          .triggers()
          .decision("abandoned-cart", SUPPRESSED, Reason.NO_CONSENT);
    }
  }

  @Test
  void whoAgreesAgainIsWrittenToAgain() {
    story()
        .given(consent("email", false), productAdded("c1", "mug", 500).at("+1m"))
        .when(consent("email", true).at("+2m"))
        .until("+61m")
        .then()
        .triggers("abandoned_cart");
  }

  @Test
  void aTaskForStaffNeedsNoConsent() {
    story()
        .given(consent("email", false), productViewed("a"), productViewed("b"))
        .given(contentViewed(), contentViewed())
        .when(salesQuestion("chat"))
        .until("+1h")
        .then()
        .triggers("sales_lead", "chat_escalation");
  }

  // History

  @Test
  void whatBelongsToHistoryIsDecidedAndWithheld() {
    Policy live = Policy.of(Duration.ofHours(1), Instant.ofEpochMilli(Story.moment("+2h")));
    story()
        .with(live)
        .given(CONSENT)
        .when(orderPlaced("o1").at("+0s"), productAdded("c1", "mug", 500).at("+1s"))
        .until("+2h-1ms")
        .then()
        .triggers()
        .stage("purchase")
        .decision("thank-you", SUPPRESSED, Reason.HISTORY)
        .decision("abandoned-cart", SUPPRESSED, Reason.HISTORY);
  }

  @Test
  void whatFallsDueWhenTriggersAreSentIsSent() {
    Policy live = Policy.of(Duration.ofHours(1), Instant.ofEpochMilli(Story.moment("+2h")));
    story()
        .with(live)
        .given(CONSENT)
        .when(productAdded("c1", "mug", 500).at("+1h"), orderPlaced("o1").at("+2h"))
        .until("+2h")
        .then()
        .triggers("thank_you");
    story()
        .with(live)
        .given(CONSENT)
        .when(productAdded("c1", "mug", 500).at("+1h"))
        .until("+2h")
        .then()
        .triggers("abandoned_cart");
  }

  @Test
  void everyGuardSaysWhatItSaw() {
    Effects effects =
        story().given(productAdded("c1", "mug", 500).at("+0s")).until("+1h").then().effects();
    assertThat(effects.decisions().get(0).verdicts())
        .extracting(verdict -> verdict.guard() + " " + verdict.passed() + ": " + verdict.detail())
        .containsExactly(
            "consent false: email:marketing",
            "items true: 1 of CART",
            "expiry true: valid until 2026-03-02T11:00:00Z");
    assertThat(effects.decisions().get(0).triggerId()).hasSize(32);
  }

  private static List<String> skus(Trigger trigger) {
    return trigger.items().stream().map(Trigger.Item::sku).toList();
  }

  private static Product product(String sku, boolean available, String... complements) {
    return new Product(
        sku, 0, sku, "things", new Money(500, "EUR"), available, List.of(complements));
  }

  private static Catalogue shop(Product... products) {
    Map<String, Product> shelf = new java.util.HashMap<>();
    for (Product product : products) {
      shelf.put(product.sku(), product);
    }
    return (sku, at) -> shelf.get(sku);
  }
}
