package io.lifestage.journey;

import io.lifestage.lifecycle.Condition;
import java.util.Set;

/**
 * What ends a run at once, also in the middle of a wait.
 *
 * @param reason why, in one word, for the decision
 * @param types event types
 * @param sameKey whether the event must carry the run's key (the same cart, the same order)
 * @param condition what must hold besides
 */
public record Exit(String reason, Set<String> types, boolean sameKey, Condition condition) {

  /** An event about the same cart, order, conversation or product. */
  public static Exit onSame(String reason, String... types) {
    return new Exit(reason, Set.of(types), true, Condition.ALWAYS);
  }

  /** An event of the customer, whatever it is about. */
  public static Exit onAny(String reason, String... types) {
    return new Exit(reason, Set.of(types), false, Condition.ALWAYS);
  }
}
