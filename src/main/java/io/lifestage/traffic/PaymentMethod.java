package io.lifestage.traffic;

import java.util.List;
import java.util.Locale;

/** Ways to pay: how common, how often they fail, and how long the money takes. */
@SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that nobody changes.
enum PaymentMethod {
  CARD(0.26, 0.09, List.of("insufficient_funds", "card_declined", "3ds_failed", "card_expired")),
  PAYPAL(0.34, 0.03, List.of("authentication_failed", "account_limited")),
  INVOICE(0.20, 0.06, List.of("risk_check_declined", "address_mismatch")),
  BANK_TRANSFER(0.08, 0.01, List.of("bank_unavailable")),
  APPLE_PAY(0.10, 0.02, List.of("card_declined")),
  IDEAL(0.02, 0.04, List.of("bank_unavailable", "cancelled_by_customer"));

  static final List<PaymentMethod> ALL = List.of(values());

  private final double share;

  /** Probability that one attempt fails. */
  final double failing;

  final List<String> failures;

  PaymentMethod(double share, double failing, List<String> failures) {
    this.share = share;
    this.failing = failing;
    this.failures = failures;
  }

  static PaymentMethod chosen(Dice dice, Country country) {
    return dice.oneOf(ALL, method -> method.shareIn(country));
  }

  private double shareIn(Country country) {
    if (this == IDEAL) {
      return country == Country.NL ? 1.5 : 0;
    }
    boolean byInvoice = country == Country.DE || country == Country.AT;
    return this == INVOICE && !byInvoice ? 0 : share;
  }

  /** How long after the order the shop has the money, in milliseconds. */
  long settles(Dice dice) {
    return switch (this) {
      case BANK_TRANSFER -> dice.between(20 * Rhythm.HOUR, 4 * Rhythm.DAY);
      case INVOICE -> dice.between(Rhythm.MINUTE, 20 * Rhythm.MINUTE);
      default -> dice.between(Rhythm.SECOND, 8 * Rhythm.SECOND);
    };
  }

  /** As the events say it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
