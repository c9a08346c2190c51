package io.lifestage.decision;

import static io.lifestage.decision.Happening.*;
import static io.lifestage.decision.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.EventType;
import io.lifestage.metric.Metrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default stage model: every move, and what does not make it. */
class StagesTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Happening[] AWARE = {pageViewed()};
  private static final Happening[] CONSIDERING = {contentViewed()};
  private static final Happening[] PURCHASING = {checkoutStarted("c1")};
  private static final Happening[] RETAINED = {orderPlaced("o1"), orderPaid("o1")};
  private static final Happening[] LOYAL = {orderPaid("o1"), orderPaid("o2"), orderPaid("o3")};

  // Awareness

  @Test
  void theFirstTouchMakesACustomerAware() {
    story()
        .when(pageViewed())
        .then()
        .moves("nobody > awareness: first_touch")
        .stage("awareness")
        .cycle(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EventType.ORDER_SHIPPED,
        EventType.ORDER_DELIVERED,
        EventType.ORDER_CANCELLED,
        EventType.ORDER_REFUNDED,
        EventType.TRIGGER_OPENED,
        EventType.TRIGGER_CLICKED,
        EventType.CONSENT_CHANGED,
        EventType.CUSTOMER_UPDATED,
        EventType.REFERRAL_CONVERTED
      })
  void whatOthersDoIsNoFirstTouch(String type) {
    story()
        .when(Happening.of(type, "order_id", "o1"))
        .then()
        .moves()
        .triggers()
        .stage(null)
        .cycle(0);
  }

  @Test
  void whatAnAgentWritesIsNoFirstTouch() {
    story().when(message("chat", "agent")).then().moves().stage(null);
  }

  // Consideration

  @Test
  void threeProductViewsInAWeekMakeACustomerConsider() {
    story()
        .given(productViewed("a"), productViewed("b").at("+3d"))
        .when(productViewed("c").at("+7d-1ms"))
        .then()
        .moves("awareness > consideration: three_views");
  }

  @Test
  void aViewExactlySevenDaysAgoCountsNoMore() {
    story()
        .given(productViewed("a").at("+0s"), productViewed("b").at("+3d"))
        .when(productViewed("c").at("+7d"))
        .then()
        .moves()
        .stage("awareness");
  }

  @Test
  void twoProductViewsDoNotMakeACustomerConsider() {
    story().given(productViewed("a")).when(productViewed("b")).then().moves().stage("awareness");
  }

  @Test
  void contentMakesACustomerConsider() {
    story().given(AWARE).when(contentViewed()).then().moves("awareness > consideration: content");
  }

  @Test
  void aChatMakesACustomerConsider() {
    story()
        .given(AWARE)
        .when(message("chat", "customer"))
        .then()
        .moves("awareness > consideration: chat");
  }

  @Test
  void anAgentsOrABotsMessageMovesNobody() {
    story()
        .given(AWARE)
        .when(message("chat", "agent"), message("chat", "bot"))
        .then()
        .moves()
        .stage("awareness");
  }

  @Test
  void aCartMakesACustomerConsider() {
    story()
        .given(AWARE)
        .when(productAdded("c1", "mug", 500))
        .then()
        .moves("awareness > consideration: cart");
  }

  @Test
  void searchingAndClickingDoNotMakeACustomerConsider() {
    story()
        .given(AWARE)
        .when(
            Happening.of(EventType.PRODUCTS_SEARCHED, "query", "mug"),
            Happening.of(EventType.CAMPAIGN_CLICKED, "campaign", "spring"),
            Happening.of(EventType.PRODUCT_ADDED_TO_WISHLIST, "sku", "mug"))
        .then()
        .moves()
        .stage("awareness");
  }

  // Purchase

  @Test
  void aCheckoutIsAPurchaseBegun() {
    story()
        .given(CONSIDERING)
        .when(checkoutStarted("c1"))
        .then()
        .moves("consideration > purchase: checkout");
  }

  @Test
  void anOrderIsAPurchaseBegun() {
    story()
        .given(CONSIDERING)
        .when(orderPlaced("o1"))
        .then()
        .moves("consideration > purchase: order");
  }

  @Test
  void anOrderCancelledBeforeItWasPlacedIsNoPurchase() {
    story()
        .given(contentViewed(), orderCancelled("o1"))
        .when(orderPlaced("o1"))
        .then()
        .moves()
        .stage("consideration");
  }

  @Test
  void oneEventMayLeadThroughSeveralStages() {
    story()
        .when(checkoutStarted("c1"))
        .then()
        .moves("nobody > awareness: first_touch", "awareness > purchase: checkout");
  }

  @Test
  void aPurchaseNotPaidWithinADayIsNoneAnyMore() {
    story()
        .given(PURCHASING)
        .until("+24h")
        .then()
        .moves("purchase > consideration: not_paid")
        .movedAt("+24h");
  }

  @Test
  void aPurchaseStandsForAFullDay() {
    story().given(PURCHASING).until("+24h-1ms").then().moves().stage("purchase");
  }

  @Test
  void whoPaysAtTheVeryDeadlinePaysInTime() {
    story()
        .given(orderPlaced("o1").at("+0s"))
        .when(orderPaid("o1").at("+24h"))
        .until("+25h")
        .then()
        .moves("purchase > retention: paid");
  }

  @Test
  void whoPaysAMillisecondAfterTheDeadlineComesFromConsideration() {
    story()
        .given(orderPlaced("o1").at("+0s"))
        .when(orderPaid("o1").at("+24h+1ms"))
        .then()
        .moves("purchase > consideration: not_paid", "consideration > retention: paid");
  }

  @Test
  void aSecondCheckoutDoesNotProlongThePurchase() {
    story()
        .given(checkoutStarted("c1").at("+0s"), checkoutStarted("c1").at("+23h"))
        .until("+24h")
        .then()
        .moves("purchase > consideration: not_paid");
  }

  // Steps back out of the purchase

  @Test
  void cancellingTheOnlyOrderEndsThePurchase() {
    story()
        .given(contentViewed(), orderPlaced("o1"))
        .when(orderCancelled("o1"))
        .then()
        .moves("purchase > consideration: order_undone");
  }

  @Test
  void cancellingOneOfTwoOrdersDoesNotEndThePurchase() {
    story()
        .given(orderPlaced("o1"), orderPlaced("o2"))
        .when(orderCancelled("o1"))
        .then()
        .moves()
        .stage("purchase");
  }

  @Test
  void cancellingAnOrderOfLongAgoDoesNotEndTheCheckoutOfToday() {
    story()
        .given(orderPlaced("o1").at("+0s"), checkoutStarted("c2").at("+10d"))
        .when(orderCancelled("o1").at("+10d+1h"))
        .then()
        .moves()
        .stage("purchase");
  }

  @Test
  void anUnpaidOrderOfLongAgoDoesNotCarryThePurchaseOfToday() {
    story()
        .given(orderPlaced("o1").at("+0s"), orderPlaced("o2").at("+10d"))
        .when(orderCancelled("o2").at("+10d+1h"))
        .then()
        .moves("purchase > consideration: order_undone");
  }

  @Test
  void anOrderUndoneBeforeItWasPlacedDoesNotCarryThePurchase() {
    story()
        .given(contentViewed(), orderCancelled("o1"), orderPlaced("o1"), orderPlaced("o2"))
        .when(orderCancelled("o2"))
        .then()
        .moves("purchase > consideration: order_undone");
  }

  // Retention

  @Test
  void theFirstPaidOrderRetainsACustomer() {
    story()
        .given(orderPlaced("o1"))
        .when(orderPaid("o1"))
        .then()
        .moves("purchase > retention: paid");
  }

  @Test
  void anOrderPaidAfterItsCancellationRetainsNobody() {
    story()
        .given(orderPlaced("o1"), orderCancelled("o1"))
        .when(orderPaid("o1"))
        .then()
        .moves()
        .stage("consideration");
  }

  @Test
  void cancellingTheOrderThatAloneCarriedRetentionStepsBack() {
    story()
        .given(RETAINED)
        .when(orderCancelled("o1"))
        .then()
        .moves("retention > consideration: order_undone");
  }

  @Test
  void payingBackTheWholeOrderThatAloneCarriedRetentionStepsBack() {
    story()
        .given(RETAINED)
        .when(orderRefunded("o1", 400), orderRefunded("o1", 600))
        .then()
        .moves("retention > consideration: order_undone");
  }

  @Test
  void payingBackAPartLeavesTheStage() {
    story().given(RETAINED).when(orderRefunded("o1", 999)).then().moves().stage("retention");
  }

  @Test
  void cancellingOneOfTwoPaidOrdersLeavesTheStage() {
    story()
        .given(orderPaid("o1"), orderPaid("o2"))
        .when(orderCancelled("o1"))
        .then()
        .moves()
        .stage("retention");
  }

  @Test
  void cancellingAnUnpaidOrderLeavesRetention() {
    story()
        .given(orderPaid("o1"), orderPlaced("o2"))
        .when(orderCancelled("o2"))
        .then()
        .moves()
        .stage("retention");
  }

  @Test
  void cancellingAnOrderNobodyKnowsLeavesRetention() {
    story().given(RETAINED).when(orderCancelled("C17").worth(1000)).then().moves();
  }

  @Test
  void anotherCheckoutDoesNotTakeACustomerOutOfRetention() {
    story()
        .given(RETAINED)
        .when(checkoutStarted("c2"), orderPlaced("o2"))
        .then()
        .moves()
        .stage("retention");
  }

  // Loyalty

  @Test
  void threePaidOrdersInAYearMakeACustomerLoyal() {
    story()
        .given(orderPaid("o1").at("+0s"), orderPaid("o2"), contentViewed().at("+80d"))
        .given(
            contentViewed().at("+160d"), contentViewed().at("+240d"), contentViewed().at("+320d"))
        .when(orderPaid("o3").at("+365d-1ms"))
        .then()
        .moves("retention > loyalty: three_paid_orders");
  }

  @Test
  void anOrderPaidExactlyAYearAgoCountsNoMore() {
    story()
        .given(orderPaid("o1").at("+0s"), orderPaid("o2"), contentViewed().at("+80d"))
        .given(
            contentViewed().at("+160d"), contentViewed().at("+240d"), contentViewed().at("+320d"))
        .when(orderPaid("o3").at("+365d"))
        .then()
        .moves()
        .stage("retention");
  }

  @Test
  void theSameOrderPaidThreeTimesMakesNobodyLoyal() {
    story()
        .given(RETAINED)
        .when(orderPaid("o1"), orderPaid("o1"))
        .then()
        .moves()
        .stage("retention");
  }

  @Test
  void anOrderPaidAfterItsCancellationDoesNotCountForLoyalty() {
    story()
        .given(orderPaid("o1"), orderPaid("o2"), orderCancelled("o3"))
        .when(orderPaid("o3"))
        .then()
        .moves()
        .stage("retention");
  }

  @Test
  void anOrderCancelledBeforeDoesNotCountForLoyalty() {
    story()
        .given(orderPaid("o1"), orderPaid("o2"), orderCancelled("o2"))
        .when(orderPaid("o3"))
        .then()
        .moves()
        .stage("retention");
  }

  @Test
  void ordersOfAnEarlierCycleCountForLoyalty() {
    story()
        .given(orderPaid("o1").at("+0s"), orderPaid("o2"))
        .when(orderPaid("o3").at("+100d"))
        .then()
        .moves(
            "retention > lapsed: silence",
            "lapsed > awareness: returned",
            "awareness > retention: paid",
            "retention > loyalty: three_paid_orders")
        .cycle(2);
  }

  @Test
  void aReferralThatBoughtMakesACustomerLoyal() {
    story().given(AWARE).when(referralConverted()).then().moves("awareness > loyalty: referral");
  }

  @Test
  void sharingAReferralMakesNobodyLoyal() {
    story().given(AWARE).when(Happening.of(EventType.REFERRAL_SHARED)).then().moves();
  }

  @Test
  void aReferralDoesNotBringBackWhoIsLost() {
    story()
        .given(AWARE)
        .until("+100d")
        .given(referralConverted().at("+101d"))
        .when()
        .then()
        .stage("lapsed");
  }

  @Test
  void undoingTheThirdOrderTakesLoyaltyBack() {
    story()
        .given(LOYAL)
        .when(orderCancelled("o2"))
        .then()
        .moves("loyalty > retention: order_undone");
  }

  @Test
  void undoingOneOfFourOrdersLeavesLoyalty() {
    story().given(LOYAL).given(orderPaid("o4")).when(orderCancelled("o2")).then().moves();
  }

  @Test
  void undoingAnOrderLeavesTheLoyaltyOfAReferral() {
    story()
        .given(LOYAL)
        .given(referralConverted())
        .when(orderCancelled("o2"))
        .then()
        .moves()
        .stage("loyalty");
  }

  @Test
  void undoingTheOnlyOrderOfACycleStepsBackTwice() {
    story()
        .given(orderPaid("o1").at("+0s"), orderPaid("o2"), orderPaid("o3").at("+100d"))
        .when(orderCancelled("o3"))
        .then()
        .moves("loyalty > retention: order_undone", "retention > consideration: order_undone")
        .cycle(2);
  }

  @Test
  void undoingEveryOrderOneByOneStepsBackTwice() {
    story()
        .given(LOYAL)
        .when(orderCancelled("o1"), orderCancelled("o2"), orderCancelled("o3"))
        .then()
        .moves("loyalty > retention: order_undone", "retention > consideration: order_undone");
  }

  // Silence and return

  @Test
  void silenceForNinetyDaysLapsesTheCustomer() {
    story()
        .given(contentViewed().at("+0s"))
        .until("+90d")
        .then()
        .moves("consideration > lapsed: silence")
        .movedAt("+90d");
  }

  @Test
  void silenceForAMillisecondLessDoesNot() {
    story().given(contentViewed().at("+0s")).until("+90d-1ms").then().moves();
  }

  @Test
  void aSignOfLifeAtTheVeryDeadlineKeepsTheCustomer() {
    story()
        .given(contentViewed().at("+0s"))
        .when(pageViewed().at("+90d"))
        .until("+91d")
        .then()
        .moves();
  }

  @Test
  void aSignOfLifeAMillisecondTooLateIsAReturn() {
    story()
        .given(contentViewed().at("+0s"))
        .when(pageViewed().at("+90d+1ms"))
        .then()
        .moves("consideration > lapsed: silence", "lapsed > awareness: returned")
        .cycle(2);
  }

  @Test
  void silenceLapsesFromEveryStage() {
    for (Happening[] beginning :
        new Happening[][] {
          AWARE, CONSIDERING, RETAINED, LOYAL, {pageViewed(), referralConverted()}
        }) {
      story().given(beginning).until("+91d").then().stage("lapsed").cycle(1);
    }
    story()
        .given(PURCHASING)
        .until("+90d")
        .then()
        .moves("purchase > consideration: not_paid", "consideration > lapsed: silence")
        .movedAt("+90d");
  }

  @Test
  void whatOthersDoIsNoSignOfLife() {
    story()
        .given(orderPaid("o1").at("+0s"), contentViewed().at("+1s"))
        .when(
            orderDelivered("o1").at("+40d"),
            message("chat", "agent").at("+50d"),
            Happening.of(EventType.TRIGGER_OPENED, "trigger_id", "t").at("+60d"))
        .until("+90d+1s")
        .then()
        .moves("retention > lapsed: silence");
  }

  @Test
  void whoIsLostStaysLost() {
    story()
        .given(contentViewed())
        .until("+91d")
        .given(pageViewed().at("+91d"))
        .until("+5000d")
        .then()
        .stage("lapsed")
        .cycle(2);
    assertThat(story().given(contentViewed()).untilTheEndOfTime().then().nextDeadline())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aReturnBeginsTheNextCycle() {
    story()
        .given(contentViewed().at("+0s"))
        .until("+100d")
        .when(orderPlaced("o1").at("+100d+1s"))
        .then()
        .moves(
            "consideration > lapsed: silence",
            "lapsed > awareness: returned",
            "awareness > purchase: order")
        .cycle(2);
  }

  @Test
  void anAgentsMessageIsNoReturn() {
    story()
        .given(contentViewed().at("+0s"), pageViewed())
        .until("+100d")
        .when(message("chat", "agent").at("+101d"))
        .then()
        .moves("consideration > lapsed: silence")
        .stage("lapsed");
  }

  @Test
  void theOrderOfAnEarlierCycleDoesNotCarryThePresentOne() {
    story()
        .given(orderPaid("o1").at("+0s"), orderPaid("o2").at("+100d"))
        .when(orderCancelled("o1").at("+101d"))
        .then()
        .moves()
        .stage("retention")
        .cycle(2);
  }

  // Evidence

  @Test
  void aTransitionNamesTheEventsThatItRestsOn() {
    Effects effects =
        story()
            .given(productViewed("a").id("one"), productViewed("b").id("two"))
            .when(productViewed("c").id("three"))
            .then()
            .effects();
    assertThat(effects.transitions().get(0).evidence()).containsExactly("three", "two", "one");
  }

  @Test
  void aLapseNamesTheLastSignOfLife() {
    Effects effects =
        story()
            .given(contentViewed().id("last"), orderDelivered("o1").id("not this"))
            .until("+91d")
            .then()
            .effects();
    assertThat(effects.transitions().get(0).evidence()).containsExactly("last");
  }

  @Test
  void anUnpaidPurchaseNamesTheEventThatBeganIt() {
    Effects effects =
        story()
            .given(checkoutStarted("c1").id("begun"), pageViewed())
            .until("+24h")
            .then()
            .effects();
    assertThat(effects.transitions().get(0).evidence()).containsExactly("begun");
  }

  // What the metrics are told

  @Test
  void aStepForwardSaysHowLongItTook() {
    story()
        .when(pageViewed().at("+0s"), contentViewed().at("+1h"), checkoutStarted("c1").at("+3h"))
        .then()
        .observed(Metrics.TIME_TO_STAGE, "consideration", 1, HOUR)
        .observed(Metrics.TIME_TO_STAGE, "purchase", 1, 3 * HOUR)
        .observed(Metrics.DWELL, "awareness", 1, HOUR)
        .observed(Metrics.DWELL, "consideration", 1, 2 * HOUR)
        .counted(Metrics.ADVANCES, "stage", "awareness", 1)
        .counted(Metrics.ADVANCES, "stage", "consideration", 1)
        .counted(Metrics.LAPSES, "stage", "awareness", 0);
  }

  @Test
  void aStepBackIsALossAndNeitherAnAdvanceNorALapse() {
    story()
        .given(checkoutStarted("c1"))
        .until("+2d")
        .then()
        .counted(Metrics.CUSTOMERS_LOST, "stage", "purchase", 1)
        .counted(Metrics.DWELL, "stage", "purchase", 1)
        .counted(Metrics.ADVANCES, "stage", "purchase", 0)
        .counted(Metrics.LAPSES, "stage", "purchase", 0)
        .counted(Metrics.TIME_TO_STAGE, "stage", "consideration", 0);
  }

  @Test
  void whoLapsesAndComesBackBeginsAnotherCycle() {
    story()
        .when(pageViewed().at("+0s"), pageViewed().at("+100d"), contentViewed().at("+100d+1h"))
        .then()
        .cycle(2)
        .counted(Metrics.LAPSES, "stage", "awareness", 1)
        .counted(Metrics.LAPSES, "cause", "silence", 1)
        .counted(Metrics.RETURNS, "cycle", "2", 1)
        .counted(Metrics.RETURNS, "cause", "returned", 1)
        .counted(Metrics.ADVANCES, "stage", "lapsed", 0)
        .observed(Metrics.TIME_TO_STAGE, "consideration", 1, HOUR)
        .counted(Metrics.DWELL, "stage", "lapsed", 1);
  }

  @Test
  void theFirstCycleIsNoReturn() {
    story().when(pageViewed()).then().counted(Metrics.RETURNS, "cycle", "1", 0);
  }
}
