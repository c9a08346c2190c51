package io.lifestage.console;

import io.lifestage.console.CustomerArchive.Dossier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** One customer: the profile, and everything that happened on one line of time. */
final class CustomerView {
  private static final String CUSTOMER = "customer";

  private final String customer;
  private final Dossier dossier;
  private final Masking.Eye eye;
  private final UnaryOperator<String> sentence;

  private CustomerView(String customer, Dossier dossier, Masking.Eye eye) {
    this.customer = customer;
    this.dossier = dossier;
    this.eye = eye;
    this.sentence = eye.sentence(customer);
  }

  static Map<String, Object> of(String customer, Dossier dossier, Masking.Eye eye) {
    return new CustomerView(customer, dossier, eye).asMap();
  }

  /**
   * The run of a journey that a trigger or a decision belongs to, told; null where it is not found.
   *
   * @param trigger a trigger's id, or null
   * @param journey the decision's journey, where there is no trigger
   * @param at when it was decided
   */
  static Map<String, Object> why(
      String customer,
      Dossier dossier,
      String trigger,
      String journey,
      String at,
      Masking.Eye eye) {
    CustomerView view = new CustomerView(customer, dossier, eye);
    for (Map<String, Object> run : maps(dossier.story().get("runs"))) {
      boolean isIt =
          maps(run.get("decisions")).stream()
              .anyMatch(
                  decision ->
                      trigger != null
                          ? trigger.equals(decision.get("trigger_id"))
                          : Objects.equals(journey, run.get("journey"))
                              && Objects.equals(at, decision.get("at")));
      if (isIt) {
        return view.told(run);
      }
    }
    for (Map<String, Object> refusal : maps(dossier.story().get("not_let_in"))) {
      if (trigger == null && Objects.equals(journey, refusal.get("journey"))) {
        return view.told(refusal);
      }
    }
    return null;
  }

  private Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(CUSTOMER, eye.customer(customer));
    map.put("known", dossier.known());
    map.put("erased", dossier.erased());
    if (!dossier.known() || dossier.erased()) {
      return map;
    }
    map.put("profile", dossier.profile() == null ? null : profile(dossier.profile()));
    map.put("timeline", timeline());
    map.put("events_whole", dossier.eventsWhole());
    map.put("runs", maps(dossier.story().get("runs")).stream().map(this::told).toList());
    map.put(
        "not_let_in", maps(dossier.story().get("not_let_in")).stream().map(this::told).toList());
    return map;
  }

  private Map<String, Object> profile(Map<String, Object> profile) {
    Map<String, Object> map = new LinkedHashMap<>(profile);
    map.remove(CUSTOMER);
    map.replace("first_touch", eye.touch(entries(profile.get("first_touch"))));
    map.replace("attributes", eye.attributes(entries(profile.get("attributes"))));
    map.replace("trait_texts", eye.all(entries(profile.get("trait_texts"))));
    map.replace("journeys", maps(profile.get("journeys")).stream().map(this::run).toList());
    return map;
  }

  private Map<String, Object> run(Map<String, Object> run) {
    Map<String, Object> map = new LinkedHashMap<>(run);
    map.replace("instance_key", eye.id(String.valueOf(run.get("instance_key"))));
    return map;
  }

  /** Events, moves, triggers and decisions, the newest first. */
  private List<Map<String, Object>> timeline() {
    List<Map<String, Object>> line = new ArrayList<>();
    for (CustomerArchive.Event event : dossier.events()) {
      Map<String, Object> entry = entry("event", event.fields().get("occurred_at"));
      entry.put("topic", event.topic());
      entry.put("place", "%s-%d@%d".formatted(event.topic(), event.partition(), event.offset()));
      entry.put("fields", eye.event(event.fields()));
      line.add(entry);
    }
    for (Map<String, Object> move : dossier.transitions()) {
      Map<String, Object> entry = entry("move", move.get("at"));
      copy(move, entry, "from", "to", "cycle", "cause", "evidence", "withdrawn");
      line.add(entry);
    }
    for (Map<String, Object> trigger : dossier.triggers()) {
      Map<String, Object> entry = entry("trigger", trigger.get("at"));
      copy(
          trigger,
          entry,
          "trigger_id",
          "status",
          "kind",
          "journey",
          "journey_version",
          "audience",
          "channel",
          "template",
          "not_before",
          "expires_at",
          "items",
          "priority",
          "causes");
      entry.put("instance_key", eye.id(String.valueOf(trigger.get("instance_key"))));
      entry.put("data", eye.all(entries(trigger.get("data"))));
      line.add(entry);
    }
    for (Map<String, Object> decision : dossier.decisions()) {
      // What was sent stands there as the trigger itself.
      if (!"FIRED".equals(decision.get("outcome"))) {
        Map<String, Object> entry = entry("decision", decision.get("at"));
        copy(
            decision,
            entry,
            "outcome",
            "reason",
            "journey",
            "journey_version",
            "step",
            "trigger_id",
            "verdicts",
            "causes");
        entry.put("instance_key", eye.id(String.valueOf(decision.get("instance_key"))));
        line.add(entry);
      }
    }
    line.sort(
        Comparator.comparing((Map<String, Object> entry) -> String.valueOf(entry.get("at")))
            .reversed());
    return line;
  }

  private static Map<String, Object> entry(String what, Object at) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("what", what);
    entry.put("at", at);
    return entry;
  }

  private static void copy(Map<String, Object> from, Map<String, Object> to, String... names) {
    for (String name : names) {
      to.put(name, from.get(name));
    }
  }

  /** What explain tells, without the customer's id where that is masked. */
  private Map<String, Object> told(Map<String, Object> story) {
    Map<String, Object> map = new LinkedHashMap<>();
    story.forEach((name, value) -> map.put(name, told(value)));
    return map;
  }

  private Object told(Object value) {
    if (value instanceof String text) {
      return sentence.apply(text);
    }
    if (value instanceof Map<?, ?> map) {
      return told(entries(map));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(this::told).toList();
    }
    return value;
  }

  @SuppressWarnings("unchecked") // What RecordPrinter and Story give are maps by names.
  private static Map<String, Object> entries(Object map) {
    return map == null ? Map.of() : (Map<String, Object>) map;
  }

  @SuppressWarnings("unchecked") // Likewise.
  private static List<Map<String, Object>> maps(Object list) {
    return list == null ? List.of() : (List<Map<String, Object>>) list;
  }
}
