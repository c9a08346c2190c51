package io.lifestage.importer;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How numbers are written. Spaces and currency signs around and in them mean nothing.
 *
 * @param decimal before the fraction
 * @param grouping between thousands; exactly three digits have to follow it, so that a decimal
 *     comma is never taken for it silently
 */
record Numbers(char decimal, char grouping) {
  private static final Pattern PLAIN =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,2})?");
  private static final Pattern NOISE = Pattern.compile("[\\p{Sc}\\p{Z}\\s]");
  private static final int MAX_LENGTH = 64;

  /** Beyond this no amount in minor units fits a long. */
  private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000_000_000L);

  /**
   * A number, exactly as it is written.
   *
   * @param what where the text stands, for the reason
   * @param text not empty
   */
  BigDecimal parse(String what, String text) throws BadRowException {
    BigDecimal number = text.length() <= MAX_LENGTH ? number(text) : null;
    if (number == null) {
      throw new BadRowException(what + " is not a number", text);
    }
    if (number.abs().compareTo(MAX) > 0) {
      throw new BadRowException(what + " is too large", text);
    }
    return number;
  }

  /** A number without a fraction, such as a quantity; {@code 2.0} is one. */
  long whole(String what, String text) throws BadRowException {
    BigDecimal number = parse(what, text).stripTrailingZeros();
    if (number.scale() > 0) {
      throw new BadRowException(what + " is not a whole number", text);
    }
    return number.longValueExact();
  }

  private BigDecimal number(String text) {
    try {
      if (isPlain(text)) {
        return new BigDecimal(text);
      }
      String plain = plain(text);
      return PLAIN.matcher(plain).matches() ? new BigDecimal(plain) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private String plain(String text) {
    String bare = NOISE.matcher(text).replaceAll("").replace('\u2212', '-');
    int fraction = bare.indexOf(decimal);
    String whole = fraction < 0 ? bare : bare.substring(0, fraction);
    if (whole.indexOf(grouping) >= 0) {
      if (!grouped(whole)) {
        return "";
      }
      whole = whole.replace(String.valueOf(grouping), "");
    }
    return fraction < 0 ? whole : whole + "." + bare.substring(fraction + 1);
  }

  private boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '-' && (c != '.' || decimal != '.')) {
        return false;
      }
    }
    return true;
  }

  private boolean grouped(String whole) {
    String[] groups = whole.split(Pattern.quote(String.valueOf(grouping)), -1);
    for (int i = 1; i < groups.length; i++) {
      if (groups[i].length() != 3) {
        return false;
      }
    }
    return groups[0].matches("[+-]?\\d{1,3}");
  }
}
