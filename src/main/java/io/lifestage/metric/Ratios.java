package io.lifestage.metric;

import static io.lifestage.metric.RatioDefinition.Part.all;
import static io.lifestage.metric.RatioDefinition.Part.each;
import static io.lifestage.metric.RatioDefinition.Part.named;
import static io.lifestage.metric.RatioDefinition.Part.total;

import io.lifestage.metric.MetricDefinition.Area;
import java.util.List;

/**
 * The shares, rates and means: each has its one definition here, and nobody divides anything else.
 * What a journey brings against its holdout is {@link Lift}.
 */
public final class Ratios {
  private static final String SHARE = "share";
  private static final String MS = "ms";

  private static final List<RatioDefinition> DEFINITIONS =
      List.of(
          new RatioDefinition(
              "unpaid_first_touch_share",
              "Unpaid first touches",
              Area.AWARENESS,
              SHARE,
              "",
              List.of(named(Metrics.NEW_VISITORS, "touch", "unpaid")),
              List.of(all(Metrics.NEW_VISITORS, "touch")),
              "Share of new visitors whom nobody paid for."),
          new RatioDefinition(
              "unanswered_share",
              "Unanswered",
              Area.CONSIDERATION,
              SHARE,
              "",
              List.of(named(Metrics.CHATS_RESOLVED, "answer", "unanswered")),
              List.of(all(Metrics.CHATS_RESOLVED, "answer")),
              "Share of conversations that ended without a person's answer."),
          new RatioDefinition(
              "mean_response_time",
              "Mean response time",
              Area.CONSIDERATION,
              MS,
              "subject",
              List.of(each(Metrics.CHAT_RESPONSE, "subject").sum()),
              List.of(each(Metrics.CHAT_RESPONSE, "subject")),
              "Mean time to a person's first answer."),
          new RatioDefinition(
              "conversion",
              "Conversion",
              Area.PURCHASE,
              SHARE,
              "",
              List.of(total(Metrics.BUYERS).distinct()),
              List.of(total(Metrics.ACTIVE_CUSTOMERS).distinct()),
              "Different customers who bought, among those who were there; two "
                  + "estimates, so it may be off by their errors."),
          new RatioDefinition(
              "checkout_reach",
              "Checkout funnel",
              Area.PURCHASE,
              SHARE,
              "step",
              List.of(each(Metrics.CHECKOUT_STEP, "step")),
              List.of(named(Metrics.CHECKOUT_STEP, "step", "started")),
              "Checkouts that reached the step, among those started."),
          new RatioDefinition(
              "cart_abandonment",
              "Cart abandonment",
              Area.PURCHASE,
              SHARE,
              "",
              List.of(named(Metrics.ABANDONED, "what", "cart")),
              List.of(total(Metrics.CARTS_OPENED)),
              "Carts left without a checkout, among those opened."),
          new RatioDefinition(
              "checkout_abandonment",
              "Checkout abandonment",
              Area.PURCHASE,
              SHARE,
              "",
              List.of(named(Metrics.ABANDONED, "what", "checkout")),
              List.of(named(Metrics.CHECKOUT_STEP, "step", "started")),
              "Checkouts left without an order, among those started."),
          new RatioDefinition(
              "payment_failure_rate",
              "Payment failures",
              Area.PURCHASE,
              SHARE,
              "method",
              List.of(each(Metrics.PAYMENT_FAILED, "method")),
              List.of(
                  each(Metrics.PAYMENT_FAILED, "method"),
                  each(Metrics.PAYMENT_SUCCEEDED, "method")),
              "Payments that failed, among all."),
          new RatioDefinition(
              "average_order_value",
              "Average order value",
              Area.PURCHASE,
              "minor units",
              "currency",
              List.of(each(Metrics.ORDER_VALUE, "currency").sum()),
              List.of(each(Metrics.ORDER_VALUE, "currency")),
              "What an order costs on average; only by currency."),
          new RatioDefinition(
              "repeat_rate",
              "Repeat rate",
              Area.RETENTION,
              SHARE,
              "",
              List.of(named(Metrics.ORDERS_PAID, "order", "repeat")),
              List.of(all(Metrics.ORDERS_PAID, "order")),
              "Orders of customers who had bought before, among all."),
          new RatioDefinition(
              "refund_rate",
              "Refund rate",
              Area.RETENTION,
              SHARE,
              "currency",
              List.of(each(Metrics.REFUNDS, "currency")),
              List.of(each(Metrics.REVENUE, "currency")),
              "Refunds for each order paid."),
          new RatioDefinition(
              "refunded_share",
              "Refunded share",
              Area.RETENTION,
              SHARE,
              "currency",
              List.of(each(Metrics.REFUNDS, "currency").sum()),
              List.of(each(Metrics.REVENUE, "currency").sum()),
              "Money paid back, of the money that came in."),
          new RatioDefinition(
              "cancellation_rate",
              "Cancellation rate",
              Area.RETENTION,
              SHARE,
              "",
              List.of(total(Metrics.CANCELLATIONS)),
              List.of(named(Metrics.CHECKOUT_STEP, "step", "placed")),
              "Orders cancelled for each order placed."),
          new RatioDefinition(
              "mean_satisfaction",
              "Mean satisfaction",
              Area.RETENTION,
              "points, 1 to 5",
              "subject",
              List.of(each(Metrics.SATISFACTION, "subject").sum()),
              List.of(each(Metrics.SATISFACTION, "subject")),
              "Mean rating of conversations."),
          new RatioDefinition(
              "referral_conversion",
              "Referral conversion",
              Area.LOYALTY,
              SHARE,
              "",
              List.of(named(Metrics.REFERRALS, "what", "converted")),
              List.of(named(Metrics.REFERRALS, "what", "shared")),
              "Friends who bought for each recommendation."),
          new RatioDefinition(
              "stage_conversion",
              "Stage conversion",
              Area.STAGES,
              SHARE,
              "stage",
              List.of(each(Metrics.ADVANCES, "stage")),
              List.of(each(Metrics.DWELL, "stage")),
              "Of those who left the stage, those who went on."),
          new RatioDefinition(
              "stage_loss",
              "Stage loss",
              Area.STAGES,
              SHARE,
              "stage",
              List.of(each(Metrics.CUSTOMERS_LOST, "stage")),
              List.of(each(Metrics.DWELL, "stage")),
              "Of those who left the stage, those who were lost."),
          new RatioDefinition(
              "mean_dwell",
              "Mean dwell time",
              Area.STAGES,
              MS,
              "stage",
              List.of(each(Metrics.DWELL, "stage").sum()),
              List.of(each(Metrics.DWELL, "stage")),
              "How long customers stay in the stage on average."),
          new RatioDefinition(
              "suppression_share",
              "Suppressed",
              Area.JOURNEYS,
              SHARE,
              "journey",
              List.of(each(Metrics.TRIGGERS_SUPPRESSED, "journey")),
              List.of(
                  each(Metrics.TRIGGERS_SUPPRESSED, "journey"),
                  each(Metrics.TRIGGERS_FIRED, "journey")),
              "Triggers withheld, among all that were decided."),
          new RatioDefinition(
              "goal_conversion",
              "Goal conversion",
              Area.JOURNEYS,
              SHARE,
              Lift.TREATED,
              List.of(each(Metrics.GOAL_OUTCOMES, Lift.TREATED).sum()),
              List.of(each(Metrics.GOAL_OUTCOMES, Lift.TREATED)),
              "Of the runs that got what the journey sends, those that reached its " + "goal."),
          new RatioDefinition(
              "goal_conversion_held_out",
              "Goal conversion, held out",
              Area.JOURNEYS,
              SHARE,
              Lift.HELD_OUT,
              List.of(each(Metrics.GOAL_OUTCOMES, Lift.HELD_OUT).sum()),
              List.of(each(Metrics.GOAL_OUTCOMES, Lift.HELD_OUT)),
              "Of the runs that were held out, those that reached the goal all the " + "same."));

  private Ratios() {}

  /** Every ratio, in the order in which they are documented: by area. */
  public static List<RatioDefinition> definitions() {
    return DEFINITIONS;
  }

  /** The definition of a name; fails for one that is not known. */
  public static RatioDefinition definition(String name) {
    return DEFINITIONS.stream()
        .filter(ratio -> ratio.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no ratio is called " + name));
  }
}
