package io.lifestage.definition;

import static io.lifestage.lifecycle.Attribute.CART_ID;
import static io.lifestage.lifecycle.Attribute.CONVERSATION_ID;
import static io.lifestage.lifecycle.Attribute.ORDER_ID;
import static io.lifestage.lifecycle.Attribute.SENDER;
import static io.lifestage.lifecycle.Attribute.SKU;
import static io.lifestage.lifecycle.Attribute.SUBJECT;
import static io.lifestage.lifecycle.EventType.CAMPAIGN_CLICKED;
import static io.lifestage.lifecycle.EventType.CART_VIEWED;
import static io.lifestage.lifecycle.EventType.CHECKOUT_STARTED;
import static io.lifestage.lifecycle.EventType.CHECKOUT_STEP_COMPLETED;
import static io.lifestage.lifecycle.EventType.CONTENT_VIEWED;
import static io.lifestage.lifecycle.EventType.CONVERSATION_RATED;
import static io.lifestage.lifecycle.EventType.CONVERSATION_RESOLVED;
import static io.lifestage.lifecycle.EventType.CONVERSATION_STARTED;
import static io.lifestage.lifecycle.EventType.COUPON_APPLIED;
import static io.lifestage.lifecycle.EventType.LOGGED_IN;
import static io.lifestage.lifecycle.EventType.MESSAGE_SENT;
import static io.lifestage.lifecycle.EventType.ORDER_CANCELLED;
import static io.lifestage.lifecycle.EventType.ORDER_DELIVERED;
import static io.lifestage.lifecycle.EventType.ORDER_PAID;
import static io.lifestage.lifecycle.EventType.ORDER_PLACED;
import static io.lifestage.lifecycle.EventType.ORDER_REFUNDED;
import static io.lifestage.lifecycle.EventType.PAGE_VIEWED;
import static io.lifestage.lifecycle.EventType.PAYMENT_FAILED;
import static io.lifestage.lifecycle.EventType.PRODUCTS_SEARCHED;
import static io.lifestage.lifecycle.EventType.PRODUCT_ADDED;
import static io.lifestage.lifecycle.EventType.PRODUCT_ADDED_TO_WISHLIST;
import static io.lifestage.lifecycle.EventType.PRODUCT_REMOVED;
import static io.lifestage.lifecycle.EventType.PRODUCT_REVIEWED;
import static io.lifestage.lifecycle.EventType.PRODUCT_VIEWED;
import static io.lifestage.lifecycle.EventType.REFERRAL_CONVERTED;
import static io.lifestage.lifecycle.EventType.REFERRAL_SHARED;
import static io.lifestage.lifecycle.EventType.SIGNED_UP;

import io.lifestage.decision.Definitions;
import io.lifestage.journey.Entry;
import io.lifestage.journey.Exit;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Step;
import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.Scope;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.trait.Trait;
import io.lifestage.trait.Window;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The retail pack: the stage model, the traits and the journeys of a shop. */
public final class RetailPack {
  public static final String AWARENESS = "awareness";
  public static final String CONSIDERATION = "consideration";
  public static final String PURCHASE = "purchase";
  public static final String RETENTION = "retention";
  public static final String LOYALTY = "loyalty";
  public static final String LAPSED = "lapsed";

  private static final String VIEWS_7D = "views_7d";
  private static final String CONTENT_7D = "content_7d";
  private static final String SALES_QUESTIONS_7D = "sales_questions_7d";
  private static final String PAID_365D = "paid_orders_365d";
  private static final String PAID_CYCLE = "paid_orders_cycle";
  private static final String UNPAID = "unpaid_orders";
  private static final String REFERRALS = "referrals_converted";

  private static final Set<String> ALIVE =
      Set.of(AWARENESS, CONSIDERATION, PURCHASE, RETENTION, LOYALTY);

  private static final Set<String> ACTIVITY =
      Set.of(
          PAGE_VIEWED,
          PRODUCTS_SEARCHED,
          PRODUCT_VIEWED,
          CONTENT_VIEWED,
          CAMPAIGN_CLICKED,
          SIGNED_UP,
          LOGGED_IN,
          PRODUCT_ADDED,
          PRODUCT_REMOVED,
          CART_VIEWED,
          CHECKOUT_STARTED,
          CHECKOUT_STEP_COMPLETED,
          PAYMENT_FAILED,
          COUPON_APPLIED,
          PRODUCT_ADDED_TO_WISHLIST,
          PRODUCT_REVIEWED,
          REFERRAL_SHARED,
          CONVERSATION_STARTED,
          MESSAGE_SENT,
          CONVERSATION_RATED,
          ORDER_PLACED,
          ORDER_PAID);

