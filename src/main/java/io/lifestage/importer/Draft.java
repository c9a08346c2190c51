package io.lifestage.importer;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What one row says by one rule, before it is joined with the other rows of its group.
 *
 * @param rule the number of the rule in the mapping, from 0
 * @param types the events it is to become, in this order
 * @param group the group's key; empty where each row stands for itself
 * @param row where the row begins in the file
 * @param at event time, epoch milliseconds
 * @param content a digest of the row's cells
 * @param attributes by name, none empty
 * @param line the product, or null
 * @param value the amount the event is about, or null where it is the lines' or unknown
 * @param currency ISO 4217 code of the amounts; empty where there are none
 */
record Draft(
    int rule,
    List<String> types,
    String group,
    long row,
    long at,
    String content,
    Map<String, String> attributes,
    ExactLine line,
    BigDecimal value,
    String currency) {
  private static final char GROUP_END = ':';

  /** The group's key as the file says it. */
  String groupName() {
    return group.substring(group.indexOf(GROUP_END) + 1);
  }

  /** The key of a group, in which rows of other rules and types never are. */
  static String groupKey(int rule, List<String> types, String key) {
    return rule + " " + String.join(" ", types) + GROUP_END + key;
  }

  /**
   * A product with amounts as the file has them, not rounded.
   *
   * @param quantity positive
   * @param unitPrice price of one
   * @param total price of all
   */
  record ExactLine(String sku, long quantity, BigDecimal unitPrice, BigDecimal total) {}
}
