package io.lifestage.decision;

import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;

/**
 * A decision on a trigger that waits for offers, and what is sent or taken back with it.
 *
 * @param at when it is to be completed, epoch milliseconds
 * @param trigger what is sent or taken back, or null where the decision alone is
 * @param decision that it is sent, or that this is not so any more
 */
public record Provisional(long at, Trigger trigger, Decision decision) {

  /** The step of the run that it is about: what belongs together is completed in one place. */
  public String key() {
    return String.join(
        "|",
        decision.customer().length() + ":" + decision.customer(),
        decision.journey(),
        decision.step(),
        decision.instanceKey());
  }

  /** Whether products are asked for. */
  public boolean asks() {
    return trigger != null && decision.takesBack() == null;
  }

  /** The same, to be completed at another moment. */
  public Provisional at(long moment) {
    return new Provisional(moment, trigger, decision);
  }
}
