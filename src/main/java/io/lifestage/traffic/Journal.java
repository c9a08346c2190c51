package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes down what happens around one person, one thing after the other. What holds for all of it,
 * such as the ids and the session, is said once. Attributes keep their order, so that the same
 * events are the same text.
 */
final class Journal {
  private final Dice dice;
  private final Consumer<Event> reader;
  private final Map<String, String> context = new LinkedHashMap<>();
  private long now;

  /**
   * @param now the moment at which it begins, epoch milliseconds
   * @param reader gets every event at once
   */
  Journal(Dice dice, long now, Consumer<Event> reader) {
    this.dice = dice;
    this.now = now;
    this.reader = reader;
  }

  /** Goes on from here with a time of its own, saying the same of every event. */
  Journal beside() {
    Journal beside = new Journal(dice, now, reader);
    beside.context.putAll(context);
    return beside;
  }

  /** Goes on from here for what the shop does: nobody is in a session any more. */
  Journal behindTheCounter() {
    Journal counter = new Journal(dice, now, reader);
    counter.always(Attribute.CUSTOMER_ID, context.get(Attribute.CUSTOMER_ID));
    if (!context.containsKey(Attribute.CUSTOMER_ID)) {
      counter.always(Attribute.ANONYMOUS_ID, context.get(Attribute.ANONYMOUS_ID));
    }
    return counter.always(Attribute.COUNTRY, context.get(Attribute.COUNTRY));
  }

  long now() {
    return now;
  }

  Journal pause(long millis) {
    now += Math.max(1, millis);
    return this;
  }

  Journal pauseUntil(long at) {
    now = Math.max(now + 1, at);
    return this;
  }

  /** From here on every event says this; null says it no longer. */
  Journal always(String attribute, String value) {
    if (value == null) {
      context.remove(attribute);
    } else {
      context.put(attribute, value);
    }
    return this;
  }

  boolean says(String attribute) {
    return context.containsKey(attribute);
  }

  void note(String type, String... more) {
    note(type, List.of(), Money.NONE, more);
  }

  void note(String type, Money value, String... more) {
    note(type, List.of(), value, more);
  }

  /** An event about a product, at its price. */
  void note(String type, Product product, String... more) {
    String[] all = new String[more.length + 4];
    System.arraycopy(more, 0, all, 4, more.length);
    all[0] = Attribute.SKU;
    all[1] = product.sku();
    all[2] = Attribute.CATEGORY;
    all[3] = product.category();
    note(type, product.price(), all);
  }

  /**
   * Writes an event, a millisecond or more after the one before.
   *
   * @param more names and values of attributes in turn; a null value leaves the attribute out
   */
  void note(String type, List<Line> lines, Money value, String... more) {
    Map<String, String> attributes = new LinkedHashMap<>(context);
    for (int i = 0; i < more.length; i += 2) {
      if (more[i + 1] != null) {
        attributes.put(more[i], more[i + 1]);
      }
    }
    String customer =
        CustomerKey.of(
            attributes.get(Attribute.CUSTOMER_ID), attributes.get(Attribute.ANONYMOUS_ID));
    reader.accept(
        new Event(
            dice.uuid(),
            now,
            type,
            customer,
            Collections.unmodifiableMap(attributes),
            lines,
            value));
    now++;
  }
}
