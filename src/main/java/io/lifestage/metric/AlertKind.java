package io.lifestage.metric;

import java.util.Locale;

/**
 * What is watched for operations, and how far from its baseline it has to be.
 *
 * <p>Each compares how many came through with how many came: steps of the checkout with the step
 * before, failed payments with checkouts begun, visits from a source with all visits, first answers
 * with questions.
 */
public enum AlertKind {
  /** Fewer than usual of those who reached the step before reach this one. */
  CHECKOUT_STEP_FAILING("checkout_step", false, 1, 5, 0.2, 0.5),

  /** More payments by a method fail than usual, for each checkout begun. */
  PAYMENT_METHOD_FAILING("payment_method", true, 1, 5, 1.0, 4.0),

  /** Fewer visits come from a source than usual, given how many come at all. */
  TRAFFIC_SOURCE_DRY("traffic_source", false, 1, 5, 0.5, 0.9),

  /**
   * Fewer questions than usual get a first answer. Staff works by the week, so each hour of the
   * week has a baseline of its own.
   */
  CHAT_UNANSWERED("chat_subject", false, 7, 2, 0.5, 0.9);

  private final String dimension;
  private final boolean rises;
  private final int daysApart;
  private final int daysNeeded;
  private final double least;
  private final double critical;

  AlertKind(
      String dimension,
      boolean rises,
      int daysApart,
      int daysNeeded,
      double least,
      double critical) {
    this.dimension = dimension;
    this.rises = rises;
    this.daysApart = daysApart;
    this.daysNeeded = daysNeeded;
    this.least = least;
    this.critical = critical;
  }

  /** As {@link Alert#kind} says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As {@link Alert#subject} says it. */
  public String subject(String label) {
    return dimension + "=" + label;
  }

  /** Whether more than usual is what is wrong, rather than less. */
  boolean rises() {
    return rises;
  }

  /** After how many days an hour is like itself: each day, or each week. */
  int daysApart() {
    return daysApart;
  }

  /** On how many days an hour must have been seen before it is judged. */
  int daysNeeded() {
    return daysNeeded;
  }

  /** The least deviation that is worth an alert, as a share of what is usual. */
  double least() {
    return least;
  }

  /** The deviation from which it is critical. */
  double critical() {
    return critical;
  }
}
