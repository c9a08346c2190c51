package io.lifestage.lifecycle;

import java.time.Duration;
import java.util.Set;

/**
 * One way from stage to stage.
 *
 * @param from the stages it leaves; empty for a customer without a stage
 * @param to where it leads
 * @param when what makes it happen
 * @param newCycle whether it begins the customer's next cycle
 * @param cause why, in one word, for metrics and people
 */
public record Move(Set<String> from, String to, When when, boolean newCycle, String cause) {

  /** What makes a move happen. */
  public sealed interface When permits On, AfterSilence, AfterStay {}

  /**
   * An event of one of the types, at which the condition holds.
   *
   * @param types event types; never empty
   * @param condition what must hold with the event counted in
   */
  public record On(Set<String> types, Condition condition) implements When {
    public On {
      if (types.isEmpty()) {
        throw new IllegalArgumentException("a move on no event type");
      }
    }
  }

  /**
   * No activity of the customer for this long; at the earliest when the stage is entered.
   *
   * @param silence how long
   */
  public record AfterSilence(Duration silence) implements When {
    public AfterSilence {
      requirePositive(silence);
    }
  }

  /**
   * The customer stays in the stage for this long.
   *
   * @param stay how long, counted from the transition into the stage
   */
  public record AfterStay(Duration stay) implements When {
    public AfterStay {
      requirePositive(stay);
    }
  }

  private static void requirePositive(Duration wait) {
    if (wait.isNegative() || wait.isZero()) {
      throw new IllegalArgumentException("a move after " + wait + "; it must be positive");
    }
  }

  /** Whether a customer in this stage (null before the first) can take the move. */
  public boolean leaves(String stage) {
    return stage == null ? from.isEmpty() : from.contains(stage);
  }
}
