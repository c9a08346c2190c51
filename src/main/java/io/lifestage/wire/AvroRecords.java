package io.lifestage.wire;

import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all output records have in common in going from the core's values to Avro's. */
final class AvroRecords {
  private AvroRecords() {}

  /** A moment that always is. */
  static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  /** A moment that the core writes as 0 where it has not been. */
  static Instant atOrNull(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  /** A number that the core writes as 0 where it says nothing. */
  static Long numberOrNull(long number) {
    return number == 0 ? null : number;
  }

  /** A text that the core writes as empty where it says nothing. */
  static String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** By key, so that equal records are equal bytes. */
  static <V> Map<String, V> sorted(Map<String, V> map) {
    return new TreeMap<>(map);
  }

  /** The events' ids. */
  static List<String> ids(List<Cause> causes) {
    return causes.stream().map(Cause::event).toList();
  }

  /** Where the events were read, of those of which it is known, by their ids. */
  static Map<String, String> places(List<Cause> causes) {
    Map<String, String> places = new TreeMap<>();
    for (Cause cause : causes) {
      Place at = cause.place();
      if (at != null) {
        places.put(cause.event(), at.topic() + "-" + at.partition() + "@" + at.offset());
      }
    }
    return places;
  }

  static List<io.lifestage.wire.avro.Line> lines(List<Line> lines) {
    return lines.stream()
        .map(l -> new io.lifestage.wire.avro.Line(l.sku(), l.quantity(), l.unitPrice()))
        .toList();
  }
}
