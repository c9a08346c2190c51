package io.lifestage.importer;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends sorted events and counts them. Events of equal contents come one after the other, and the
 * second and later ones get their number behind the id, so that the same file gives the same ids
 * again.
 */
final class Sender {
  private final EventSink sink;
  private final boolean assumeConsent;
  private final String name;
  private final Digests digests = new Digests();
  private final KeySet customers = new KeySet();
  private final KeySet guests = new KeySet();
  private final Map<String, Long> sent = new TreeMap<>();
  private String lastId = "";
  private int occurrence;
  private long first;
  private long last;

  /**
   * @param name of the mapping
   */
  Sender(EventSink sink, boolean assumeConsent, String name) {
    this.sink = sink;
    this.assumeConsent = assumeConsent;
    this.name = name;
  }

  void send(Event event) throws IOException {
    occurrence = event.id().equals(lastId) ? occurrence + 1 : 1;
    lastId = event.id();
    meet(event);
    count(occurrence == 1 ? event : numbered(event));
  }

  Map<String, Long> sent() {
    return sent;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  long customers() {
    return customers.size();
  }

  long guests() {
    return guests.size();
  }

  private void meet(Event event) throws IOException {
    if (EventRule.isGuest(event.customer())) {
      guests.add(event.customer());
    } else if (customers.add(event.customer()) && assumeConsent) {
      count(consent(event));
    }
  }

  /**
   * A millisecond before the event, which is the one step out of order, so that it holds for it.
   */
  private Event consent(Event event) {
    Map<String, String> attributes = new HashMap<>();
    for (String id : List.of(Attribute.CUSTOMER_ID, Attribute.ANONYMOUS_ID)) {
      if (event.get(id) != null) {
        attributes.put(id, event.get(id));
      }
    }
    attributes.put(Attribute.CHANNEL, "email");
    attributes.put(Attribute.PURPOSE, "marketing");
    attributes.put(Attribute.GRANTED, "true");
    attributes.put(Attribute.SOURCE, "import --assume-consent");
    return new Event(
        digests.of(name, "assumed consent", event.customer()),
        event.at() - 1,
        EventType.CONSENT_CHANGED,
        event.customer(),
        attributes,
        List.of(),
        Money.NONE);
  }

  private Event numbered(Event event) {
    return new Event(
        event.id() + "-" + occurrence,
        event.at(),
        event.type(),
        event.customer(),
        event.attributes(),
        event.lines(),
        event.value());
  }

  private void count(Event event) throws IOException {
    sink.send(event);
    sent.merge(event.type(), 1L, Long::sum);
    first = first == 0 ? event.at() : Math.min(first, event.at());
    last = Math.max(last, event.at());
  }
}
