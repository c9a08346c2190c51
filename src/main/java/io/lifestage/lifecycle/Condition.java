package io.lifestage.lifecycle;

import java.util.function.Predicate;

/**
 * A question about the moment, answered without side effects. Definitions written as data compile
 * to it; the core never knows how.
 */
@FunctionalInterface
public interface Condition {

  /** True at every moment, also where time asks. */
  Condition ALWAYS =
      new Condition() {
        @Override
        public boolean holds(Scope scope) {
          return true;
        }

        @Override
        public boolean readsOnlyTheEvent() {
          return true;
        }
      };

  boolean holds(Scope scope);

  /**
   * Whether the answer depends on nothing but {@link Scope#event()}. Only then may a journey be
   * decided on arrival, before the customer's other events are in order.
   */
  default boolean readsOnlyTheEvent() {
    return false;
  }

  /**
   * The values that the answer rests on, for people: {@code traits.views_7d = 3, stage =
   * consideration}. Empty where there is nothing to say.
   */
  default String told(Scope scope) {
    return "";
  }

  /** A condition on the event alone; false where time, not an event, asks. */
  static Condition ofEvent(Predicate<Event> predicate) {
    return new Condition() {
      @Override
      public boolean holds(Scope scope) {
        return scope.event() != null && predicate.test(scope.event());
      }

      @Override
      public boolean readsOnlyTheEvent() {
        return true;
      }
    };
  }

  /** Both. */
  default Condition and(Condition other) {
    Condition self = this;
    boolean onlyTheEvent = readsOnlyTheEvent() && other.readsOnlyTheEvent();
    return new Condition() {
      @Override
      public boolean holds(Scope scope) {
        return self.holds(scope) && other.holds(scope);
      }

      @Override
      public boolean readsOnlyTheEvent() {
        return onlyTheEvent;
      }

      @Override
      public String told(Scope scope) {
        String left = self.told(scope);
        String right = other.told(scope);
        return left.isEmpty() || right.isEmpty() ? left + right : left + ", " + right;
      }
    };
  }
}
