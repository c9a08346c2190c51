package io.lifestage.wire;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * From a record of an event topic to the event, if it can be one.
 *
 * <p>Every field that is text, number or boolean becomes the attribute of its name; a blank text
 * says as little as null. Entries of {@code attributes} get the prefix {@code customer.}; {@code
 * lines}, and {@code value_minor} with {@code currency}, become the event's lines and value.
 */
final class EventReader {

  private final Topic topic;
  private final InputLimits limits;
  private final List<Schema.Field> plain;
  private final Schema.Field entries;

  EventReader(Topic topic, InputLimits limits) {
    this.topic = topic;
    this.limits = limits;
    this.plain = topic.schema().getFields().stream().filter(EventFields::isAttribute).toList();
    this.entries = topic.schema().getField(EventFields.ATTRIBUTES);
  }

  Event read(GenericRecord record, Origin origin) throws UnusableRecordException {
    String id = record.get(EventFields.EVENT_ID).toString();
    String type = record.get(EventFields.TYPE).toString();
    long at = (Long) record.get(EventFields.OCCURRED_AT);
    if (!EventType.of(topic.plainName()).contains(type)) {
      throw new UnusableRecordException(
          Defect.UNKNOWN_TYPE, "'%s' is no type of %s".formatted(type, topic.plainName()));
    }
    InputRules.requireText(EventFields.EVENT_ID, id);
    InputRules.requireLength(EventFields.EVENT_ID, id, limits);
    InputRules.requireTime(at, origin, limits);

    Map<String, String> attributes = attributes(record);
    String customer = customer(type, attributes);
    Set<String> missing = new TreeSet<>(EventType.required(topic.plainName(), type));
    missing.removeAll(attributes.keySet());
    if (!missing.isEmpty()) {
      throw new UnusableRecordException(
          Defect.MISSING_ATTRIBUTE, "%s without %s".formatted(type, String.join(", ", missing)));
    }
    InputRules.requirePossible(attributes, limits);
    List<Line> lines = MoneyReader.lines(record, limits);
    Money value = MoneyReader.value(record, lines, type.equals(EventType.ORDER_REFUNDED));
    return new Event(
        id,
        at,
        type,
        customer,
        Collections.unmodifiableMap(attributes),
        lines,
        value,
        origin.place());
  }

  private Map<String, String> attributes(GenericRecord record) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Schema.Field field : plain) {
      Object value = record.get(field.pos());
      if (value != null) {
        put(attributes, field.name(), value);
      }
    }
    if (entries != null) {
      ((Map<?, ?>) record.get(entries.pos()))
          .forEach((name, value) -> put(attributes, EventFields.OF_CUSTOMER + name, value));
    }
    return attributes;
  }

  private static void put(Map<String, String> attributes, String name, Object value) {
    String text = value.toString();
    if (!text.isBlank()) {
      attributes.put(name, text);
    }
  }

  /**
   * The key of whom the event is about. What is said of a trigger repeats the trigger's customer,
   * and that may be the key of a visitor. An order of nobody is a guest's.
   */
  private String customer(String type, Map<String, String> attributes)
      throws UnusableRecordException {
    String known = attributes.get(Attribute.CUSTOMER_ID);
    if (known != null && CustomerKey.isAnonymous(known)) {
      if (topic != Topic.OUTCOMES) {
        throw new UnusableRecordException(
            Defect.INVALID_VALUE, "customer_id '%s' has the form of a visitor's".formatted(known));
      }
      attributes.remove(Attribute.CUSTOMER_ID);
      attributes.put(Attribute.ANONYMOUS_ID, CustomerKey.anonymousId(known));
    }
    String order = attributes.get(Attribute.ORDER_ID);
    String key =
        CustomerKey.of(
            attributes.get(Attribute.CUSTOMER_ID), attributes.get(Attribute.ANONYMOUS_ID));
    if (key == null && topic == Topic.ORDERS && order != null) {
      key = CustomerKey.guest(order);
      attributes.put(Attribute.ANONYMOUS_ID, CustomerKey.anonymousId(key));
    }
    if (key == null && topic != Topic.ORDERS) {
      throw new UnusableRecordException(
          Defect.NO_CUSTOMER, type + " with neither customer_id nor anonymous_id");
    }
    return key;
  }
}
