package io.lifestage.importer;

import io.lifestage.importer.Draft.ExactLine;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How a row becomes a line of an order.
 *
 * @param quantity a whole number; a constant 1 where the file has one row for each piece
 * @param price of one piece; null if {@code total} is given
 * @param total of all pieces; null if {@code price} is given
 */
record LineReading(TextReading sku, TextReading quantity, TextReading price, TextReading total) {

  /**
   * The line that a row says.
   *
   * @param unsigned whether a sign of quantity and price means nothing, as in a cancellation
   */
  ExactLine read(Row row, Numbers numbers, boolean unsigned) throws BadRowException {
    String product = required(sku, row);
    long pieces = sign(numbers.whole(quantity.toString(), required(quantity, row)), unsigned);
    if (pieces <= 0) {
      throw new BadRowException(quantity + " is not positive", String.valueOf(pieces));
    }
    TextReading given = price == null ? total : price;
    BigDecimal amount = numbers.parse(given.toString(), required(given, row));
    if (unsigned) {
      amount = amount.abs();
    }
    if (amount.signum() < 0) {
      throw new BadRowException(given + " is negative", amount.toPlainString());
    }
    BigDecimal count = BigDecimal.valueOf(pieces);
    return price == null
        ? new ExactLine(product, pieces, amount.divide(count, MathContext.DECIMAL64), amount)
        : new ExactLine(product, pieces, amount, amount.multiply(count));
  }

  private static long sign(long number, boolean unsigned) {
    return unsigned ? Math.abs(number) : number;
  }

  private static String required(TextReading reading, Row row) throws BadRowException {
    String text = reading.read(row);
    if (text.isEmpty()) {
      throw new BadRowException(reading + " is empty");
    }
    return text;
  }
}
