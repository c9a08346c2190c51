package io.lifestage.decision;

import static io.lifestage.decision.Happening.*;
import static io.lifestage.decision.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a customer after what happened, and what the metrics are told of it. */
class FactsTest {

  // Who came, and what brought them

  @Test
  void aNewVisitorIsCountedByWhatBroughtThemAndOnlyOnce() {
    Happening ad =
        pageViewed()
            .with(Attribute.SOURCE, "search")
            .with(Attribute.MEDIUM, "cpc")
            .with(Attribute.CAMPAIGN, "spring")
            .with(Attribute.COUNTRY, "GB");
    story()
        .when(ad, ad)
        .then()
        .counted(Metrics.NEW_VISITORS, "source", "search", 1)
        .counted(Metrics.NEW_VISITORS, "campaign", "spring", 1)
        .counted(Metrics.NEW_VISITORS, "country", "GB", 1)
        .counted(Metrics.NEW_VISITORS, "touch", "paid", 1)
        .counted(Metrics.NEW_VISITORS, "touch", "unpaid", 0);
  }

  @ParameterizedTest
  @CsvSource({
    "organic, unpaid",
    "referral, unpaid",
    "email, unpaid",
    "none, unpaid",
    "cpc, paid",
    "CPM, paid",
    "ppc, paid",
    "retargeting, paid",
    "paid_social, paid"
  })
  void aFirstTouchIsPaidWhereItsMediumIs(String medium, String touch) {
    story()
        .when(pageViewed().with(Attribute.MEDIUM, medium))
        .then()
        .counted(Metrics.NEW_VISITORS, "touch", touch, 1)
        .counted(Metrics.NEW_VISITORS, "source", "unknown", 1);
  }

  @Test
  void aVisitReachesTheCustomerByItsSourceAndItsCampaign() {
    story()
        .when(
            pageViewed().with(Attribute.SOURCE, "search"),
            pageViewed().with(Attribute.SOURCE, "letter").with(Attribute.CAMPAIGN, "spring"),
            pageViewed())
        .then()
        .counted(Metrics.REACH, "source", "search", 1)
        .counted(Metrics.REACH, "source", "letter", 1)
        .counted(Metrics.REACH, "campaign", "spring", 1);
  }

  @Test
  void anActiveCustomerIsCountedOncePerPaneOfFiveSeconds() {
    story()
        .when(
            pageViewed().at("+0s"),
            pageViewed().at("+4s"),
            pageViewed().at("+5s"),
            pageViewed().at("+30s"))
        .then()
        .counted(Metrics.ACTIVE_CUSTOMERS, "", "", 3);
  }

  @Test
  void whatStaffWriteMakesNobodyActive() {
    story()
        .when(message("chat", "agent").with(Attribute.SOURCE, "desk"))
        .then()
        .counted(Metrics.ACTIVE_CUSTOMERS, "", "", 0)
        .counted(Metrics.ENGAGED_CUSTOMERS, "", "", 0)
        .counted(Metrics.REACH, "source", "desk", 0)
        .counted(Metrics.NEW_VISITORS, "touch", "unpaid", 0);
  }

  @Test
  void whoOnlyViewsPagesIsNotEngaged() {
    story().when(pageViewed()).then().counted(Metrics.ENGAGED_CUSTOMERS, "", "", 0);
    story().when(contentViewed()).then().counted(Metrics.ENGAGED_CUSTOMERS, "", "", 1);
  }

  @Test
  void contentIsReadAndFriendsAreTold() {
    story()
        .when(contentViewed(), Happening.of(EventType.REFERRAL_SHARED), referralConverted())
        .then()
        .counted(Metrics.CONTENT_READS, "content_type", "article", 1)
        .counted(Metrics.REFERRALS, "what", "shared", 1)
        .counted(Metrics.REFERRALS, "what", "converted", 1);
  }

  // Orders and money

