package io.lifestage.metric;

/** Names of the metrics. One definition each; the docs, Prometheus and the console use them. */
public final class Metrics {
  /** Customers lost: lapses and steps back, by the stage they left, and by cause. */
  public static final String CUSTOMERS_LOST = "customers_lost";

  /** Customers in a stage: +1 for each that enters, -1 for each that leaves; a running total. */
  public static final String POPULATION = "population";

  /** Transitions, by {@code from>to}. */
  public static final String TRANSITIONS = "transitions";

  /** Triggers fired, by journey. */
  public static final String TRIGGERS_FIRED = "triggers_fired";

  /** Triggers withheld, by journey, and by reason. */
  public static final String TRIGGERS_SUPPRESSED = "triggers_suppressed";

  /** Triggers taken back after a late event, by journey. */
  public static final String TRIGGERS_RETRACTED = "triggers_retracted";

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

  private Metrics() {}
}
