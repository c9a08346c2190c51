package io.lifestage.importer;

import java.util.Map;

/**
 * What an import did. Every row is in exactly one place: {@code rows = used + left out + bad}.
 *
 * @param rows records of the file, the header and blank lines not counted
 * @param used rows of which events were made
 * @param leftOut rows that the mapping leaves out, by its reason
 * @param bad faulty rows, by reason
 * @param events events sent, by type
 * @param first time of the earliest event, epoch milliseconds; 0 if there is none
 * @param last time of the latest event, epoch milliseconds; 0 if there is none
 * @param customers different people, known or anonymous, without guests
 * @param guests different orders that belong to nobody
 * @param spilled files that were needed to sort; 0 if memory was enough
 */
public record Summary(
    long rows,
    long used,
    Map<String, Long> leftOut,
    Map<String, Long> bad,
    Map<String, Long> events,
    long first,
    long last,
    long customers,
    long guests,
    int spilled) {

  /** All events sent. */
  public long sent() {
    return events.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All faulty rows. */
  public long badRows() {
    return bad.values().stream().mapToLong(Long::longValue).sum();
  }
}
