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
  public sealed interface When permits On, Whenever, AfterSilence, AfterStay, AtDate {}

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
   * The customer comes into a segment, by whatever event or by a window that slides.
   *
   * @param segment its name
   */
  public record Whenever(String segment) implements When {}

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

  /**
   * A date that is known of the customer, such as the end of a contract. One that had passed when
   * the stage was entered moves nobody.
   *
   * @param date an {@link java.time.Instant}, or null where there is none
   * @param offset how much later than the date; negative for earlier
   */
  public record AtDate(Expression date, Duration offset) implements When {}

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
