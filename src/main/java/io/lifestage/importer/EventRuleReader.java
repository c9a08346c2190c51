package io.lifestage.importer;

import io.lifestage.definition.Suggestion;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads from a mapping how rows become events, and holds it to what the contracts of events say.
 */
final class EventRuleReader {
  private static final List<String> EVENT_KEYS =
      List.of("type", "where", "group", "at", "attributes", "lines", "value");
  private static final List<String> LINE_KEYS = List.of("sku", "quantity", "price", "total");

  private final Problems problems;
  private final Readings readings;
  private final RowTestReader tests;
  private final Numbers numbers;
  private final MoneyReading money;

  EventRuleReader(
      Problems problems,
      Readings readings,
      RowTestReader tests,
      Numbers numbers,
      MoneyReading money) {
    this.problems = problems;
    this.readings = readings;
    this.tests = tests;
    this.numbers = numbers;
    this.money = money;
  }

  /** The rules of a whole mapping. */
  List<EventRule> rules(Section root) {
    Map<String, TextReading> common = attributes(root, Vocabulary.types());
    List<EventRule> rules = new ArrayList<>();
    for (Node node : root.nodes("events")) {
      EventRule rule = rule(rules.size(), node, root.node("time"), common);
      rules.add(rule);
      if ((rule.lines() != null || rule.value() != null) && !root.has("money")) {
        root.missing("money", "say the currency: 'money: {currency: {constant: EUR}}'");
      }
    }
    if (rules.isEmpty()) {
      root.missing("events", "say which events the rows are");
    }
    return rules;
  }

  /**
   * @param types of the events that the attributes are of
   */
  private Map<String, TextReading> attributes(Section holder, Collection<String> types) {
    Map<String, TextReading> attributes = new LinkedHashMap<>();
    if (holder.has("attributes")) {
      Section section = Section.open(problems, "'attributes'", holder.node("attributes"));
      for (String name : section.keys()) {
        if (!types.isEmpty() && types.stream().noneMatch(type -> Vocabulary.has(type, name))) {
          Set<String> names = new TreeSet<>();
          types.forEach(type -> names.addAll(Vocabulary.attributes(type)));
          problems.add(
              section.line(name),
              "'" + name + "' is no attribute of these events",
              Suggestion.among(name, names));
        }
        attributes.put(name, readings.text("'" + name + "'", section.node(name)));
      }
    }
    return attributes;
  }

  private EventRule rule(int number, Node node, Node time, Map<String, TextReading> common) {
    Section event = Section.of(problems, "an event", node, EVENT_KEYS);
    boolean table = event.has("type") && isSection(event.node("type"));
    TextReading type = table ? readings.text("'type'", event.node("type")) : null;
    List<String> types = table ? List.of() : event.texts("type");
    Collection<String> made = table ? type.values().values() : types;
    Map<String, TextReading> attributes = new LinkedHashMap<>(common);
    attributes.putAll(
        attributes(event, made.stream().filter(Vocabulary.types()::contains).toList()));
    if (!event.has("type")) {
      event.missing("type", "say which event the row is, such as product_viewed");
    }
    if (table && type.values().isEmpty()) {
      event.wrong("type", "needs 'values', which say the event for every text of the column");
    }
    for (String each : made) {
      checkType(event, each, attributes);
    }
    if (time == null && !event.has("at")) {
      event.missing("at", "say where its time stands, here or in 'time' for all events");
    }
    Node at = event.has("at") ? event.node("at") : time;
    return new EventRule(
        number,
        types,
        type,
        tests.tests(event.nodes("where")),
        event.has("group") ? readings.text("'group'", event.node("group")) : null,
        at == null ? null : readings.time(at, time),
        attributes,
        event.has("lines") ? lines(event) : null,
        event.has("value") ? readings.text("'value'", event.node("value")) : null,
        money,
        numbers);
  }

  private static boolean isSection(Node node) {
    return !(node instanceof ScalarNode) && !node.getTag().getValue().endsWith(":seq");
  }

  private void checkType(Section event, String type, Map<String, TextReading> attributes) {
    String topic = EventType.topicOf(type);
    if (topic == null) {
      problems.add(
          event.line("type"),
          "there is no event type '" + type + "'",
          Suggestion.among(type, Vocabulary.types()));
      return;
    }
    if ((event.has("lines") && !Vocabulary.hasLines(type))
        || (event.has("value") && !Vocabulary.hasValue(type))) {
      problems.add(event.line(), type + " is about no products and no money", "");
    }
    Set<String> missing = new TreeSet<>(EventType.required(topic, type));
    missing.removeAll(attributes.keySet());
    for (String attribute : missing) {
      problems.add(
          event.line(),
          type + " needs the attribute '" + attribute + "'",
          "add it under 'attributes'");
    }
    boolean named =
        attributes.containsKey(Attribute.CUSTOMER_ID)
            || attributes.containsKey(Attribute.ANONYMOUS_ID);
    if (!named && !topic.equals("orders")) {
      problems.add(
          event.line(),
          type + " is nobody's",
          "add customer_id or anonymous_id under 'attributes'");
    }
  }

  private LineReading lines(Section event) {
    Section section = Section.of(problems, "'lines'", event.node("lines"), LINE_KEYS);
    if (!section.has("sku")) {
      section.missing("sku", "say which column holds the product's number");
    }
    if (section.has("price") == section.has("total")) {
      problems.add(
          section.line(),
          "a line needs one of 'price' and 'total'",
          "write 'price' for that of one piece, 'total' for that of all of the line");
    }
    return new LineReading(
        reading(section, "sku"),
        section.has("quantity") ? reading(section, "quantity") : TextReading.constant("1"),
        reading(section, "price"),
        reading(section, "total"));
  }

  private TextReading reading(Section section, String key) {
    return section.has(key) ? readings.text("'" + key + "'", section.node(key)) : null;
  }
}
