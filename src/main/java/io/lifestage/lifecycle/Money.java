package io.lifestage.lifecycle;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;

/**
 * An amount of one currency.
 *
 * @param minor the amount in minor units (cents, pence), negative where money goes back
 * @param currency ISO 4217 code, or empty for {@link #NONE}
 */
public record Money(long minor, String currency) {

  /** No money at all: zero of no currency. */
  public static final Money NONE = new Money(0, "");

  public Money {
    Objects.requireNonNull(currency, "currency");
  }

  /** In major units, such as {@code 19.99 GBP}; in hundredths where the currency is not known. */
  @Override
  public String toString() {
    return (BigDecimal.valueOf(minor, digits()).toPlainString() + " " + currency).strip();
  }

  private int digits() {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 2;
    }
  }
}