  @Test
  void aFirstOrderAndTheNextAreToldApart() {
    long day = Duration.ofDays(1).toMillis();
    story()
        .when(
            pageViewed().at("+0s").with(Attribute.SOURCE, "search"),
            orderPaid("o1").at("+1d").with(Attribute.PAYMENT_METHOD, "card"),
            orderPaid("o2").at("+3d"))
        .then()
        .counted(Metrics.ORDERS_PAID, "order", "first", 1)
        .counted(Metrics.ORDERS_PAID, "order", "repeat", 1)
        .counted(Metrics.ORDERS_PAID, "source", "search", 2)
        .counted(Metrics.BUYERS, "", "", 2)
        .counted(Metrics.PAYMENT_SUCCEEDED, "method", "card", 1)
        .counted(Metrics.PAYMENT_SUCCEEDED, "method", "unknown", 1)
        .observed(Metrics.TIME_TO_FIRST_ORDER, "", 1, day)
        .observed(Metrics.TIME_BETWEEN_ORDERS, "", 1, 2 * day)
        .observed(Metrics.ORDER_VALUE, "EUR", 2, 2000)
        .observed(Metrics.LIFETIME_VALUE, "EUR", 2, 3000);
  }

  @Test
  void whatIsSoldIsCountedByTheCategoryThatItHasThen() {
    Product mug = new Product("mug", 0, "Mug", "kitchen", Money.NONE, true, List.of());
    story()
        .with((sku, at) -> sku.equals("mug") ? mug : null)
        .when(orderPaid("o1", "mug", "rake"))
        .then()
        .counted(Metrics.UNITS_SOLD, "category", "kitchen", 1)
        .counted(Metrics.UNITS_SOLD, "category", "unknown", 1);
  }

  @Test
  void anOrderPaidTwiceIsCountedOnceEverywhere() {
    story()
        .when(orderPaid("o1"), orderPaid("o1"))
        .then()
        .counted(Metrics.ORDERS_PAID, "order", "first", 1)
        .counted(Metrics.ORDERS_PAID, "order", "repeat", 0)
        .counted(Metrics.PAYMENT_SUCCEEDED, "method", "unknown", 1)
        .observed(Metrics.ORDER_VALUE, "EUR", 1, 1000);
  }

  @Test
  void aCartIsOpenedByItsFirstProduct() {
    story()
        .when(
            Happening.of(EventType.CART_VIEWED, Attribute.CART_ID, "c1"),
            productAdded("c1", "mug", 500),
            productAdded("c1", "cup", 500))
        .then()
        .counted(Metrics.CARTS_OPENED, "", "", 1);
  }

  @Test
  void aPaidOrderIsWorthWhatItCost() {
    Customer ada =
        story()
            .when(orderPlaced("o1", "mug"), orderPaid("o1"))
            .then()
            .observed(Metrics.REVENUE, "EUR", 1, 1000)
            .customer();
    assertThat(ada.paidOrders()).isEqualTo(1);
    assertThat(ada.lifetimeValue()).containsEntry("EUR", 1000L);
    assertThat(ada.owned()).containsOnlyKeys("mug");
  }

  @Test
  void aPlacedOrderIsWorthNothingYet() {
    Customer ada =
        story()
            .when(orderPlaced("o1", "mug"))
            .then()
            .observed(Metrics.REVENUE, "EUR", 0, 0)
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isZero();
    assertThat(ada.owned()).isEmpty();
  }

  @Test
  void anOrderPaidTwiceIsOneOrder() {
    Customer ada =
        story()
            .when(orderPlaced("o1"), orderPaid("o1"), orderPaid("o1"))
            .then()
            .observed(Metrics.REVENUE, "EUR", 1, 1000)
            .customer();
    assertThat(ada.paidOrders()).isEqualTo(1);
    assertThat(value(ada)).isEqualTo(1000);
  }

