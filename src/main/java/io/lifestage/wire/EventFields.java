package io.lifestage.wire;

import java.util.Set;
import org.apache.avro.Schema;

/** The fields of event topics that are more than attributes. */
final class EventFields {
  static final String EVENT_ID = "event_id";
  static final String TYPE = "type";
  static final String OCCURRED_AT = "occurred_at";
  static final String VALUE_MINOR = "value_minor";
  static final String CURRENCY = "currency";
  static final String LINES = "lines";
  static final String ATTRIBUTES = "attributes";

  /** Before the names of what the shop says of a customer, to keep them from an event's own. */
  static final String OF_CUSTOMER = "customer.";

  private static final Set<String> MORE_THAN_ATTRIBUTES =
      Set.of(EVENT_ID, TYPE, OCCURRED_AT, VALUE_MINOR, CURRENCY, LINES, ATTRIBUTES);

  private EventFields() {}

  /** Whether the field becomes the attribute of its name. */
  static boolean isAttribute(Schema.Field field) {
    return !MORE_THAN_ATTRIBUTES.contains(field.name());
  }
}