  private static final Condition BY_CUSTOMER =
      Condition.ofEvent(event -> event.get(SENDER) == null || event.says(SENDER, "customer"));

  private static final Condition UNDONE = scope -> scope.order() != null && scope.order().undone();
  private static final Condition STANDS = scope -> !UNDONE.holds(scope);
  private static final Condition UNPAID_YET = scope -> STANDS.holds(scope) && !scope.order().paid();

  /** So long a purchase waits for its payment. */
  private static final Duration PAYMENT = Duration.ofHours(24);

  private RetailPack() {}

  /** The whole pack, checked and indexed. */
  public static Definitions definitions() {
    return new Definitions(stages(), traits(), journeys());
  }

  /** Five stages, a sixth for those who are lost, and back to the first in a new cycle. */
  public static StageModel stages() {
    return new StageModel(
        "retail",
        1,
        List.of(AWARENESS, CONSIDERATION, PURCHASE, RETENTION, LOYALTY, LAPSED),
        ACTIVITY,
        List.of(
            move(Set.of(), AWARENESS, on(ACTIVITY, BY_CUSTOMER), "first_touch"),
            new Move(Set.of(LAPSED), AWARENESS, on(ACTIVITY, BY_CUSTOMER), true, "returned"),
            move(
                Set.of(AWARENESS),
                CONSIDERATION,
                on(Set.of(PRODUCT_VIEWED), scope -> scope.trait(VIEWS_7D) >= 3),
                "three_views"),
            move(
                Set.of(AWARENESS),
                CONSIDERATION,
                on(Set.of(CONTENT_VIEWED), Condition.ALWAYS),
                "content"),
            move(
                Set.of(AWARENESS),
                CONSIDERATION,
                on(Set.of(CONVERSATION_STARTED, MESSAGE_SENT), BY_CUSTOMER),
                "chat"),
            move(
                Set.of(AWARENESS),
                CONSIDERATION,
                on(Set.of(PRODUCT_ADDED), Condition.ALWAYS),
                "cart"),
            move(
                Set.of(AWARENESS, CONSIDERATION),
                PURCHASE,
                on(Set.of(CHECKOUT_STARTED), Condition.ALWAYS),
                "checkout"),
            move(
                Set.of(AWARENESS, CONSIDERATION),
                PURCHASE,
                on(Set.of(ORDER_PLACED), STANDS),
                "order"),
            move(
                Set.of(AWARENESS, CONSIDERATION, PURCHASE),
                RETENTION,
                on(Set.of(ORDER_PAID), STANDS),
                "paid"),
            move(
                Set.of(RETENTION),
                LOYALTY,
                on(Set.of(ORDER_PAID), scope -> scope.trait(PAID_365D) >= 3),
                "three_paid_orders"),
            move(
                Set.of(AWARENESS, CONSIDERATION, PURCHASE, RETENTION),
                LOYALTY,
                on(Set.of(REFERRAL_CONVERTED), Condition.ALWAYS),
                "referral"),
            move(
                Set.of(LOYALTY),
                RETENTION,
                on(
                    Set.of(ORDER_CANCELLED, ORDER_REFUNDED),
                    scope -> fellBelow(scope, PAID_365D, 3) && scope.trait(REFERRALS) == 0),
                "order_undone"),
            move(
                Set.of(RETENTION),
                CONSIDERATION,
                on(
                    Set.of(ORDER_CANCELLED, ORDER_REFUNDED),
                    scope -> fellBelow(scope, PAID_CYCLE, 1)),
                "order_undone"),
            move(
                Set.of(PURCHASE),
                CONSIDERATION,
                on(Set.of(ORDER_CANCELLED), scope -> fellBelow(scope, UNPAID, 1)),
                "order_undone"),
            move(Set.of(PURCHASE), CONSIDERATION, new Move.AfterStay(PAYMENT), "not_paid"),
            move(ALIVE, LAPSED, new Move.AfterSilence(Duration.ofDays(90)), "silence")));
  }