  @Test
  void aPaymentThatComesBeforeTheOrderCountsTheSame() {
    Customer ada =
        story()
            .when(
                Happening.of(EventType.ORDER_PAID, Attribute.ORDER_ID, "o1"),
                orderPlaced("o1", "mug"))
            .then()
            .observed(Metrics.REVENUE, "EUR", 1, 1000)
            .customer();
    assertThat(ada.paidOrders()).isEqualTo(1);
    assertThat(value(ada)).isEqualTo(1000);
    assertThat(ada.owned()).containsOnlyKeys("mug");
  }

  @Test
  void aPartPaidBackLeavesTheOrder() {
    Customer ada =
        story()
            .given(orderPlaced("o1", "mug"), orderPaid("o1"))
            .when(orderRefunded("o1", 300))
            .then()
            .observed(Metrics.REFUNDS, "EUR", 1, 300)
            .customer();
    assertThat(ada.paidOrders()).isEqualTo(1);
    assertThat(value(ada)).isEqualTo(700);
    assertThat(ada.owned()).containsOnlyKeys("mug");
  }

  @Test
  void partsThatMakeTheWholeUndoTheOrder() {
    Customer ada =
        story()
            .given(orderPlaced("o1", "mug"), orderPaid("o1"))
            .when(orderRefunded("o1", 300), orderRefunded("o1", 700))
            .then()
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isZero();
    assertThat(ada.owned()).isEmpty();
  }

  @Test
  void aSignOnTheMoneyPaidBackDoesNotMatter() {
    Customer ada =
        story()
            .given(orderPlaced("o1"), orderPaid("o1"))
            .when(orderRefunded("o1", -300))
            .then()
            .customer();
    assertThat(value(ada)).isEqualTo(700);
  }

  @Test
  void cancellingAPaidOrderGivesBackWhatWasNotYetGivenBack() {
    Customer ada =
        story()
            .given(orderPlaced("o1"), orderPaid("o1"), orderRefunded("o1", 300))
            .when(orderCancelled("o1"))
            .then()
            .observed(Metrics.REFUNDS, "EUR", 1, 700)
            .observed(Metrics.CANCELLATIONS, "", 1, 0)
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isZero();
  }

  @Test
  void theMoneyOfACancelledOrderIsNotGivenBackTwice() {
    Customer ada =
        story()
            .given(orderPlaced("o1"), orderPaid("o1"))
            .when(orderCancelled("o1"), orderRefunded("o1", 1000))
            .then()
            .observed(Metrics.REFUNDS, "EUR", 1, 1000)
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isZero();
  }

  @Test
  void anOrderCancelledTwiceIsCancelledOnce() {
    Customer ada =
        story()
            .given(orderPlaced("o1"), orderPaid("o1"))
            .when(orderCancelled("o1"), orderCancelled("o1"))
            .then()
            .observed(Metrics.CANCELLATIONS, "", 1, 0)
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isZero();
  }

  @Test
  void cancellingAnUnpaidOrderMovesNoMoney() {
    Customer ada =
        story()
            .given(orderPlaced("o1"))
            .when(orderCancelled("o1").worth(1000))
            .then()
            .observed(Metrics.REFUNDS, "EUR", 0, 0)
            .customer();
    assertThat(value(ada)).isZero();
  }

  @Test
  void aCancelledOrderPaidLaterIsWorthNothing() {
    Customer ada =
        story()
            .given(orderPlaced("o1", "mug"), orderCancelled("o1"))
            .when(orderPaid("o1"))
            .then()
            .observed(Metrics.REVENUE, "EUR", 0, 0)
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isZero();
    assertThat(ada.owned()).isEmpty();
  }

  @Test
  void aCancellationOfAnOrderNobodyKnowsGivesBackWhatItSays() {
    Customer ada =
        story()
            .given(orderPlaced("o1"), orderPaid("o1"))
            .when(orderCancelled("C17").worth(-400))
            .then()
            .observed(Metrics.REFUNDS, "EUR", 1, 400)
            .customer();
    assertThat(ada.paidOrders()).isEqualTo(1);
    assertThat(value(ada)).isEqualTo(600);
  }

