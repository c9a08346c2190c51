package io.lifestage.definition;

import io.lifestage.lifecycle.Scope;
import io.lifestage.trait.ValueType;
import java.util.Set;
import java.util.function.Function;

/**
 * Something that a formula can ask for.
 *
 * @param type the type of its value
 * @param collection whether it is a list or a map of texts, and not one value
 * @param of how it is found; never gives null
 * @param ofTheEvent whether it is known from the event alone
 * @param changedBy the event types that can change it; null where anything can
 * @param traits the traits that it rests on
 */
record Variable(
    ValueType type,
    Collection collection,
    Function<Scope, Object> of,
    boolean ofTheEvent,
    Set<String> changedBy,
    Set<String> traits) {

  /** What a variable holds. */
  enum Collection {
    NONE,
    /** Texts. */
    LIST,
    /** Values by text. */
    MAP
  }

  static Variable ofEvent(ValueType type, Function<Scope, Object> of) {
    return new Variable(type, Collection.NONE, of, true, null, Set.of());
  }

  static Variable of(ValueType type, Set<String> changedBy, Function<Scope, Object> of) {
    return new Variable(type, Collection.NONE, of, false, changedBy, Set.of());
  }

  static Variable list(Set<String> changedBy, Function<Scope, Object> of) {
    return new Variable(ValueType.TEXT, Collection.LIST, of, false, changedBy, Set.of());
  }
}