  /** The numbers that stages and journeys ask for. */
  public static List<Trait> traits() {
    Window week = Window.rolling(Duration.ofDays(7));
    Window year = Window.rolling(Duration.ofDays(365));
    Set<String> undoing = Set.of(ORDER_CANCELLED, ORDER_REFUNDED);
    return List.of(
        Trait.count(VIEWS_7D, week, 16, Set.of(PRODUCT_VIEWED)),
        Trait.count(CONTENT_7D, week, 16, Set.of(CONTENT_VIEWED)),
        Trait.count(SALES_QUESTIONS_7D, week, 16, Set.of(MESSAGE_SENT))
            .where(BY_CUSTOMER.and(RetailPack::aboutSales)),
        Trait.unique(PAID_365D, ORDER_ID, year, 64, Set.of(ORDER_PAID))
            .where(STANDS)
            .undoneBy(undoing, UNDONE),
        Trait.unique(PAID_CYCLE, ORDER_ID, Window.cycle(), 64, Set.of(ORDER_PAID))
            .where(STANDS)
            .undoneBy(undoing, UNDONE),
        Trait.unique(UNPAID, ORDER_ID, Window.rolling(PAYMENT), 64, Set.of(ORDER_PLACED))
            .where(UNPAID_YET)
            .undoneBy(Set.of(ORDER_PAID, ORDER_CANCELLED), Condition.ALWAYS),
        Trait.count(REFERRALS, Window.allTime(), 1, Set.of(REFERRAL_CONVERTED)));
  }

  /** What is sent, to whom, and when. */
  public static List<Journey> journeys() {
    return List.of(
        thankYou(),
        complementaryOffer(),
        viewedOffer(),
        abandonedCart(),
        unansweredSalesChat(),
        salesReadyLead(),
        winBack());
  }

  private static Journey thankYou() {
    return new Journey(
        "thank-you",
        1,
        true,
        new Entry.OnEvent(Set.of(ORDER_PLACED)),
        Condition.ALWAYS,
        new InstanceKey.ByAttribute(ORDER_ID),
        new ReEntry.Once(),
        List.of(Step.Emit.email("thanks", "thank_you", "order-thank-you").carrying(ORDER_ID)),
        List.of());
  }

  private static Journey complementaryOffer() {
    return new Journey(
        "complementary-offer",
        1,
        false,
        new Entry.OnEvent(Set.of(ORDER_DELIVERED)),
        STANDS,
        new InstanceKey.ByAttribute(ORDER_ID),
        new ReEntry.Once(),
        List.of(
            new Step.Delay(Duration.ofDays(3)),
            Step.Emit.email("offer", "complementary_offer", "goes-well-with")
                .with(Step.Items.COMPLEMENTS, 3)
                .carrying(ORDER_ID)
                .ranked(40, Duration.ofDays(3))),
        List.of(new Exit("order_undone", Set.of(ORDER_CANCELLED, ORDER_REFUNDED), true, UNDONE)));
  }

  private static Journey viewedOffer() {
    return new Journey(
        "viewed-offer",
        1,
        false,
        new Entry.OnEvent(Set.of(PRODUCT_VIEWED)),
        scope -> !scope.owns(scope.event().get(SKU)),
        new InstanceKey.PerCustomer(),
        new ReEntry.AfterRest(Duration.ofDays(7)),
        List.of(
            new Step.Silence(Duration.ofDays(1), Set.of(PRODUCT_VIEWED), Duration.ofDays(3)),
            Step.Emit.email("offer", "viewed_offer", "still-interested")
                .with(Step.Items.VIEWED, 4)
                .ranked(20, Duration.ofDays(2))),
        List.of(Exit.onAny("ordered", ORDER_PLACED)));
  }

