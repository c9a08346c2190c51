package io.lifestage.importer;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.EventType;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the rows that pass a test become events.
 *
 * @param number its place in the mapping, from 0
 * @param types the events of a row, one after the other; empty if {@code type} says it
 * @param type the one event of a row; null if {@code types} say it
 * @param where the rows it applies to
 * @param group what rows of the same order have in common; null if each row is an event
 * @param attributes by name
 * @param lines the products of the event; null if it has none
 * @param value the amount the event is about; null if it is the sum of the lines, or there is none
 */
record EventRule(
    int number,
    List<String> types,
    TextReading type,
    RowTest where,
    TextReading group,
    TimeReading at,
    Map<String, TextReading> attributes,
    LineReading lines,
    TextReading value,
    MoneyReading money,
    Numbers numbers) {

  /** In these, money goes back: quantities and amounts are read without their sign. */
  static final Set<String> GIVING_BACK =
      Set.of(EventType.ORDER_CANCELLED, EventType.ORDER_REFUNDED);

  /** What a guest's orders have for a visitor's id, before the order's number. */
  private static final String GUEST = "guest:";

  /**
   * What a row says.
   *
   * @param content the digest of the row
   * @throws BadRowException if it lacks what an event of its type can't do without
   */
  Draft draft(Row row, String content) throws BadRowException {
    List<String> made = type == null ? types : List.of(typeOf(row));
    boolean unsigned = GIVING_BACK.containsAll(made);
    Map<String, String> texts = attributes(row);
    for (String each : made) {
      check(each, texts);
    }
    identify(made, texts);
    BigDecimal amount = value == null ? null : amount(row, unsigned);
    boolean priced = lines != null || amount != null;
    return new Draft(
        number,
        made,
        group == null ? "" : groupKey(row, made),
        row.line(),
        at.read(row),
        content,
        texts,
        lines == null ? null : lines.read(row, numbers, unsigned),
        amount,
        priced ? money.currency(row) : "");
  }

  private String typeOf(Row row) throws BadRowException {
    String read = type.read(row);
    if (read.isEmpty()) {
      throw new BadRowException(type + " is empty, so the event's type is not known");
    }
    return read;
  }

  private String groupKey(Row row, List<String> made) throws BadRowException {
    String key = group.read(row);
    if (key.isEmpty()) {
      throw new BadRowException(group + " is empty, so the group is not known");
    }
    return Draft.groupKey(number, made, key);
  }

  private Map<String, String> attributes(Row row) throws BadRowException {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, TextReading> attribute : attributes.entrySet()) {
      String text = attribute.getValue().read(row);
      if (!text.isEmpty()) {
        texts.put(attribute.getKey(), Vocabulary.checked(attribute.getKey(), text, numbers));
      }
    }
    return texts;
  }

  private static void check(String type, Map<String, String> texts) throws BadRowException {
    for (String required : EventType.required(EventType.topicOf(type), type)) {
      if (!texts.containsKey(required)) {
        throw new BadRowException(type + " without " + required);
      }
    }
  }

  /** An order that nobody signed in for is a guest's; any other event has to be somebody's. */
  private static void identify(List<String> types, Map<String, String> texts)
      throws BadRowException {
    String customer = texts.get(Attribute.CUSTOMER_ID);
    if (customer != null && CustomerKey.isAnonymous(customer)) {
      throw new BadRowException("customer_id has the form of a visitor's key", customer);
    }
    if (CustomerKey.of(customer, texts.get(Attribute.ANONYMOUS_ID)) != null) {
      return;
    }
    if (!EventType.of("orders").containsAll(types)) {
      throw new BadRowException("neither customer_id nor anonymous_id is known");
    }
    texts.put(Attribute.ANONYMOUS_ID, GUEST + texts.get(Attribute.ORDER_ID));
  }

  static boolean isGuest(String key) {
    return key.startsWith(CustomerKey.guest(""));
  }

  private BigDecimal amount(Row row, boolean unsigned) throws BadRowException {
    String text = value.read(row);
    if (text.isEmpty()) {
      return null;
    }
    BigDecimal amount = numbers.parse(value.toString(), text);
    if (unsigned) {
      return amount.abs();
    }
    if (amount.signum() < 0) {
      throw new BadRowException(value + " is negative", text);
    }
    return amount;
  }
}
