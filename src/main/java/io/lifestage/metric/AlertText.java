package io.lifestage.metric;

import java.util.Locale;

/** What a finding measures, as a number and as a sentence. */
final class AlertText {
  private static final double PANES_OF_AN_HOUR = 12;

  private AlertText() {}

  /** A number of the window in the unit that the alert is told in. */
  static double measured(AlertKind kind, Reading reading, double number) {
    return kind == AlertKind.TRAFFIC_SOURCE_DRY
        ? number * PANES_OF_AN_HOUR / reading.panes()
        : number / reading.came();
  }

  /**
   * One sentence.
   *
   * @param change what has become of it
   */
  static String of(Comparison of, double observed, double baseline, Vigil.Change change) {
    String finding =
        switch (of.kind()) {
          case CHECKOUT_STEP_FAILING ->
              "Checkout step %s is reached by %s of those who come so far as %s; usual now is %s"
                  .formatted(of.label(), percent(observed), before(of), percent(baseline));
          case PAYMENT_METHOD_FAILING ->
              "Payments by %s fail %s times in 100 checkouts; usual now is %s"
                  .formatted(of.label(), number(100 * observed), number(100 * baseline));
          case TRAFFIC_SOURCE_DRY ->
              "From %s come %s visits an hour; usual now, as many as there are at all, is %s"
                  .formatted(of.label(), number(observed), number(baseline));
          case CHAT_UNANSWERED ->
              "For 100 conversations about %s begun there are %s first answers; usual now is %s"
                  .formatted(of.label(), number(100 * observed), number(100 * baseline));
        };
    return switch (change) {
      case WELL_AGAIN -> "It is over. " + finding;
      case LOST_SIGHT_OF -> "Too few customers to tell any more. " + finding;
      case NOW_USUAL -> "It has been so for three days, and is usual from now on. " + finding;
      case NONE, OPENED, GOES_ON -> finding;
    };
  }

  private static String before(Comparison of) {
    if (of.came().equals(Comparison.VISITS)) {
      return "the shop";
    }
    return of.came().label().isEmpty() ? Comparison.CART : of.came().label();
  }

  private static String percent(double share) {
    return number(100 * share) + " %";
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, number < 10 ? "%.1f" : "%.0f", number);
  }
}
