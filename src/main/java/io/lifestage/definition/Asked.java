package io.lifestage.definition;

import io.lifestage.lifecycle.Attribute;
import java.util.HashSet;
import java.util.Set;

/**
 * What a formula may ask about at the place where it stands.
 *
 * @param events the types that the event can have; empty where there is none
 * @param run what the run can know of the event that started it, and {@code met}; empty where there
 *     is no run
 * @param time whether the moment itself may be asked for: a formula that is looked at only when
 *     something changes may not, since it would become true unseen
 */
record Asked(Set<String> events, Set<String> run, boolean time) {
  /** Whether what the last {@code hold} waited for came; every run knows that. */
  static final String MET = "met";

  /** When the product that the run is about is due, by the customer's own rhythm. */
  static final String DUE = "due";

  static final Asked OF_TIME = new Asked(Set.of(), Set.of(), true);
  static final Asked OF_STATE = new Asked(Set.of(), Set.of(), false);

  static Asked of(Set<String> events) {
    return new Asked(Set.copyOf(events), Set.of(), true);
  }

  /** Of each product that the customer buys again, looked at when something changes. */
  static Asked ofProducts() {
    return new Asked(Set.of(), Set.of(Attribute.SKU), false);
  }

  /** Of a run that began with an event which has these attributes. */
  static Asked ofARun(Set<String> attributes) {
    Set<String> known = new HashSet<>(attributes);
    known.add(MET);
    return new Asked(Set.of(), Set.copyOf(known), true);
  }

  /** Of the same run, when it hears an event of one of these types. */
  Asked hearing(Set<String> events) {
    return new Asked(Set.copyOf(events), run, time);
  }
}
