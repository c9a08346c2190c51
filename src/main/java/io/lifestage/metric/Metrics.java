package io.lifestage.metric;

import static io.lifestage.metric.MetricDefinition.Area.AWARENESS;
import static io.lifestage.metric.MetricDefinition.Area.CONSIDERATION;
import static io.lifestage.metric.MetricDefinition.Area.JOB;
import static io.lifestage.metric.MetricDefinition.Area.JOURNEYS;
import static io.lifestage.metric.MetricDefinition.Area.LOST;
import static io.lifestage.metric.MetricDefinition.Area.LOYALTY;
import static io.lifestage.metric.MetricDefinition.Area.PURCHASE;
import static io.lifestage.metric.MetricDefinition.Area.RETENTION;
import static io.lifestage.metric.MetricDefinition.Area.STAGES;
import static io.lifestage.metric.MetricDefinition.Kind.DISTINCT;
import static io.lifestage.metric.MetricDefinition.Kind.DISTRIBUTION;
import static io.lifestage.metric.MetricDefinition.Kind.FLOW;
import static io.lifestage.metric.MetricDefinition.Kind.READING;
import static io.lifestage.metric.MetricDefinition.Kind.TOTAL;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.lifestage.metric.MetricDefinition.Area;
import io.lifestage.metric.MetricDefinition.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The metrics: a name for each, and its one definition, from which the docs, Prometheus and the
 * console take what they say. A share or a mean is no metric of its own but one of {@link Ratios}:
 * whoever reads divides two windows with the same end.
 */
public final class Metrics {
  /** Customers lost: lapses and steps back, by the stage they left, and by cause. */
  public static final String CUSTOMERS_LOST = "customers_lost";

  /** Customers who lapsed, by the stage they left, and by cause. */
  public static final String LAPSES = "lapses";

  /** Customers seen for the first time, by what brought them. */
  public static final String NEW_VISITORS = "new_visitors";

  /** Different customers whom a source or a campaign brought. */
  public static final String REACH = "reach";

  /** Different customers who showed a sign of life. */
  public static final String ACTIVE_CUSTOMERS = "active_customers";

  /** Different customers who did more than view a page. */
  public static final String ENGAGED_CUSTOMERS = "engaged_customers";

  /** Content read, by its type. */
  public static final String CONTENT_READS = "content_reads";

  /** Conversations started, by subject. */
  public static final String CHATS_STARTED = "chats_started";

  /** Conversations in which the customer waits for a person, by subject; a running total. */
  public static final String QUESTIONS_WAITING = "questions_waiting";

  /** Time from a customer's question to a person's first answer (the sum, ms), by subject. */
  public static final String CHAT_RESPONSE = "chat_response";

  /** Conversations resolved, by whether a person had answered. */
  public static final String CHATS_RESOLVED = "chats_resolved";

  /** Time from the beginning of a customer's cycle to a step forward (the sum, ms), by stage. */
  public static final String TIME_TO_STAGE = "time_to_stage";

  /** Carts into which a first product was laid. */
  public static final String CARTS_OPENED = "carts_opened";

  /** Steps of the checkout reached, by step. */
  public static final String CHECKOUT_STEP = "checkout_step";

  /** Carts and checkouts left without an order, by what was left: cart or checkout. */
  public static final String ABANDONED = "abandoned";

  /** Payments that failed, by method. */
  public static final String PAYMENT_FAILED = "payment_failed";

  /** Payments that succeeded, by method. */
  public static final String PAYMENT_SUCCEEDED = "payment_succeeded";

  /** Different customers who paid an order. */
  public static final String BUYERS = "buyers";

  /** Orders paid and what they brought (the sum, minor units), by currency. */
  public static final String REVENUE = "revenue";

  /** What an order costs (the sum, minor units), by currency. */
  public static final String ORDER_VALUE = "order_value";

  /** Units of products sold, by category. */
  public static final String UNITS_SOLD = "units_sold";

  /** Time from a customer's first event to the first order paid (the sum, ms). */
  public static final String TIME_TO_FIRST_ORDER = "time_to_first_order";

