package io.lifestage.explain;

import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where events were read, as decisions and triggers write it: {@code clickstream-3@1234}. */
public final class Places {
  /** A topic's name may have hyphens itself; 18 digits are below every bound. */
  private static final Pattern FORM = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

  private Places() {}

  /** The place that a text names; empty where it names none. */
  public static Optional<Place> read(String text) {
    Matcher place = FORM.matcher(text);
    return place.matches()
        ? Optional.of(
            new Place(
                place.group(1), Integer.parseInt(place.group(2)), Long.parseLong(place.group(3))))
        : Optional.empty();
  }

  /** As topic, partition and offset. */
  public static String written(Place place) {
    return place.topic() + "-" + place.partition() + "@" + place.offset();
  }

  /** An event, and where to read it back. */
  static String told(Cause cause) {
    return cause.place() == null
        ? cause.event()
        : cause.event() + " (" + written(cause.place()) + ")";
  }

  /** The same for programs; without a place where none is known. */
  static Map<String, Object> asMap(Cause cause) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("event", cause.event());
    if (cause.place() != null) {
      map.put("place", written(cause.place()));
      map.put("topic", cause.place().topic());
      map.put("partition", cause.place().partition());
      map.put("offset", cause.place().offset());
    }
    return map;
  }
}