  @Test
  void aRefundOfAnOrderNobodyKnowsGivesBackWhatItSays() {
    Customer ada =
        story()
            .when(orderRefunded("x", 400), orderRefunded("x", 100))
            .then()
            .observed(Metrics.REFUNDS, "EUR", 2, 500)
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isEqualTo(-500);
  }

  @Test
  void aRefundThatComesBeforeThePaymentIsNotLost() {
    Customer ada =
        story()
            .when(orderPlaced("o1"), orderRefunded("o1", 300), orderPaid("o1"))
            .then()
            .customer();
    assertThat(ada.paidOrders()).isEqualTo(1);
    assertThat(value(ada)).isEqualTo(700);
  }

  @Test
  void aWholeRefundThatComesBeforeThePaymentLeavesNothing() {
    Customer ada =
        story()
            .when(orderPlaced("o1", "mug"), orderRefunded("o1", 1000), orderPaid("o1"))
            .then()
            .observed(Metrics.REVENUE, "EUR", 0, 0)
            .observed(Metrics.REFUNDS, "EUR", 0, 0)
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isZero();
    assertThat(ada.owned()).isEmpty();
  }

  @Test
  void theRefundOfACancelledOrderNobodyKnowsIsTheSameMoney() {
    Customer ada =
        story().when(orderCancelled("x").worth(400), orderRefunded("x", 400)).then().customer();
    assertThat(value(ada)).isEqualTo(-400);
  }

  @Test
  void moreMayBePaidBackThanWasPaid() {
    Customer ada =
        story()
            .given(orderPlaced("o1"), orderPaid("o1"))
            .when(orderRefunded("o1", 1200))
            .then()
            .customer();
    assertThat(ada.paidOrders()).isZero();
    assertThat(value(ada)).isEqualTo(-200);
  }

  @Test
  void currenciesAreNotAdded() {
    Happening dollars = orderPlaced("o2");
    Happening inDollars =
        new Happening(
            null, null, dollars.type(), dollars.attributes(), dollars.lines(), new Money(5, "USD"));
    Happening paid = Happening.of(EventType.ORDER_PAID, Attribute.ORDER_ID, "o2");
    Customer ada =
        story().when(orderPlaced("o1"), orderPaid("o1"), inDollars, paid).then().customer();
    assertThat(ada.lifetimeValue()).containsEntry("EUR", 1000L).containsEntry("USD", 5L);
  }

  @Test
  void theGuestsOrderIsAnOrder() {
    story()
        .when(orderPlaced("o1"), orderPaid("o1"))
        .then()
        .stage("retention")
        .triggers("thank_you");
  }

  // Carts

  @Test
  void aCartHoldsWhatWasAddedLessWhatWasRemoved() {
    Customer ada =
        story()
            .when(
                productAdded("c1", "mug", 500).with(Attribute.QUANTITY, "3"),
                productAdded("c1", "cup", 300),
                productRemoved("c1", "mug"),
                productRemoved("c1", "spoon"))
            .then()
            .customer();
    assertThat(ada.carts().get("c1").lines())
        .extracting(line -> line.sku() + " " + line.quantity() + " x " + line.unitPrice())
        .containsExactlyInAnyOrder("cup 1 x 300", "mug 2 x 500");
    assertThat(ada.carts().get("c1").value()).isEqualTo(new Money(1300, "EUR"));
  }

  @Test
  void anOrderClosesItsCart() {
    Customer ada =
        story()
            .given(productAdded("c1", "mug", 500), productAdded("c2", "mug", 500))
            .when(orderPlaced("o1").with(Attribute.CART_ID, "c1"))
            .then()
            .customer();
    assertThat(ada.carts()).containsOnlyKeys("c2");
  }

