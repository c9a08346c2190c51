package io.lifestage.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * From an event to a record of its input topic: what {@link InputDecoder} reads, it wrote. Equal
 * events give equal bytes.
 *
 * <p>Keeps its buffers between records, so it belongs to one thread.
 */
public final class EventEncoder {

  private static final Map<String, Topic> TOPIC_OF_TYPE =
      Arrays.stream(Topic.values())
          .filter(Topic::carriesEvents)
          .flatMap(topic -> EventType.of(topic.plainName()).stream().map(t -> Map.entry(t, topic)))
          .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String prefix;
  private final Map<Topic, Integer> ids;
  private final ConfluentFraming framing = new ConfluentFraming();
  private final Map<Topic, GenericDatumWriter<GenericRecord>> writers = new HashMap<>();

  /**
   * @param prefix what the topics' names begin with; may be empty
   * @param ids the schemas' ids, see {@link Schemas#register()}
   */
  public EventEncoder(String prefix, Map<Topic, Integer> ids) {
    this.prefix = prefix;
    this.ids = Map.copyOf(ids);
  }

  /**
   * The event as a record, keyed by its customer. A customer whom the attributes do not name is
   * named by the event's key.
   *
   * @throws IllegalArgumentException if the event does not fit its topic's schema: an unknown type,
   *     an attribute that it has no field for, a number that is none
   */
  public OutboundRecord encode(Event event) {
    Topic topic = TOPIC_OF_TYPE.get(event.type());
    if (topic == null) {
      throw new IllegalArgumentException("'" + event.type() + "' is a type of no topic");
    }
    GenericRecord record = new GenericData.Record(topic.schema());
    record.put(EventFields.EVENT_ID, event.id());
    record.put(EventFields.TYPE, event.type());
    record.put(EventFields.OCCURRED_AT, event.at());
    putMoney(record, event);
    putAttributes(record, event);
    byte[] value =
        framing.write(
            ids.get(topic),
            record,
            writers.computeIfAbsent(topic, t -> new GenericDatumWriter<>(t.schema())));
    return new OutboundRecord(
        topic.in(prefix), event.customer().getBytes(UTF_8), value, event.at(), Map.of());
  }

  private static void putMoney(GenericRecord record, Event event) {
    Schema.Field lines = record.getSchema().getField(EventFields.LINES);
    if (lines != null) {
      Schema element = lines.schema().getElementType();
      record.put(lines.pos(), event.lines().stream().map(line -> line(element, line)).toList());
    } else if (!event.lines().isEmpty()) {
      throw misfit(event, EventFields.LINES);
    }
    if (!event.value().equals(Money.NONE)) {
      put(record, event, EventFields.VALUE_MINOR, Long.toString(event.value().minor()));
      put(record, event, EventFields.CURRENCY, event.value().currency());
    }
  }

  private static GenericRecord line(Schema schema, Line line) {
    GenericRecord record = new GenericData.Record(schema);
    record.put("sku", line.sku());
    record.put("quantity", line.quantity());
    record.put("unit_price_minor", line.unitPrice());
    return record;
  }

  private static void putAttributes(GenericRecord record, Event event) {
    Map<String, String> ofCustomer = new TreeMap<>();
    event
        .attributes()
        .forEach(
            (name, value) -> {
              if (name.startsWith(EventFields.OF_CUSTOMER)) {
                ofCustomer.put(name.substring(EventFields.OF_CUSTOMER.length()), value);
              } else {
                put(record, event, name, value);
              }
            });
    if (record.hasField(EventFields.ATTRIBUTES)) {
      record.put(EventFields.ATTRIBUTES, ofCustomer);
    } else if (!ofCustomer.isEmpty()) {
      throw misfit(event, ofCustomer.keySet().toString());
    }
    if (record.get(Attribute.CUSTOMER_ID) == null && record.get(Attribute.ANONYMOUS_ID) == null) {
      String visitor = CustomerKey.anonymousId(event.customer());
      record.put(
          visitor == null ? Attribute.CUSTOMER_ID : Attribute.ANONYMOUS_ID,
          visitor == null ? event.customer() : visitor);
    }
  }

  private static void put(GenericRecord record, Event event, String name, String value) {
    Schema.Field field = record.getSchema().getField(name);
    if (field == null) {
      throw misfit(event, name);
    }
    // An optional field is a union of null and one more.
    List<Schema> branches = field.schema().getTypes();
    Function<String, Object> parser =
        switch (branches.get(1).getType()) {
          case INT -> Integer::valueOf;
          case LONG -> Long::valueOf;
          case BOOLEAN -> EventEncoder::truth;
          default -> text -> text;
        };
    try {
      record.put(field.pos(), parser.apply(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s is '%s'".formatted(event.type(), name, value), e);
    }
  }

  private static Boolean truth(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new IllegalArgumentException("neither true nor false");
  }

  private static IllegalArgumentException misfit(Event event, String what) {
    return new IllegalArgumentException("%s has no field for %s".formatted(event.type(), what));
  }
}
