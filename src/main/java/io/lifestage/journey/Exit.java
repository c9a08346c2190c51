package io.lifestage.journey;

import io.lifestage.lifecycle.Condition;
import java.util.Set;

/**
 * What ends a run at once, also in the middle of a wait.
 *
 * @param reason why, in one word, for the decision
 * @param events the events that end it; without types where only stages do
 * @param stages the stages whose being entered ends it
 */
public record Exit(String reason, EventMatch events, Set<String> stages) {

  /** Events of these types. */
  public Exit(String reason, Set<String> types, boolean sameKey, Condition condition) {
    this(reason, new EventMatch(types, sameKey, condition), Set.of());
  }

  /** An event about the same cart, order, conversation or product. */
  public static Exit onSame(String reason, String... types) {
    return new Exit(reason, Set.of(types), true, Condition.ALWAYS);
  }

  /** An event of the customer, whatever it is about. */
  public static Exit onAny(String reason, String... types) {
    return new Exit(reason, Set.of(types), false, Condition.ALWAYS);
  }

  /** The customer enters a stage. */
  public static Exit onStage(String reason, String... stages) {
    return new Exit(reason, new EventMatch(Set.of(), false, Condition.ALWAYS), Set.of(stages));
  }
}
