package io.lifestage.lifecycle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Something that happened to one customer.
 *
 * @param id unique per happening; a second event with the same id is a duplicate of the first
 * @param at event time, epoch milliseconds; positive, as 0 says of a fact that it never was
 * @param type one of {@link EventType}
 * @param customer the key under which the customer's state is kept, see {@link CustomerKey}
 * @param attributes what the event says beside its lines and value, by {@link Attribute} name;
 *     never a null value
 * @param lines products with quantities and prices; empty where the type has none
 * @param value money the event is about: the price seen, the cart at checkout, the total of an
 *     order, the part refunded; {@link Money#NONE} where it has none
 * @param place where it was read, or null; no part of equality
 */
public record Event(
    String id,
    long at,
    String type,
    String customer,
    Map<String, String> attributes,
    List<Line> lines,
    Money value,
    Place place) {

  /** Event-time order; ties are broken by id, so that any arrival order sorts to the same list. */
  public static final Comparator<Event> BY_TIME =
      Comparator.comparingLong(Event::at).thenComparing(Event::id);

  public Event {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(customer, "customer");
    Objects.requireNonNull(attributes, "attributes");
    Objects.requireNonNull(lines, "lines");
    Objects.requireNonNull(value, "value");
  }

  /** An event of which nobody says where it was read. */
  public Event(
      String id,
      long at,
      String type,
      String customer,
      Map<String, String> attributes,
      List<Line> lines,
      Money value) {
    this(id, at, type, customer, attributes, lines, value, null);
  }

  /** The same event, read there. */
  public Event readAt(Place where) {
    return new Event(id, at, type, customer, attributes, lines, value, where);
  }

  /** The event as something that others rest on. */
  public Cause cause() {
    return new Cause(id, place);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Event event
        && at == event.at
        && id.equals(event.id)
        && type.equals(event.type)
        && customer.equals(event.customer)
        && attributes.equals(event.attributes)
        && lines.equals(event.lines)
        && value.equals(event.value);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** The value of an attribute, or null where the event does not say. */
  public String get(String attribute) {
    return attributes.get(attribute);
  }

  /** Whether the attribute has this value. */
  public boolean says(String attribute, String expected) {
    return expected.equals(attributes.get(attribute));
  }
}
