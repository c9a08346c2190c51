package io.lifestage.ops;

import io.lifestage.wire.Topic;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether every record that went in is somewhere: in the state, a dead letter, late, or a
 * duplicate. Who was refused is known first, by where it was read; of the others the first with an
 * id is in the state, and the rest are duplicates.
 */
final class Accounting {

  /** What became of the records of one input topic. */
  private static final class Book {
    private long read;
    private long state;
    private long deadLetters;
    private long late;
    private long duplicates;
    private long missing;

    private Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("read", read);
      map.put("state", state);
      map.put("dead_letters", deadLetters);
      map.put("late", late);
      map.put("duplicates", duplicates);
      map.put("missing", missing);
      return map;
    }
  }

  private final Map<Topic, Book> books = new EnumMap<>(Topic.class);
  private final Fingerprints deadLetters = new Fingerprints();
  private final Fingerprints late = new Fingerprints();
  private final Fingerprints ids = new Fingerprints();
  private long refusedTwice;

  /** A record of {@code dead-letters} or {@code late-events}, by its headers. */
  void refused(Topic where, Map<String, String> headers) {
    String origin =
        origin(
            headers.get("lifestage.topic"),
            headers.get("lifestage.partition"),
            headers.get("lifestage.offset"));
    if (!(where == Topic.DEAD_LETTERS ? deadLetters : late).add(origin)) {
      refusedTwice++;
    }
  }

  /**
   * A record of an input topic.
   *
   * @param id its event id; empty where it has none, null where it can't be used
   * @return whether it is in the state
   */
  boolean read(Topic topic, String name, int partition, long offset, String id) {
    Book book = books.computeIfAbsent(topic, unused -> new Book());
    String origin = origin(name, Integer.toString(partition), Long.toString(offset));
    book.read++;
    if (deadLetters.contains(origin)) {
      book.deadLetters++;
    } else if (late.contains(origin)) {
      book.late++;
    } else if (id == null) {
      book.missing++;
    } else if (!id.isEmpty() && !ids.add(id)) {
      book.duplicates++;
    } else {
      book.state++;
      return true;
    }
    return false;
  }

  /** Refused records that are written twice: with exactly-once there are none. */
  long refusedTwice() {
    return refusedTwice;
  }

  /** By input topic, in the order in which they were read. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    books.forEach((topic, book) -> map.put(topic.plainName(), book.asMap()));
    return map;
  }

  private static String origin(String topic, String partition, String offset) {
    return topic + "-" + partition + "@" + offset;
  }
}