  /** Orders paid, by whether it is the customer's first, and by what first brought them. */
  public static final String ORDERS_PAID = "orders_paid";

  /** Time from an order paid to the next (the sum, ms). */
  public static final String TIME_BETWEEN_ORDERS = "time_between_orders";

  /** Money paid back (the sum, minor units), by currency. */
  public static final String REFUNDS = "refunds";

  /** Orders cancelled. */
  public static final String CANCELLATIONS = "cancellations";

  /** Time from the beginning of a conversation to its end (the sum, ms), by subject. */
  public static final String RESOLUTION_TIME = "resolution_time";

  /** Ratings of conversations (the sum, 1 to 5), by subject. */
  public static final String SATISFACTION = "satisfaction";

  /** Recommendations, by what became of them: shared or converted. */
  public static final String REFERRALS = "referrals";

  /** What customers who order have brought in all (the sum, minor units), by currency. */
  public static final String LIFETIME_VALUE = "lifetime_value";

  /** Customers in a stage: +1 for each that enters, -1 for each that leaves; a running total. */
  public static final String POPULATION = "population";

  /** Transitions, by {@code from>to}. */
  public static final String TRANSITIONS = "transitions";

  /** Moves to a later stage, by the stage left. */
  public static final String ADVANCES = "advances";

  /** Time in a stage (the sum, ms), by the stage left. */
  public static final String DWELL = "dwell";

  /** Customers who began another cycle, by its number, and by cause. */
  public static final String RETURNS = "returns";

  /**
   * Triggers sent and not taken back, by journey, and by channel. Together with {@link
   * #TRIGGERS_RETRACTED} it is all that were ever said to be sent.
   */
  public static final String TRIGGERS_FIRED = "triggers_fired";

  /** Triggers withheld, by journey, and by reason. */
  public static final String TRIGGERS_SUPPRESSED = "triggers_suppressed";

  /** Triggers taken back after a late event, by journey. */
  public static final String TRIGGERS_RETRACTED = "triggers_retracted";

  /** Goals reached, by journey. */
  public static final String CONVERSIONS = "conversions";

  /** Runs of which it is known whether they reached their goal, and how many did (the sum). */
  public static final String GOAL_OUTCOMES = "goal_outcomes";

  /** The same since the job began; a running total. */
  public static final String GOAL_OUTCOMES_EVER = "goal_outcomes_ever";

  /** Events by type. */
  public static final String EVENTS = "events";

  /** Events later than the lateness bound, by topic. */
  public static final String LATE = "late_events";

  /** Events seen before, by topic. */
  public static final String DUPLICATES = "duplicates";

  /** Records that could not be used, by reason. */
  public static final String DEAD_LETTERS = "dead_letters";

  /** Records not yet read from the input topics, by topic; the last reading. */
  public static final String LAG = "lag";

  private static final String MONEY = "minor units of the currency that the label names";
  private static final String MS = "ms";

