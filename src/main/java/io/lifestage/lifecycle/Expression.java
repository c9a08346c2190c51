package io.lifestage.lifecycle;

/**
 * A value computed from the moment, without side effects. Definitions written as data compile to
 * it; the core never knows how.
 */
@FunctionalInterface
public interface Expression {

  /**
   * The value at the moment: a {@link String}, a {@link Long}, a {@link Double}, a {@link Boolean},
   * an {@link java.time.Instant} or a {@link java.time.Duration}; null where it cannot be computed.
   */
  Object of(Scope scope);

  /** The value as a whole number; 0 where it is none. */
  default long number(Scope scope) {
    return of(scope) instanceof Number number ? number.longValue() : 0;
  }

  /** The value as text; null where it cannot be computed. */
  default String text(Scope scope) {
    Object value = of(scope);
    return value == null ? null : value.toString();
  }

  /** An attribute of the event. */
  static Expression attribute(String name) {
    return scope -> scope.event() == null ? null : scope.event().get(name);
  }

  /** What the event is worth, in minor units. */
  static Expression eventValue() {
    return scope -> scope.event() == null ? null : scope.event().value().minor();
  }
}