  private static Journey abandonedCart() {
    Set<String> touches =
        Set.of(
            PRODUCT_ADDED,
            PRODUCT_REMOVED,
            CART_VIEWED,
            CHECKOUT_STARTED,
            CHECKOUT_STEP_COMPLETED,
            COUPON_APPLIED,
            PAYMENT_FAILED);
    return new Journey(
        "abandoned-cart",
        1,
        false,
        new Entry.OnEvent(Set.of(PRODUCT_ADDED)),
        Condition.ALWAYS,
        new InstanceKey.ByAttribute(CART_ID),
        new ReEntry.Once(),
        List.of(
            new Step.Silence(Duration.ofHours(1), touches, Duration.ofHours(24)),
            Step.Emit.email("reminder", "abandoned_cart", "your-cart-is-waiting")
                .with(Step.Items.CART, 8)
                .carrying(CART_ID)
                .ranked(60, Duration.ofHours(24))),
        List.of(
            Exit.onSame("ordered", ORDER_PLACED),
            new Exit(
                "ordered",
                Set.of(ORDER_PLACED),
                false,
                Condition.ofEvent(order -> order.get(CART_ID) == null)),
            new Exit(
                "emptied",
                Set.of(PRODUCT_REMOVED),
                true,
                scope -> scope.cart() == null || scope.cart().isEmpty())));
  }

  private static Journey unansweredSalesChat() {
    return new Journey(
        "unanswered-sales-chat",
        1,
        true,
        new Entry.OnEvent(Set.of(MESSAGE_SENT)),
        BY_CUSTOMER.and(RetailPack::aboutSales),
        new InstanceKey.ByAttribute(CONVERSATION_ID),
        new ReEntry.AfterExit(),
        List.of(
            new Step.Delay(Duration.ofMinutes(5)),
            Step.Emit.task("escalate", "chat_escalation", "sales-question-unanswered")
                .carrying(CONVERSATION_ID)
                .ranked(90, Duration.ofHours(8))),
        List.of(
            new Exit(
                "answered",
                Set.of(MESSAGE_SENT),
                true,
                Condition.ofEvent(message -> message.says(SENDER, "agent"))),
            Exit.onSame("resolved", CONVERSATION_RESOLVED),
            Exit.onAny("ordered", ORDER_PLACED)));
  }

  private static Journey salesReadyLead() {
    return new Journey(
        "sales-ready-lead",
        1,
        false,
        new Entry.OnEvent(Set.of(PRODUCT_VIEWED, CONTENT_VIEWED, MESSAGE_SENT, PRODUCT_ADDED)),
        scope -> CONSIDERATION.equals(scope.stage()) && becameReady(scope),
        new InstanceKey.PerCycle(),
        new ReEntry.Once(),
        List.of(
            Step.Emit.task("hand-over", "sales_lead", "lead-is-ready")
                .ranked(70, Duration.ofDays(2))),
        List.of());
  }

  private static Journey winBack() {
    return new Journey(
        "win-back",
        1,
        false,
        new Entry.OnStage(Set.of(LAPSED)),
        Condition.ALWAYS,
        new InstanceKey.PerCycle(),
        new ReEntry.Once(),
        List.of(
            new Step.Delay(Duration.ofDays(1)),
            Step.Emit.email("miss-you", "win_back", "we-miss-you").ranked(30, Duration.ofDays(7))),
        List.of(new Exit("returned", ACTIVITY, false, BY_CUSTOMER)));
  }

  /**
   * Whether the event has just made the customer worth a call: interest in products, in content and
   * a question to sales together, each of them counting no more than it says.
   */
  private static boolean becameReady(Scope scope) {
    double after =
        readiness(scope.trait(VIEWS_7D), scope.trait(CONTENT_7D), scope.trait(SALES_QUESTIONS_7D));
    double before =
        readiness(
            scope.traitBefore(VIEWS_7D),
            scope.traitBefore(CONTENT_7D),
            scope.traitBefore(SALES_QUESTIONS_7D));
    return before < 10 && after >= 10;
  }

  private static double readiness(double views, double content, double salesQuestions) {
    return Math.min(views, 5) + 2 * Math.min(content, 2) + 4 * Math.min(salesQuestions, 1);
  }

  private static boolean aboutSales(Scope scope) {
    Event event = scope.event();
    return event.says(SUBJECT, "sales")
        || (scope.conversation() != null && scope.conversation().subject().equals("sales"));
  }

  private static boolean fellBelow(Scope scope, String trait, int threshold) {
    return scope.trait(trait) < threshold && scope.traitBefore(trait) >= threshold;
  }

  private static Move move(Set<String> from, String to, Move.When when, String cause) {
    return new Move(from, to, when, false, cause);
  }

  private static Move.On on(Set<String> types, Condition condition) {
    return new Move.On(types, condition);
  }
}