  private static final List<MetricDefinition> DEFINITIONS =
      List.of(
          metric(CUSTOMERS_LOST, "Customers lost", LOST, FLOW)
              .of("customers", "")
              .by("stage", "cause")
              .says(
                  "each move to the last stage of the model, or back to an earlier one",
                  "Customers who lapsed or stepped back, by the stage that they left."),
          metric(LAPSES, "Lapses", LOST, FLOW)
              .of("customers", "")
              .by("stage", "cause")
              .says(
                  "each move to the last stage of the model",
                  "Customers who lapsed, by the stage that they left."),
          metric(NEW_VISITORS, "New visitors", AWARENESS, FLOW)
              .of("customers", "")
              .by("source", "campaign", "country", "touch")
              .says(
                  "the first sign of life of a customer; touch is paid where the medium"
                      + " is (cpc, ppc, cpm, retargeting, paid…), else unpaid",
                  "Customers seen for the first time, by what brought them."),
          metric(REACH, "Reach", AWARENESS, DISTINCT)
              .of("touches", "")
              .by("source", "campaign")
              .says(
                  "signs of life that name their source, or campaign; distinct: the "
                      + "customers they are of",
                  "Different customers whom a source or a campaign brought."),
          metric(ACTIVE_CUSTOMERS, "Active customers", AWARENESS, DISTINCT)
              .of("panes with a sign of life", "")
              .by()
              .says(
                  "the first sign of life of a customer in each pane of five seconds; "
                      + "distinct: the customers",
                  "Different customers who showed a sign of life."),
          metric(ENGAGED_CUSTOMERS, "Engaged customers", CONSIDERATION, DISTINCT)
              .of("acts", "")
              .by()
              .says(
                  "a product looked at, a search, content read, a conversation, a cart,"
                      + " a wish, a review; distinct: the customers",
                  "Different customers who did more than view a page."),
          metric(CONTENT_READS, "Content read", CONSIDERATION, FLOW)
              .of("reads", "")
              .by("content_type")
              .says(
                  "each content_viewed",
                  "Articles, webinars, return terms and the like that were opened."),
          metric(CHATS_STARTED, "Chats started", CONSIDERATION, FLOW)
              .of("conversations", "")
              .by("subject")
              .says("the first event of a conversation", "Conversations started."),
          metric(QUESTIONS_WAITING, "Questions waiting", CONSIDERATION, TOTAL)
              .of("conversations", "")
              .by("subject")
              .says(
                  "+1 when a customer asks, -1 when a person answers or the " + "conversation ends",
                  "Conversations in which the customer waits for a person now."),
          metric(CHAT_RESPONSE, "First response time", CONSIDERATION, DISTRIBUTION)
              .of("first answers", MS)
              .by("subject")
              .says(
                  "from the first question of a conversation to a person's first answer",
                  "Time from a customer's question to a person's first answer."),
          metric(CHATS_RESOLVED, "Chats resolved", CONSIDERATION, FLOW)
              .of("conversations", "")
              .by("answer")
              .says(
                  "each known conversation that ends; unanswered where the customer "
                      + "asked and no person ever answered, else answered",
                  "Conversations that ended, answered or not."),
          metric(TIME_TO_STAGE, "Time to stage", CONSIDERATION, DISTRIBUTION)
              .of("steps forward", MS)
              .by("stage")
              .says(
                  "from the beginning of the cycle to each move to a later stage of the"
                      + " model, by the stage reached",
                  "How long customers take from the beginning of their cycle to a "
                      + "stage; the count is who came to it."),
          metric(CARTS_OPENED, "Carts opened", PURCHASE, FLOW)
              .of("carts", "")
              .by()
              .says(
                  "each product laid into a cart that was empty",
                  "Carts into which a first product was laid."),
          metric(CHECKOUT_STEP, "Checkout steps", PURCHASE, FLOW)
              .of("checkouts", "")
              .by("step")
              .says(
                  "the first checkout_started and the first checkout_step_completed of "
                      + "each step of a cart; each order_placed (placed), order_paid (paid)",
                  "Carts that reached the step of the checkout, each once."),
          metric(ABANDONED, "Abandoned", PURCHASE, FLOW)
              .of("carts or checkouts", "")
              .by("what")
              .says(
                  "a cart that is not empty and that nobody touches for the time of "
                      + "--cart-idle: the first time before its checkout, and the first "
                      + "time after",
                  "Carts and checkouts left without an order, each once."),
          metric(PAYMENT_FAILED, "Payments failed", PURCHASE, FLOW)
              .of("payments", "")
              .by("method")
              .says("each payment_failed", "Payments that failed."),
          metric(PAYMENT_SUCCEEDED, "Payments succeeded", PURCHASE, FLOW)
              .of("payments", "")
              .by("method")
              .says("the first order_paid of an order", "Payments that succeeded."),
          metric(BUYERS, "Buyers", PURCHASE, DISTINCT)
              .of("orders", "")
              .by()
              .says(
                  "orders paid; distinct: the customers", "Different customers who paid an order."),
          metric(REVENUE, "Revenue", PURCHASE, FLOW)
              .of("orders", MONEY)
              .by("currency")
              .says(
                  "orders paid, and what the shop has got of them",
                  "Orders paid, and what they brought."),
          metric(ORDER_VALUE, "Order value", PURCHASE, DISTRIBUTION)
              .of("orders", MONEY)
              .by("currency")
              .says("the total of each order when it is paid", "How much orders are worth."),
          metric(UNITS_SOLD, "Units sold", PURCHASE, FLOW)
              .of("units", "")
              .by("category")
              .says(
                  "the quantities of each order when it is paid, by the category of the product then",
                  "What is sold, by category."),
          metric(TIME_TO_FIRST_ORDER, "Time to first order", PURCHASE, DISTRIBUTION)
              .of("customers", MS)
              .by()
              .says(
                  "from the first event of a customer to the first order paid",
                  "How long customers take to their first order."),
          metric(ORDERS_PAID, "Orders paid", RETENTION, FLOW)
              .of("orders", "")
              .by("order", "source", "country")
              .says(
                  "orders paid; first where the customer has no other that counts, else"
                      + " repeat; source is the customer's first",
                  "Orders paid: first ones and repeated ones, and by what first brought"
                      + " the customer."),
          metric(TIME_BETWEEN_ORDERS, "Time between orders", RETENTION, DISTRIBUTION)
              .of("repeated orders", MS)
              .by()
              .says(
                  "from the latest other order paid to this one",
                  "How long customers take to order again."),
          metric(REFUNDS, "Refunds", RETENTION, FLOW)
              .of("refunds", MONEY)
              .by("currency")
              .says(
                  "what goes back of orders: refunds, and cancellations of paid ones",
                  "Money paid back."),
          metric(CANCELLATIONS, "Cancellations", RETENTION, FLOW)
              .of("orders", "")
              .by()
              .says("the first order_cancelled of an order", "Orders cancelled."),
          metric(RESOLUTION_TIME, "Resolution time", RETENTION, DISTRIBUTION)
              .of("conversations", MS)
              .by("subject")
              .says(
                  "from the first event of a conversation to conversation_resolved",
                  "How long conversations take until they are resolved."),
          metric(SATISFACTION, "Satisfaction", RETENTION, FLOW)
              .of("ratings", "points, 1 to 5")
              .by("subject")
              .says("each conversation_rated", "How satisfied customers were with conversations."),
          metric(REFERRALS, "Referrals", LOYALTY, FLOW)
              .of("referrals", "")
              .by("what")
              .says(
                  "each referral_shared (shared) and referral_converted (converted)",
                  "Recommendations given, and friends who bought."),
          metric(LIFETIME_VALUE, "Lifetime value", LOYALTY, DISTRIBUTION)
              .of("orders", MONEY)
              .by("currency")
              .says(
                  "at each order paid, what the customer has brought so far, in its " + "currency",
                  "What those who order have brought in all."),
          metric(POPULATION, "Population", STAGES, TOTAL)
              .of("customers", "")
              .by("stage")
              .says(
                  "+1 for the stage entered, -1 for the stage left",
                  "Customers who are in the stage now."),
          metric(TRANSITIONS, "Transitions", STAGES, FLOW)
              .of("transitions", "")
              .by("from>to")
              .says("each move", "Changes of stage."),
          metric(ADVANCES, "Advances", STAGES, FLOW)
              .of("customers", "")
              .by("stage")
              .says(
                  "each move to a later stage of the model, but not to the last, by the"
                      + " stage left",
                  "Customers who went on to a later stage."),
          metric(DWELL, "Dwell time", STAGES, DISTRIBUTION)
              .of("customers", MS)
              .by("stage")
              .says(
                  "from entering a stage to leaving it",
                  "How long customers stayed in the stage that they left."),
          metric(RETURNS, "Returns", STAGES, FLOW)
              .of("customers", "")
              .by("cycle", "cause")
              .says(
                  "each move that begins the second or a later cycle",
                  "Customers who came back and began another cycle."),
          metric(TRIGGERS_FIRED, "Triggers fired", JOURNEYS, FLOW)
              .of("triggers", "")
              .by("journey", "channel")
              .says("each trigger sent and not taken back", "Triggers sent and not taken back."),
          metric(TRIGGERS_SUPPRESSED, "Triggers suppressed", JOURNEYS, FLOW)
              .of("triggers", "")
              .by("journey", "reason")
              .says("each trigger withheld", "Triggers withheld."),
          metric(TRIGGERS_RETRACTED, "Triggers retracted", JOURNEYS, FLOW)
              .of("triggers", "")
              .by("journey")
              .says("each trigger taken back", "Triggers taken back after a late event."),
          metric(CONVERSIONS, "Goals reached", JOURNEYS, FLOW)
              .of("runs", "")
              .by("journey")
              .says(
                  "each run whose goal was reached in time",
                  "Goals of journeys reached, held out or not."),
          metric(GOAL_OUTCOMES, "Goal outcomes", JOURNEYS, FLOW)
              .of("runs", "runs that reached the goal")
              .by("journey", Lift.TREATED, Lift.HELD_OUT)
              .says(
                  "each run with a goal when it is reached or its time is over; the "
                      + "label is the journey, of all runs and of each group",
                  "Runs of a journey that reached their goal or missed it, treated and "
                      + "held out."),
          metric(GOAL_OUTCOMES_EVER, "Goal outcomes, ever", JOURNEYS, TOTAL)
              .of("runs", "runs that reached the goal")
              .by("journey", Lift.TREATED, Lift.HELD_OUT)
              .says(
                  "as goal_outcomes; a goal that is reached counts before one that is "
                      + "missed, so a young journey looks better than it is, in both groups",
                  "Goal outcomes since the job began: by these a lift is told."),
          metric(EVENTS, "Events", JOB, FLOW)
              .of("events", "")
              .by("type")
              .says("each event decided", "Events decided."),
          metric(LATE, "Late events", JOB, FLOW)
              .of("events", "")
              .by("topic")
              .says("each event sent to late-events", "Events later than the lateness bound."),
          metric(DUPLICATES, "Duplicates", JOB, FLOW)
              .of("events", "")
              .by("topic")
              .says("each event whose id is known", "Events seen before."),
          metric(DEAD_LETTERS, "Dead letters", JOB, FLOW)
              .of("records", "")
              .by("reason")
              .says("each record sent to dead-letters", "Records that could not be used."),
          metric(LAG, "Lag", JOB, READING)
              .of("records", "")
              .by("topic")
              .says(
                  "records written to an input topic less those read",
                  "Records of an input topic that are not read yet."));

