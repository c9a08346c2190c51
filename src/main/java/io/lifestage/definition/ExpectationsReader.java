package io.lifestage.definition;

import static io.lifestage.definition.Spec.Aspect.CUSTOMER;
import static io.lifestage.definition.Spec.Aspect.DECISION;
import static io.lifestage.definition.Spec.Aspect.TRANSITION;
import static io.lifestage.definition.Spec.Aspect.TRIGGER;

import io.lifestage.decision.Definitions;
import io.lifestage.definition.Spec.Aspect;
import io.lifestage.definition.Spec.Expectation;
import io.lifestage.journey.Decision.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what has to follow; each entry becomes the texts that what followed has to have. */
final class ExpectationsReader {
  private static final List<String> KEYS =
      List.of(
          "triggers",
          "suppressions",
          "exits",
          "decisions",
          "transitions",
          "silent",
          "stage",
          "cycle");

  private static final List<String> OF_TRIGGERS =
      List.of(
          "at",
          "journey",
          "kind",
          "instance",
          "to",
          "channel",
          "template",
          "priority",
          "items",
          "data",
          "expires");

  private static final List<String> OF_REFUSALS =
      List.of("at", "journey", "instance", "step", "reason");

  private static final List<String> OF_DECISIONS =
      List.of("at", "journey", "instance", "step", "outcome", "reason");

  private static final List<String> OF_TRANSITIONS = List.of("at", "from", "to", "cause", "cycle");

  private final Problems problems;
  private final Definitions definitions;
  private final long start;
  private final List<Expectation> expectations = new ArrayList<>();

  ExpectationsReader(Problems problems, Definitions definitions, long start) {
    this.problems = problems;
    this.definitions = definitions;
    this.start = start;
  }

  List<Expectation> read(Node node) {
    Section section = Section.of(problems, "'expect'", node, KEYS);
    list(section, "triggers", TRIGGER, Map.of(), OF_TRIGGERS, true);
    list(section, "suppressions", DECISION, outcome(Outcome.SUPPRESSED), OF_REFUSALS, true);
    list(section, "exits", DECISION, outcome(Outcome.EXITED), OF_REFUSALS, true);
    list(section, "decisions", DECISION, Map.of(), OF_DECISIONS, false);
    list(section, "transitions", TRANSITION, Map.of(), OF_TRANSITIONS, true);
    for (String journey : section.names("silent", "journey", definitions.journeys().keySet())) {
      add("silent", Set.of(TRIGGER, DECISION), Map.of("journey", journey), true, List.of());
    }
    Map<String, String> customer = new LinkedHashMap<>();
    if (section.has("stage")) {
      customer.put("stage", stage(section, "stage"));
    }
    if (section.has("cycle")) {
      customer.put("cycle", String.valueOf(section.number("cycle", 1, 0, Integer.MAX_VALUE)));
    }
    if (!customer.isEmpty()) {
      add("customer", Set.of(CUSTOMER), Map.of(), true, List.of(customer));
    }
    if (section.keys().isEmpty()) {
      problems.add(node, "'expect' expects nothing", "there are " + String.join(", ", KEYS));
    }
    return List.copyOf(expectations);
  }

  private static Map<String, String> outcome(Outcome outcome) {
    return Map.of("outcome", outcome.name().toLowerCase(Locale.ROOT));
  }

  private void list(
      Section section,
      String key,
      Aspect aspect,
      Map<String, String> among,
      List<String> allowed,
      boolean complete) {
    if (!section.has(key)) {
      return;
    }
    List<Map<String, String>> entries = new ArrayList<>();
    for (Node node : section.nodes(key)) {
      entries.add(entry(Section.of(problems, "an entry of '" + key + "'", node, allowed)));
    }
    add(key, Set.of(aspect), among, complete, entries);
  }

  private void add(
      String name,
      Set<Aspect> of,
      Map<String, String> among,
      boolean complete,
      List<Map<String, String>> entries) {
    expectations.add(new Expectation(name, of, among, complete, entries));
  }

  private Map<String, String> entry(Section section) {
    Map<String, String> entry = new LinkedHashMap<>();
    for (String key : section.keys()) {
      switch (key) {
        case "at", "expires" -> entry.put(key, moment(section, key));
        case "items" -> entry.put(key, String.join(", ", section.texts(key)));
        case "data" -> entry.putAll(data(section));
        case "journey" ->
            section
                .names(key, "journey", definitions.journeys().keySet())
                .forEach(journey -> entry.put(key, journey));
        case "outcome" -> entry.put(key, section.word(key, outcomes()));
        case "from" -> entry.put(key, stage(section, key));
        default -> entry.put(key, section.text(key, ""));
      }
    }
    return entry;
  }

  private String moment(Section section, String key) {
    String text = section.text(key, "");
    Long at = Moments.read(text, start);
    if (at == null) {
      section.wrong(key, "is '" + text + "'", EventsReader.MOMENT);
      return text;
    }
    return Moments.offset(at, start);
  }

  private Map<String, String> data(Section section) {
    Map<String, String> data = new LinkedHashMap<>();
    if (section.node("data") instanceof MappingNode node) {
      Section said = Section.open(problems, "'data'", node);
      said.keys().forEach(name -> data.put("data." + name, said.text(name, "")));
    } else {
      section.wrong("data", "has to be names with values", "write {name: value}");
    }
    return data;
  }

  private String stage(Section section, String key) {
    List<String> stages = new ArrayList<>(definitions.stages().stages());
    stages.add("none");
    String stage = section.text(key, "");
    if (!stages.contains(stage)) {
      section.wrong(key, "is '" + stage + "'", Suggestion.among(stage, stages));
    }
    return stage;
  }

  private static List<String> outcomes() {
    return Arrays.stream(Outcome.values()).map(o -> o.name().toLowerCase(Locale.ROOT)).toList();
  }
}