  @Test
  void anOrderOfNoNamedCartClosesAllAsTheJourneysTakeIt() {
    Customer ada =
        story()
            .given(productAdded("c1", "mug", 500), productAdded("c2", "mug", 500))
            .when(orderPlaced("o1"))
            .until("+3h")
            .then()
            .observed(Metrics.ABANDONED, "cart", 0, 0)
            .customer();
    assertThat(ada.carts()).isEmpty();
  }

  @Test
  void aCartLeftForAnHourIsCountedOnce() {
    story()
        .given(productAdded("c1", "mug", 500).at("+0s"))
        .until("+1h-1ms")
        .then()
        .observed(Metrics.ABANDONED, "cart", 0, 0);
    story()
        .given(productAdded("c1", "mug", 500).at("+0s"))
        .until("+20h")
        .then()
        .observed(Metrics.ABANDONED, "cart", 1, 0);
  }

  @Test
  void aCheckoutLeftIsCountedAsSuch() {
    story()
        .given(productAdded("c1", "mug", 500), checkoutStarted("c1"))
        .until("+2h")
        .then()
        .observed(Metrics.ABANDONED, "checkout", 1, 0)
        .observed(Metrics.ABANDONED, "cart", 0, 0);
  }

  @Test
  void anEmptyOrAnOrderedCartIsNotLeft() {
    story()
        .given(productAdded("c1", "mug", 500), productRemoved("c1", "mug"))
        .given(productAdded("c2", "mug", 500), orderPlaced("o1").with(Attribute.CART_ID, "c2"))
        .given(Happening.of(EventType.CART_VIEWED, Attribute.CART_ID, "c2"))
        .until("+3h")
        .then()
        .observed(Metrics.ABANDONED, "cart", 0, 0);
  }

  @Test
  void aCartOfMonthsAgoIsForgotten() {
    Story story = story().given(productAdded("c1", "mug", 500).at("+0s"));
    assertThat(story.given(pageViewed().at("+30d")).then().customer().carts()).hasSize(1);
    assertThat(story.given(pageViewed().at("+30d+1ms")).then().customer().carts()).isEmpty();
  }

  // Checkout funnel

  @Test
  void theFunnelCountsEveryStep() {
    story()
        .when(
            checkoutStarted("c1"),
            step("c1", "address"),
            Happening.of(EventType.PAYMENT_FAILED, Attribute.PAYMENT_METHOD, "card"),
            orderPlaced("o1"),
            orderPaid("o1"),
            orderPaid("o1"))
        .then()
        .observed(Metrics.CHECKOUT_STEP, "started", 1, 0)
        .observed(Metrics.CHECKOUT_STEP, "address", 1, 0)
        .observed(Metrics.CHECKOUT_STEP, "placed", 1, 0)
        .observed(Metrics.CHECKOUT_STEP, "paid", 1, 0)
        .observed(Metrics.PAYMENT_FAILED, "card", 1, 0);
  }

  @Test
  void whoComesBackToACheckoutReachesItsStepsOnce() {
    story()
        .given(productAdded("c1", "mug", 500), checkoutStarted("c1"), step("c1", "address"))
        .when(checkoutStarted("c1").at("+1d"), step("c1", "address"), step("c1", "payment"))
        .then()
        .observed(Metrics.CHECKOUT_STEP, "started", 0, 0)
        .observed(Metrics.CHECKOUT_STEP, "address", 0, 0)
        .observed(Metrics.CHECKOUT_STEP, "payment", 1, 0);
  }

  @Test
  void anotherCartReachesTheStepsAnew() {
    story()
        .given(productAdded("c1", "mug", 500), checkoutStarted("c1"))
        .when(productAdded("c2", "mug", 500), checkoutStarted("c2"))
        .then()
        .observed(Metrics.CHECKOUT_STEP, "started", 1, 0);
  }

