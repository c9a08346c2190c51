package io.lifestage.definition;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.trait.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what happens to a customer; an event may say what one of its topic may say. */
final class EventsReader {
  private static final Pattern MONEY =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,4})?)(?: ([A-Z]{3}))?");
  private static final Set<String> OWN = Set.of("at", "event", "id", "times", "every");
  private static final Set<String> OF_MONEY = Set.of("value", "lines");
  private static final Set<String> TOPICS_OF_MONEY =
      Set.of("clickstream", "orders", "outcomes", EventType.MADE);
  private static final int MOST_TIMES = 1000;

  private final Problems problems;
  private final Map<String, ValueType> declared;
  private final String customer;
  private final long start;
  private final List<Event> events = new ArrayList<>();

  /**
   * Reads what happens to a customer.
   *
   * @param declared the attributes that definitions know of customers
   */
  EventsReader(Problems problems, Map<String, ValueType> declared, String customer, long start) {
    this.problems = problems;
    this.declared = declared;
    this.customer = customer;
    this.start = start;
  }

  /** What was read so far, in event-time order. */
  List<Event> events() {
    return events.stream().sorted(Event.BY_TIME).toList();
  }

  /**
   * Reads events.
   *
   * @param history whether they have to lie before the start
   */
  void read(List<Node> nodes, boolean history) {
    for (Node node : nodes) {
      read(node, history);
    }
  }

  private void read(Node node, boolean history) {
    Section open = Section.open(Problems.unheard(), "", node);
    String type = open.text("event", "");
    String topic = EventType.sourceOf(type);
    if (topic == null) {
      Section section = Section.open(problems, "an event", node);
      if (section.required("event", "say which type of event it is").isEmpty()) {
        return;
      }
      section.wrong("event", "is '" + type + "'", Suggestion.among(type, EventType.all()));
      return;
    }
    Section section = Section.of(problems, type, node, fields(topic));
    Long at = moment(section, history);
    if (!section.has("at")) {
      section.missing("at", "say when, such as +10m after the start");
    }
    Map<String, String> attributes = attributes(section, topic, type);
    List<Line> lines = new ArrayList<>();
    Money value = value(section, lines);
    int times = section.number("times", 1, 1, MOST_TIMES);
    Duration every = section.positive("every", Duration.ofSeconds(1));
    for (int i = 0; at != null && i < times; i++) {
      String id = section.text("id", "e%04d".formatted(events.size() + 1));
      String named = times > 1 && section.has("id") ? id + "-" + (i + 1) : id;
      long moment = at + i * every.toMillis();
      events.add(new Event(named, moment, type, customer, attributes, List.copyOf(lines), value));
    }
  }

  private Long moment(Section section, boolean history) {
    String text = section.text("at", "");
    Long at = Moments.read(text, start);
    if (section.has("at") && at == null) {
      section.wrong("at", "is '" + text + "'", MOMENT);
    } else if (at != null && history && at >= start) {
      section.wrong("at", "is not before the start", "write when it was, such as -1d");
      return null;
    } else if (at != null && !history && at < start) {
      section.wrong("at", "is before the start", "put it under 'given'");
      return null;
    }
    return at;
  }

  /** How a moment is written. */
  static final String MOMENT = "write an offset from the start like +10m, or 2026-03-02T10:00:00Z";

  private static Set<String> fields(String topic) {
    Set<String> fields = new TreeSet<>(OWN);
    fields.addAll(EventType.attributes(topic));
    if (TOPICS_OF_MONEY.contains(topic)) {
      fields.addAll(OF_MONEY);
    }
    if (topic.equals("customers")) {
      fields.add("attributes");
    }
    return fields;
  }

  private Map<String, String> attributes(Section section, String topic, String type) {
    Map<String, String> attributes = new TreeMap<>();
    for (String name : EventType.attributes(topic)) {
      if (section.has(name)) {
        attributes.put(name, section.text(name, ""));
      }
    }
    attributes.putIfAbsent(Attribute.CUSTOMER_ID, customer);
    section.number(Attribute.PRICE_BEFORE, 0, 0, Integer.MAX_VALUE);
    for (String name : new TreeSet<>(EventType.required(topic, type))) {
      if (!attributes.containsKey(name)) {
        section.missing(name, "without it the event would be refused");
      }
    }
    section.number(Attribute.QUANTITY, 1, 1, Integer.MAX_VALUE);
    section.number(Attribute.RATING, 1, 1, 5);
    section.flag(Attribute.GRANTED, true);
    if (section.has(Attribute.SENDER)) {
      section.word(Attribute.SENDER, List.of("customer", "agent", "bot"));
    }
    if (section.has("attributes")) {
      Section said = Section.open(problems, "'attributes'", section.node("attributes"));
      for (String name : said.keys()) {
        requireDeclared(said, name);
        attributes.put("customer." + name, said.text(name, ""));
      }
    }
    return attributes;
  }

  /**
   * What no definition asks for, or cannot read, would change nothing, and nobody would see why.
   */
  private void requireDeclared(Section said, String name) {
    String text = said.text(name, "");
    ValueType type = declared.get(name);
    if (type == null) {
      problems.add(
          said.key(name),
          "no file of traits declares the attribute '" + name + "'",
          Suggestion.among(name, declared.keySet()));
    } else if (!text.isEmpty() && !Texts.isA(type, text)) {
      said.wrong(
          name,
          "is '" + text + "', and is declared as " + Formulas.called(type),
          type == ValueType.TIME ? "write 1980-07-01, or 2026-03-01T10:00:00Z" : "");
    }
  }

  // --- Money -----------------------------------------------------------------------------------

  private Money value(Section section, List<Line> lines) {
    Money said = money(section, "value", "");
    String currency = said == null ? "" : said.currency();
    long sum = 0;
    for (Node node : section.nodes("lines")) {
      Section line = Section.of(problems, "a line", node, List.of("sku", "quantity", "price"));
      String sku = line.required("sku", "say which product it is");
      long quantity = line.number("quantity", 1, 1, Integer.MAX_VALUE);
      Money price = money(line, "price", currency);
      if (price != null && !price.currency().equals(currency) && !currency.isEmpty()) {
        line.wrong("price", "is in " + price.currency() + ", and the rest in " + currency, "");
      }
      currency = price == null ? currency : price.currency();
      lines.add(new Line(sku, quantity, price == null ? 0 : price.minor()));
      sum += quantity * (price == null ? 0 : price.minor());
    }
    return said != null ? said : currency.isEmpty() ? Money.NONE : new Money(sum, currency);
  }

  /** An amount such as 5.00 EUR; null where none is written or it is wrong. */
  static Money money(Section section, String key, String currency) {
    if (!section.has(key)) {
      return null;
    }
    Matcher matcher = MONEY.matcher(section.text(key, ""));
    boolean matches = matcher.matches();
    String code = matches && matcher.group(2) != null ? matcher.group(2) : currency;
    try {
      if (matches && !code.isEmpty()) {
        int digits = Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
        BigDecimal minor = new BigDecimal(matcher.group(1)).movePointRight(digits);
        return new Money(minor.setScale(0, RoundingMode.UNNECESSARY).longValueExact(), code);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Said below.
    }
    section.wrong(
        key, "is '" + section.text(key, "") + "'", "write an amount with its currency: 5.00 EUR");
    return null;
  }
}