  private static final Map<String, MetricDefinition> BY_NAME =
      DEFINITIONS.stream().collect(toUnmodifiableMap(MetricDefinition::name, Function.identity()));

  private Metrics() {}

  /** Every metric, in the order in which they are documented: by area. */
  public static List<MetricDefinition> definitions() {
    return DEFINITIONS;
  }

  /** The definition of a name, or null. */
  public static MetricDefinition definition(String name) {
    return BY_NAME.get(name);
  }

  /**
   * How a metric's observations become a value.
   *
   * @return {@link Kind#FLOW} for a name that is not known
   */
  public static Kind kind(String name) {
    MetricDefinition definition = BY_NAME.get(name);
    return definition == null ? FLOW : definition.kind();
  }

  private static Draft metric(String name, String title, Area area, Kind kind) {
    return new Draft(name, title, area, kind, "", "", List.of());
  }

  /** A definition of which not all is said yet. */
  private record Draft(
      String name,
      String title,
      Area area,
      Kind kind,
      String unit,
      String sumUnit,
      List<String> dimensions) {

    Draft of(String counted, String added) {
      return new Draft(name, title, area, kind, counted, added, dimensions);
    }

    Draft by(String... splits) {
      return new Draft(name, title, area, kind, unit, sumUnit, List.of(splits));
    }

    MetricDefinition says(String formula, String help) {
      return new MetricDefinition(
          name, title, area, unit, sumUnit, kind, dimensions, formula, help);
    }
  }
}