  @Test
  void aCartThatIsLeftAgainAndAgainWasLostOnceAsACartAndOnceAsACheckout() {
    story()
        .when(
            productAdded("c1", "mug", 500).at("+0s"),
            productAdded("c1", "pot", 500).at("+5h"),
            checkoutStarted("c1").at("+10h"),
            checkoutStarted("c1").at("+15h"))
        .until("+20h")
        .then()
        .observed(Metrics.ABANDONED, "cart", 1, 0)
        .observed(Metrics.ABANDONED, "checkout", 1, 0);
  }

  private static Happening step(String cart, String step) {
    return Happening.of(
        EventType.CHECKOUT_STEP_COMPLETED, Attribute.CART_ID, cart, Attribute.CHECKOUT_STEP, step);
  }

  // Chats

  @Test
  void theResponseTimeRunsFromTheFirstQuestionToAPersonsAnswer() {
    story()
        .when(
            salesQuestion("chat").at("+0s"),
            message("chat", "bot").at("+10s"),
            message("chat", "customer").at("+1m"),
            message("chat", "agent").at("+2m"),
            message("chat", "customer").at("+3m"),
            message("chat", "agent").at("+9m"))
        .then()
        .observed(Metrics.CHATS_STARTED, "sales", 1, 0)
        .observed(Metrics.CHAT_RESPONSE, "sales", 1, Duration.ofMinutes(2).toMillis());
  }

  @Test
  void aQuestionWaitsUntilAPersonAnswers() {
    story()
        .when(salesQuestion("chat"), message("chat", "bot"))
        .then()
        .counted(Metrics.QUESTIONS_WAITING, "subject", "sales", 1);
    story()
        .when(salesQuestion("chat"), message("chat", "agent"))
        .then()
        .counted(Metrics.QUESTIONS_WAITING, "subject", "sales", 0);
  }

  @Test
  void aConversationThatNobodyAnsweredEndsUnanswered() {
    story()
        .when(salesQuestion("chat").at("+0s"), chatResolved("chat").at("+10m"))
        .then()
        .counted(Metrics.CHATS_RESOLVED, "answer", "unanswered", 1)
        .counted(Metrics.CHATS_RESOLVED, "answer", "answered", 0)
        .counted(Metrics.QUESTIONS_WAITING, "subject", "sales", 0)
        .observed(Metrics.RESOLUTION_TIME, "sales", 1, Duration.ofMinutes(10).toMillis());
  }

  @Test
  void aConversationThatAPersonAnsweredEndsAnswered() {
    story()
        .when(salesQuestion("chat"), message("chat", "agent"), chatResolved("chat"))
        .then()
        .counted(Metrics.CHATS_RESOLVED, "answer", "answered", 1)
        .counted(Metrics.CHATS_RESOLVED, "answer", "unanswered", 0);
  }

  @Test
  void aQuestionThatIsForgottenWaitsNoMore() {
    story()
        .when(salesQuestion("chat").at("+0s"), pageViewed().at("+31d"))
        .then()
        .counted(Metrics.QUESTIONS_WAITING, "subject", "sales", 0);
  }

  @Test
  void whatAConversationIsAboutMayTurnOutLater() {
    story()
        .when(message("chat", "customer"), salesQuestion("chat"))
        .then()
        .counted(Metrics.QUESTIONS_WAITING, "subject", "", 0)
        .counted(Metrics.QUESTIONS_WAITING, "subject", "sales", 1);
  }

  @Test
  void aRatingIsAboutWhatTheConversationIsAbout() {
    Happening four =
        Happening.of(
            EventType.CONVERSATION_RATED, Attribute.CONVERSATION_ID, "chat", Attribute.RATING, "4");
    story().when(salesQuestion("chat"), four).then().observed(Metrics.SATISFACTION, "sales", 1, 4);
  }

