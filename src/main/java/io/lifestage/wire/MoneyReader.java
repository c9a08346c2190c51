package io.lifestage.wire;

import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** The amounts of an input record, and the lines that they may be the sum of. */
final class MoneyReader {
  private MoneyReader() {}

  static List<Line> lines(GenericRecord record, InputLimits limits) throws UnusableRecordException {
    if (!record.hasField(EventFields.LINES)) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    for (Object element : (List<?>) record.get(EventFields.LINES)) {
      GenericRecord line = (GenericRecord) element;
      String sku = line.get("sku").toString();
      long quantity = (Long) line.get("quantity");
      long price = (Long) line.get("unit_price_minor");
      InputRules.requireText("the sku of a line", sku);
      InputRules.requireLength("the sku of a line", sku, limits);
      InputRules.requireQuantity(quantity);
      InputRules.requireAmount("unit_price_minor", price);
      lines.add(new Line(sku, quantity, price));
    }
    return List.copyOf(lines);
  }

  /**
   * What the record is worth: what it says, else what the lines add up to, else nothing.
   *
   * @param signed whether the amount may be negative
   */
  static Money value(GenericRecord record, List<Line> lines, boolean signed)
      throws UnusableRecordException {
    if (!record.hasField(EventFields.VALUE_MINOR)) {
      return Money.NONE;
    }
    Object said = record.get(EventFields.VALUE_MINOR);
    String currency = text(record.get(EventFields.CURRENCY));
    if (said == null && lines.isEmpty()) {
      return Money.NONE;
    }
    InputRules.requireCurrency(currency);
    long sum = sum(lines);
    long minor = said == null ? sum : (Long) said;
    InputRules.requireAmount(EventFields.VALUE_MINOR, signed ? Math.abs(minor) : minor);
    return new Money(minor, currency);
  }

  /** The price of a product; {@link Money#NONE} where it has none. */
  static Money price(GenericRecord product) throws UnusableRecordException {
    Object minor = product.get("price_minor");
    if (minor == null) {
      return Money.NONE;
    }
    String currency = text(product.get(EventFields.CURRENCY));
    InputRules.requireCurrency(currency);
    InputRules.requireAmount("price_minor", (Long) minor);
    return new Money((Long) minor, currency);
  }

  private static long sum(List<Line> lines) throws UnusableRecordException {
    try {
      long sum = 0;
      for (Line line : lines) {
        sum = Math.addExact(sum, Math.multiplyExact(line.quantity(), line.unitPrice()));
      }
      return sum;
    } catch (ArithmeticException e) {
      throw InputRules.invalid("the lines add up to more than can be counted");
    }
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
