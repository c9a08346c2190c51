package io.lifestage.importer;

import java.util.List;
import java.util.Map;

/**
 * How one text is got from a row: cells or a constant, trimmed, looked up in a table, prefixed.
 *
 * @param columns whose texts are joined, the empty ones left out; none for a constant
 * @param join between two of them
 * @param constant the text where there are no columns
 * @param trimPrefix taken off where the text begins with it
 * @param trimSuffix taken off where the text ends with it
 * @param prefix put before a text that is not empty
 * @param values what texts mean; an empty table leaves them as they are
 * @param otherwise read instead where the text is empty or not in the table; may be null
 */
record TextReading(
    List<String> columns,
    String join,
    String constant,
    String trimPrefix,
    String trimSuffix,
    String prefix,
    Map<String, String> values,
    TextReading otherwise) {

  static TextReading column(String column) {
    return new TextReading(List.of(column), " ", "", "", "", "", Map.of(), null);
  }

  static TextReading constant(String text) {
    return new TextReading(List.of(), " ", text, "", "", "", Map.of(), null);
  }

  /** The text; empty where the row has none. */
  String read(Row row) throws BadRowException {
    String text = trimmed(joined(row));
    if (!values.isEmpty() && !text.isEmpty()) {
      String meant = values.get(text);
      if (meant == null && otherwise == null) {
        throw new BadRowException(this + " has a text that the table of the mapping has not", text);
      }
      text = meant == null ? "" : meant;
    }
    if (text.isEmpty()) {
      return otherwise == null ? "" : otherwise.read(row);
    }
    return prefix.isEmpty() ? text : prefix + text;
  }

  private String joined(Row row) throws BadRowException {
    if (columns.isEmpty()) {
      return constant;
    }
    if (columns.size() == 1) {
      return row.get(columns.get(0));
    }
    StringBuilder joined = new StringBuilder();
    for (String column : columns) {
      String text = row.get(column);
      if (!text.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : join).append(text);
      }
    }
    return joined.toString();
  }

  private String trimmed(String text) {
    String trimmed = text;
    if (!trimPrefix.isEmpty() && trimmed.startsWith(trimPrefix)) {
      trimmed = trimmed.substring(trimPrefix.length());
    }
    if (!trimSuffix.isEmpty() && trimmed.endsWith(trimSuffix)) {
      trimmed = trimmed.substring(0, trimmed.length() - trimSuffix.length());
    }
    return trimmed;
  }

  /** What people call it: its columns. */
  @Override
  public String toString() {
    return columns.isEmpty() ? "'" + constant + "'" : String.join(" + ", columns);
  }
}