  @Test
  void anAgentWhoWritesFirstAnswersNothing() {
    Story.Then then = story().when(message("chat", "agent"), message("chat", "customer")).then();
    then.observed(Metrics.CHAT_RESPONSE, "", 0, 0);
    assertThat(then.customer().conversations().get("chat").waiting()).isTrue();
  }

  @Test
  void aBotsAnswerLeavesTheCustomerWaiting() {
    Conversation chat =
        story()
            .when(salesQuestion("chat"), message("chat", "bot"))
            .then()
            .customer()
            .conversations()
            .get("chat");
    assertThat(chat.waiting()).isTrue();
  }

  @Test
  void aResolvedChatIsClosed() {
    assertThat(
            story()
                .when(salesQuestion("chat"), chatResolved("chat"))
                .then()
                .customer()
                .conversations())
        .isEmpty();
  }

  // Where the customer came from, and what the shop says

  @Test
  void theFirstTouchIsKept() {
    Customer ada =
        story()
            .when(
                pageViewed(),
                pageViewed().with(Attribute.SOURCE, "news").with(Attribute.CAMPAIGN, "spring"),
                pageViewed().with(Attribute.SOURCE, "search"))
            .then()
            .customer();
    assertThat(ada.firstTouch()).containsOnlyKeys("source", "campaign").containsValue("news");
    assertThat(ada.firstSeenAt()).isEqualTo(Story.moment("+0s"));
  }

  @Test
  void whatTheShopSaysIsKeptUnderItsName() {
    Customer ada =
        story()
            .when(
                Happening.of(EventType.CUSTOMER_UPDATED, "customer.email", "ada@example.org"),
                Happening.of(EventType.CUSTOMER_UPDATED, "customer.locale", "en", "page", "/"))
            .then()
            .customer();
    assertThat(ada.attributes())
        .containsOnlyKeys("email", "locale")
        .containsEntry("email", "ada@example.org");
  }

  // Bounds

  @Test
  void anOrderOutOfMindKeepsItsTraceInTheTotals() {
    Story story = story();
    for (int i = 0; i < 3 * Bounds.ORDERS; i++) {
      story.given(orderPlaced("o" + i, "p" + i), orderPaid("o" + i));
    }
    Customer ada = story.then().stage("loyalty").customer();
    assertThat(ada.orders()).hasSize(Bounds.ORDERS);
    assertThat(ada.paidOrders()).isEqualTo(3 * Bounds.ORDERS);
    assertThat(value(ada)).isEqualTo(3 * Bounds.ORDERS * 1000);
    assertThat(ada.orders().values().stream().filter(o -> !o.lines().isEmpty()))
        .extracting(Order::id)
        .hasSize(Bounds.ORDERS_WITH_LINES)
        .contains("o" + (3 * Bounds.ORDERS - 1));
  }

  @Test
  void aCartOfAThousandProductsKeepsTheLatest() {
    Story story = story();
    for (int i = 0; i < 1000; i++) {
      story.given(productAdded("c1", "p" + i, 1));
    }
    assertThat(story.then().customer().carts().get("c1").lines())
        .hasSize(Bounds.LINES)
        .last()
        .extracting("sku")
        .isEqualTo("p999");
  }

  private static long value(Customer customer) {
    return customer.lifetimeValue().getOrDefault("EUR", 0L);
  }

  // What is bought again

  @Test
  void whatWasFirstBoughtWithAnOrderThatIsForgottenIsBoughtAgainToo() {
    List<Happening> orders = new ArrayList<>();
    orders.add(orderPaid("first", "beans").at("+0s"));
    for (int i = 1; i < 12; i++) {
      orders.add(orderPaid("o" + i, "other" + i).at("+" + i + "d"));
    }
    orders.add(orderPaid("second", "beans").at("+20d"));
    orders.add(orderPaid("third", "beans").at("+50d"));

    assertThat(boughtAgain(orders.toArray(Happening[]::new))).containsExactly("beans");
  }

