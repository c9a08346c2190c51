package io.lifestage.explain;

import io.lifestage.lifecycle.Cause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One run of a journey, told from its beginning.
 *
 * @param journey the journey's id
 * @param key what the run is about
 * @param versions the versions of the journey that it was in, in their order
 * @param begunAt when it began; null where its beginning is no longer in the topic
 * @param startedBy the events that started it, the one that it counts from first
 * @param state how it stands, see {@link State}
 * @param standing the same in plain words
 * @param chapters its decisions, in the order in which the engine wrote them
 */
record Run(
    String journey,
    String key,
    List<Long> versions,
    Instant begunAt,
    List<Cause> startedBy,
    State state,
    String standing,
    List<Chapter> chapters) {

  /** How a run stands. */
  enum State {
    /** It waits in a step. */
    UNDER_WAY,
    /** A trigger of it waits for the end of quiet hours. */
    HELD,
    /** Its goal was reached. */
    CONVERTED,
    /** Its goal was not reached in its time. */
    GOAL_MISSED,
    /** It was ended. */
    EXITED,
    /** It, or what it sent, was taken back, and nothing else came of it. */
    TAKEN_BACK,
    /** It is not under way any more; how it ended is not written. */
    OVER,
    /** Nothing is written behind its last decision. */
    OPEN
  }

  Instant firstAt() {
    return chapters.get(0).at();
  }

  Instant lastAt() {
    return chapters.stream().map(Chapter::at).max(Instant::compareTo).orElseThrow();
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("journey", journey);
    map.put("journey_versions", versions);
    map.put("instance_key", key);
    map.put("begun_at", begunAt == null ? null : begunAt.toString());
    map.put("started_by", startedBy.stream().map(Places::asMap).toList());
    map.put("state", state.name().toLowerCase(Locale.ROOT));
    map.put("standing", standing);
    map.put("decisions", chapters.stream().map(Chapter::asMap).toList());
    return map;
  }
}
