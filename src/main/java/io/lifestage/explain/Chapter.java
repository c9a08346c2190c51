package io.lifestage.explain;

import io.lifestage.lifecycle.Cause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One decision of a run, told.
 *
 * @param at when, event time
 * @param outcome as the decision has it
 * @param reason its code
 * @param version the journey's version
 * @param step the step's name, or null
 * @param triggerId the trigger that it is about, or null
 * @param decidedBy the event that made the engine decide; null where time did, or nobody said
 * @param until how long it stays so, or null
 * @param again whether a late event made the engine decide what it had decided before
 * @param sentences what happened, in plain words
 * @param guards what each guard saw
 * @param causes what it rests on, the first first
 */
record Chapter(
    Instant at,
    String outcome,
    String reason,
    long version,
    String step,
    String triggerId,
    Cause decidedBy,
    Instant until,
    boolean again,
    List<String> sentences,
    List<GuardSaid> guards,
    List<Cause> causes) {

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", at.toString());
    map.put("outcome", outcome);
    map.put("reason", reason);
    map.put("journey_version", version);
    map.put("step", step);
    map.put("trigger_id", triggerId);
    map.put("decided_by", decidedBy == null ? null : Places.asMap(decidedBy));
    map.put("until", until == null ? null : until.toString());
    map.put("decided_again", again);
    map.put("sentences", sentences);
    map.put("guards", guards.stream().map(GuardSaid::asMap).toList());
    map.put("causes", causes.stream().map(Places::asMap).toList());
    return map;
  }
}
