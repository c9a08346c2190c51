package io.lifestage.importer;

import io.lifestage.importer.Draft.ExactLine;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes events of the rows of one group, or of a row that stands for itself.
 *
 * <p>The event's time is the earliest of the rows, an attribute is that of the first row which has
 * it, the lines stand in the order of the file. Several types become events one millisecond apart,
 * so that they are decided in the order of the mapping.
 */
final class Assembly {
  private final Mapping mapping;
  private final Digests digests = new Digests();

  Assembly(Mapping mapping) {
    this.mapping = mapping;
  }

  /**
   * The events of drafts of one group.
   *
   * @param rows in the order of the file, not empty
   * @return events whose id is a digest of the rows' contents, whatever their order; the same for
   *     every occurrence of the same contents
   * @throws BadRowException if their sum is more than money can say
   */
  List<Event> events(List<Draft> rows) throws BadRowException {
    Draft first = rows.get(0);
    long at = rows.stream().mapToLong(Draft::at).min().orElseThrow();
    String contents = contents(rows);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Draft row : rows) {
      row.attributes().forEach(attributes::putIfAbsent);
    }
    String customer =
        CustomerKey.of(
            attributes.get(Attribute.CUSTOMER_ID), attributes.get(Attribute.ANONYMOUS_ID));
    List<Line> lines = lines(rows, first.currency());
    Money value = value(rows, first.currency());
    List<Event> events = new ArrayList<>(first.types().size());
    for (String type : first.types()) {
      String id = digests.of(mapping.name(), String.valueOf(first.rule()), type, contents);
      events.add(
          new Event(id, at + events.size(), type, customer, known(type, attributes), lines, value));
    }
    return events;
  }

  private static Map<String, String> known(String type, Map<String, String> attributes) {
    Map<String, String> known = new LinkedHashMap<>(attributes);
    known.keySet().removeIf(name -> !Vocabulary.has(type, name));
    return known;
  }

  private String contents(List<Draft> rows) {
    return rows.size() == 1
        ? rows.get(0).content()
        : digests.of(rows.stream().map(Draft::content).sorted().toList());
  }

  private List<Line> lines(List<Draft> rows, String currency) throws BadRowException {
    List<Line> lines = new ArrayList<>();
    for (Draft row : rows) {
      ExactLine line = row.line();
      if (line != null) {
        long price = mapping.money().money(line.unitPrice(), currency).minor();
        lines.add(new Line(line.sku(), line.quantity(), price));
      }
    }
    return List.copyOf(lines);
  }

  private Money value(List<Draft> rows, String currency) throws BadRowException {
    if (currency.isEmpty()) {
      return Money.NONE;
    }
    BigDecimal given =
        rows.stream().map(Draft::value).filter(v -> v != null).findFirst().orElse(null);
    if (given != null) {
      return mapping.money().money(given, currency);
    }
    Stream<BigDecimal> totals =
        rows.stream().map(Draft::line).filter(line -> line != null).map(ExactLine::total);
    return mapping.money().money(totals.reduce(BigDecimal.ZERO, BigDecimal::add), currency);
  }
}
