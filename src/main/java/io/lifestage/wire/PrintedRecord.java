package io.lifestage.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What {@link RecordPrinter} read, for whoever asks for single fields. A field that the record's
 * schema does not have is as one that is null: the record may be of another release.
 *
 * @param fields values by name, as {@link RecordPrinter#read} gives them
 */
public record PrintedRecord(Map<String, Object> fields) {

  /** A text, an enum's symbol or anything else as text; null where it is null. */
  public String text(String name) {
    Object value = fields.get(name);
    return value == null ? null : value.toString();
  }

  /** A whole number; 0 where it is null. */
  public long number(String name) {
    return fields.get(name) instanceof Number number ? number.longValue() : 0;
  }

  public boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  /** A moment; null where it is null. */
  public Instant time(String name) {
    String text = text(name);
    return text == null ? null : Instant.parse(text);
  }

  /** The elements of an array of texts; empty where it is null. */
  public List<String> texts(String name) {
    return list(name).stream().map(Object::toString).toList();
  }

  /** The elements of an array of records; empty where it is null. */
  @SuppressWarnings("unchecked") // A record is read as a map by its fields' names.
  public List<PrintedRecord> records(String name) {
    return list(name).stream()
        .map(element -> new PrintedRecord((Map<String, Object>) element))
        .toList();
  }

  /** A record within the record; null where it is null. */
  public PrintedRecord record(String name) {
    Map<String, Object> within = entries(name);
    return within.isEmpty() ? null : new PrintedRecord(within);
  }

  /** A map with the key's order; empty where it is null. */
  @SuppressWarnings("unchecked") // The keys of an Avro map are texts.
  public Map<String, Object> entries(String name) {
    return fields.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private List<?> list(String name) {
    return fields.get(name) instanceof List<?> list ? list : List.of();
  }
}
