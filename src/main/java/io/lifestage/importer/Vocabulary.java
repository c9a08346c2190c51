package io.lifestage.importer;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import io.lifestage.wire.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What may be said of events: their types, and the attributes that the contract of each has. */
final class Vocabulary {

  /** Before the names of what the shop says of a customer, such as customer.email. */
  private static final String OF_CUSTOMER = "customer.";

  private static final Set<String> NOT_ATTRIBUTES =
      Set.of("event_id", "type", "occurred_at", "lines", "value_minor", "currency", "attributes");

  /** Characters of an id; the engine allows a few more, for the prefixes that ids get. */
  private static final int MAX_ID = 500;

  private static final Map<String, Schema> CONTRACTS = contracts();

  private Vocabulary() {}

  /** All event types, in alphabetical order. */
  static Set<String> types() {
    return new TreeSet<>(CONTRACTS.keySet());
  }

  /** The attributes that events of a type may have, without what the shop says of a customer. */
  static Set<String> attributes(String type) {
    return CONTRACTS.get(type).getFields().stream()
        .map(Schema.Field::name)
        .filter(name -> !NOT_ATTRIBUTES.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether events of a type may have this attribute. */
  static boolean has(String type, String attribute) {
    Schema contract = CONTRACTS.get(type);
    return attribute.startsWith(OF_CUSTOMER)
        ? contract.getField("attributes") != null
        : !NOT_ATTRIBUTES.contains(attribute) && contract.getField(attribute) != null;
  }

  /** Whether events of a type may have lines and a value. */
  static boolean hasLines(String type) {
    return CONTRACTS.get(type).getField("lines") != null;
  }

  /** Whether events of a type may be about an amount. */
  static boolean hasValue(String type) {
    return CONTRACTS.get(type).getField("value_minor") != null;
  }

  /**
   * The attribute's text as the contracts want it.
   *
   * @throws BadRowException if it can be none of that attribute
   */
  static String checked(String attribute, String text, Numbers numbers) throws BadRowException {
    return switch (attribute) {
      case Attribute.QUANTITY -> String.valueOf(from(1, Long.MAX_VALUE, attribute, text, numbers));
      case Attribute.RATING -> String.valueOf(from(1, 5, attribute, text, numbers));
      case Attribute.SENDER -> oneOf(Set.of("customer", "agent", "bot"), attribute, text);
      case Attribute.GRANTED -> oneOf(Set.of("true", "false"), attribute, text);
      default -> {
        boolean id = attribute.endsWith("_id") || attribute.equals(Attribute.SKU);
        if (id && text.length() > MAX_ID) {
          throw new BadRowException(attribute + " is longer than " + MAX_ID + " characters", text);
        }
        yield text;
      }
    };
  }

  private static long from(long least, long most, String attribute, String text, Numbers numbers)
      throws BadRowException {
    long number = numbers.whole(attribute, text);
    if (number < least || number > most) {
      String upTo = most == Long.MAX_VALUE ? "" : " to " + most;
      throw new BadRowException(attribute + " is not a number from " + least + upTo, text);
    }
    return number;
  }

  private static String oneOf(Set<String> words, String attribute, String text)
      throws BadRowException {
    if (!words.contains(text)) {
      throw new BadRowException(
          attribute + " is none of " + String.join(", ", new TreeSet<>(words)), text);
    }
    return text;
  }

  private static Map<String, Schema> contracts() {
    Map<String, Schema> contracts = new HashMap<>();
    Arrays.stream(Topic.values())
        .filter(Topic::carriesEvents)
        .forEach(
            topic ->
                EventType.of(topic.plainName())
                    .forEach(type -> contracts.put(type, topic.schema())));
    return contracts;
  }
}
