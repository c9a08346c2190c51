package io.lifestage.metric;

import static io.lifestage.metric.MetricDefinition.Kind.FLOW;
import static io.lifestage.metric.MetricDefinition.Kind.READING;
import static io.lifestage.metric.MetricDefinition.Kind.TOTAL;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The metrics: a name for each, and its one definition, from which the docs, Prometheus and the
 * console take what they say. A ratio is no metric of its own: whoever reads divides two windows
 * with the same end, such as {@link #ABANDONED} by {@link #CHECKOUT_STEP}, or a sum by its count
 * for the mean.
 */
public final class Metrics {
  /** Customers lost: lapses and steps back, by the stage they left, and by cause. */
  public static final String CUSTOMERS_LOST = "customers_lost";

  /** Customers in a stage: +1 for each that enters, -1 for each that leaves; a running total. */
  public static final String POPULATION = "population";

  /** Transitions, by {@code from>to}. */
  public static final String TRANSITIONS = "transitions";

  /**
   * Triggers sent and not taken back, by journey. Together with {@link #TRIGGERS_RETRACTED} it is
   * all that were ever said to be sent.
   */
  public static final String TRIGGERS_FIRED = "triggers_fired";

  /** Triggers withheld, by journey, and by reason. */
  public static final String TRIGGERS_SUPPRESSED = "triggers_suppressed";

  /** Triggers taken back after a late event, by journey. */
  public static final String TRIGGERS_RETRACTED = "triggers_retracted";

  /** Goals reached, by journey. */
  public static final String CONVERSIONS = "conversions";

  /** Steps of the checkout reached, by step. */
  public static final String CHECKOUT_STEP = "checkout_step";

  /** Carts and checkouts left without an order, by what was left: cart or checkout. */
  public static final String ABANDONED = "abandoned";

  /** Payments that failed, by method. */
  public static final String PAYMENT_FAILED = "payment_failed";

  /** Orders paid and what they brought (the sum, minor units), by currency. */
  public static final String REVENUE = "revenue";

  /** Money paid back (the sum, minor units), by currency. */
  public static final String REFUNDS = "refunds";

  /** Orders cancelled. */
  public static final String CANCELLATIONS = "cancellations";

  /** Time from a customer's question to a person's first answer (the sum, ms), by subject. */
  public static final String CHAT_RESPONSE = "chat_response";

  /** Conversations started, by subject. */
  public static final String CHATS_STARTED = "chats_started";

  /** Events by topic. */
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

  private static final List<MetricDefinition> DEFINITIONS =
      List.of(
          flow(
              CUSTOMERS_LOST,
              "customers",
              "Customers who lapsed or stepped back.",
              "stage",
              "cause"),
          new MetricDefinition(
              POPULATION,
              "customers",
              "",
              TOTAL,
              List.of("stage"),
              "Customers who are in the stage now."),
          flow(TRANSITIONS, "transitions", "Changes of stage.", "from>to"),
          flow(TRIGGERS_FIRED, "triggers", "Triggers sent and not taken back.", "journey"),
          flow(TRIGGERS_SUPPRESSED, "triggers", "Triggers withheld.", "journey", "reason"),
          flow(
              TRIGGERS_RETRACTED, "triggers", "Triggers taken back after a late event.", "journey"),
          flow(CONVERSIONS, "runs", "Goals of journeys reached, held out or not.", "journey"),
          flow(CHECKOUT_STEP, "checkouts", "Checkouts that reached the step.", "step"),
          flow(
              ABANDONED,
              "carts or checkouts",
              "Carts and checkouts left without an order.",
              "what"),
          flow(PAYMENT_FAILED, "payments", "Payments that failed.", "method"),
          sum(REVENUE, "orders", MONEY, "Orders paid, and what they brought.", "currency"),
          sum(REFUNDS, "refunds", MONEY, "Money paid back.", "currency"),
          flow(CANCELLATIONS, "orders", "Orders cancelled."),
          sum(
              CHAT_RESPONSE,
              "first answers",
              "ms",
              "Time from a customer's question to a person's first answer.",
              "subject"),
          flow(CHATS_STARTED, "conversations", "Conversations started.", "subject"),
          flow(EVENTS, "events", "Events decided.", "type"),
          flow(LATE, "events", "Events later than the lateness bound.", "topic"),
          flow(DUPLICATES, "events", "Events seen before.", "topic"),
          flow(DEAD_LETTERS, "records", "Records that could not be used.", "reason"),
          new MetricDefinition(
              LAG,
              "records",
              "",
              READING,
              List.of("topic"),
              "Records of an input topic that are not read yet."));

  private static final Map<String, MetricDefinition> BY_NAME =
      DEFINITIONS.stream().collect(toUnmodifiableMap(MetricDefinition::name, Function.identity()));

  private Metrics() {}

  /** Every metric, in the order in which they are documented. */
  public static List<MetricDefinition> definitions() {
    return DEFINITIONS;
  }

  /**
   * How a metric's observations become a value.
   *
   * @return {@link MetricDefinition.Kind#FLOW} for a name that is not known
   */
  public static MetricDefinition.Kind kind(String name) {
    MetricDefinition definition = BY_NAME.get(name);
    return definition == null ? FLOW : definition.kind();
  }

  private static MetricDefinition flow(
      String name, String unit, String help, String... dimensions) {
    return sum(name, unit, "", help, dimensions);
  }

  private static MetricDefinition sum(
      String name, String unit, String sumUnit, String help, String... dimensions) {
    return new MetricDefinition(name, unit, sumUnit, FLOW, List.of(dimensions), help);
  }
}