  @Test
  void whoBuysTwentyThingsEachWeekHasARhythmForAsManyAsAreKept() {
    String[] staples = IntStream.range(0, 20).mapToObj(i -> "s" + i).toArray(String[]::new);
    List<Happening> orders = new ArrayList<>();
    for (int week = 0; week < 12; week++) {
      orders.add(orderPaid("o" + week, staples).at("+" + 7 * week + "d"));
    }

    Map<String, List<Long>> rebought =
        story().when(orders.toArray(Happening[]::new)).then().customer().rebought();
    assertThat(rebought).hasSize(Bounds.REBOUGHT);
    assertThat(rebought.values()).allMatch(times -> times.size() == Bounds.PURCHASES);
  }

  private static List<String> boughtAgain(Happening... events) {
    return Rhythms.boughtAgain(story().when(events).then().customer().rebought());
  }

  @Test
  void whatIsBoughtOnTwoDaysIsBoughtAgain() {
    assertThat(
            boughtAgain(
                orderPaid("o1", "beans", "mug").at("+0s"), orderPaid("o2", "beans").at("+30d")))
        .containsExactly("beans");
  }

  @Test
  void twoOrdersOfOneDayAreOnePurchase() {
    assertThat(boughtAgain(orderPaid("o1", "beans").at("+0s"), orderPaid("o2", "beans").at("+1h")))
        .isEmpty();
  }

  @Test
  void anOrderThatIsUndoneWasNoPurchase() {
    Happening[] twice = {orderPaid("o1", "beans").at("+0s"), orderPaid("o2", "beans").at("+30d")};
    assertThat(boughtAgain(twice[0], twice[1], orderCancelled("o2"))).isEmpty();
    assertThat(boughtAgain(twice[0], twice[1], orderCancelled("o1"))).isEmpty();
    assertThat(boughtAgain(twice[0], twice[1], orderRefunded("o2", 1000))).isEmpty();
    assertThat(boughtAgain(twice[0], twice[1], orderRefunded("o2", 100))).containsExactly("beans");
    assertThat(
            boughtAgain(
                twice[0], twice[1], orderCancelled("o1"), orderPaid("o3", "beans").at("+60d")))
        .containsExactly("beans");
  }

  @Test
  void anOrderPaidTwiceIsOnePurchase() {
    assertThat(boughtAgain(orderPaid("o1", "beans").at("+0s"), orderPaid("o1", "beans").at("+3d")))
        .isEmpty();
    assertThat(
            boughtAgain(
                orderPaid("o1", "beans").at("+0s"),
                orderPaid("o2", "beans").at("+30d"),
                orderPaid("o2", "beans").at("+31d")))
        .as("and takes nothing from the others")
        .containsExactly("beans");
  }

  @Test
  void ofWhatIsBoughtAgainAndAgainTheLastTimesAreKept() {
    Story story = story();
    for (int i = 0; i < 10; i++) {
      story.when(orderPaid("o" + i, "beans").at("+" + 10 * i + "d"));
    }
    assertThat(story.then().customer().rebought().get("beans"))
        .hasSize(Bounds.PURCHASES)
        .endsWith(Story.moment("+80d"), Story.moment("+90d"));
  }

  @Test
  void aProductIsDueOneMedianOfItsTimesAfterTheLast() {
    long day = 86_400_000L;
    assertThat(Rhythms.due(List.of(0L, 30 * day))).isZero();
    assertThat(Rhythms.due(List.of(0L, 30 * day, 60 * day))).isEqualTo(90 * day);
    assertThat(Rhythms.due(List.of(0L, 30 * day, 60 * day, 260 * day)))
        .as("one long holiday")
        .isEqualTo(290 * day);
    assertThat(Rhythms.due(List.of(0L, 1L, 30 * day))).as("twice on one day").isZero();
  }
}
