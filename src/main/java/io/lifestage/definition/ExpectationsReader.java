package io.lifestage.definition;

import static io.lifestage.definition.Spec.Aspect.CUSTOMER;
import static io.lifestage.definition.Spec.Aspect.DECISION;
import static io.lifestage.definition.Spec.Aspect.TRANSITION;
import static io.lifestage.definition.Spec.Aspect.TRIGGER;

import io.lifestage.decision.Definitions;
import io.lifestage.definition.Spec.Aspect;
import io.lifestage.definition.Spec.Expectation;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.lifecycle.Move;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
  private final Set<String> journeys;
  private final long start;
  private final List<Expectation> expectations = new ArrayList<>();

  /**
   * Reads what a case expects.
   *
   * @param journeys what the case is about; empty for all
   */
  ExpectationsReader(Problems problems, Definitions definitions, Set<String> journeys, long start) {
    this.problems = problems;
    this.definitions = definitions;
    this.journeys = journeys;
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
      entries.add(entry(Section.of(problems, "an entry of '" + key + "'", node, allowed), aspect));
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

  private Map<String, String> entry(Section section, Aspect aspect) {
    Map<String, String> entry = new LinkedHashMap<>();
    Set<String> known = definitions.journeys().keySet();
    Set<String> named = section.names("journey", "journey", known);
    named.forEach(journey -> entry.put("journey", journey));
    Answers answers = new Answers(definitions, named.isEmpty() ? journeys : named);
    for (String key : section.keys()) {
      switch (key) {
        case "journey" -> {}
        case "at", "expires" -> entry.put(key, moment(section, key));
        case "items" -> entry.put(key, String.join(", ", section.texts(key)));
        case "data" -> entry.putAll(data(section, answers.data()));
        case "outcome" -> entry.put(key, section.word(key, outcomes()));
        case "from" -> entry.put(key, stage(section, key));
        case "to" ->
            entry.put(
                key,
                aspect == TRANSITION
                    ? stage(section, key)
                    : section.word(key, List.of("customer", "staff")));
        case "kind" -> entry.put(key, said(section, key, answers.kinds()));
        case "template" -> entry.put(key, said(section, key, answers.templates()));
        case "channel" -> entry.put(key, said(section, key, answers.channels()));
        case "step" -> entry.put(key, said(section, key, answers.steps()));
        case "reason" -> entry.put(key, said(section, key, answers.reasons()));
        case "cause" -> entry.put(key, said(section, key, causes()));
        case "priority" -> entry.put(key, String.valueOf(section.number(key, 0, 0, 100)));
        case "cycle" ->
            entry.put(key, String.valueOf(section.number(key, 1, 1, Integer.MAX_VALUE)));
        default -> entry.put(key, section.text(key, ""));
      }
    }
    return entry;
  }

  /** A word that what is looked at can say. */
  private static String said(Section section, String key, Set<String> words) {
    String text = section.text(key, "");
    if (!words.contains(text)) {
      section.wrong(
          key, "is '" + text + "', which nothing here says", Suggestion.among(text, words));
    }
    return text;
  }

  private Set<String> causes() {
    return definitions.stages().moves().stream()
        .map(Move::cause)
        .collect(Collectors.toCollection(TreeSet::new));
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

  private Map<String, String> data(Section section, Set<String> known) {
    Map<String, String> data = new LinkedHashMap<>();
    if (section.node("data") instanceof MappingNode node) {
      Section said = Section.open(problems, "'data'", node);
      for (String name : said.keys()) {
        if (!known.contains(name)) {
          problems.add(
              said.key(name),
              "no trigger here carries '" + name + "'",
              Suggestion.among(name, known));
        }
        data.put("data." + name, said.text(name, ""));
      }
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
