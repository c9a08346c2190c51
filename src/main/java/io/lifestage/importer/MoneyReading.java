package io.lifestage.importer;

import io.lifestage.lifecycle.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/**
 * How amounts become minor units: multiplied by ten to the currency's ISO 4217 exponent and rounded
 * once, half away from zero. A sum of lines is exact before it is rounded.
 */
final class MoneyReading {
  private static final int UNKNOWN = -1;

  /** The largest amount that the engine takes, in minor units. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000_000L);

  private final TextReading currency;
  private final boolean minorUnits;
  private final Map<String, Integer> exponents = new HashMap<>();

  /**
   * @param currency where the ISO 4217 code stands
   * @param minorUnits whether the file's amounts are in minor units already
   */
  MoneyReading(TextReading currency, boolean minorUnits) {
    this.currency = currency;
    this.minorUnits = minorUnits;
  }

  /** The ISO 4217 code of a row's amounts. */
  String currency(Row row) throws BadRowException {
    String code = currency.read(row);
    if (exponent(code) == UNKNOWN) {
      throw new BadRowException(currency + " is not a currency of ISO 4217", code);
    }
    return code;
  }

  /** An exact amount of a currency that {@link #currency} gave, rounded. */
  Money money(BigDecimal amount, String code) throws BadRowException {
    BigDecimal minor = amount.movePointRight(minorUnits ? 0 : exponent(code));
    if (minor.compareTo(LARGEST) > 0) {
      throw new BadRowException("an amount is too large", amount.toPlainString());
    }
    return new Money(minor.setScale(0, RoundingMode.HALF_UP).longValueExact(), code);
  }

  /** How many decimals a currency has, or -1 for a code that is none. */
  static int decimals(String code) {
    try {
      return Currency.getInstance(code).getDefaultFractionDigits();
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  private int exponent(String code) {
    Integer known = exponents.get(code);
    if (known == null) {
      known = decimals(code);
      if (known != UNKNOWN) {
        exponents.put(code, known);
      }
    }
    return known;
  }
}
