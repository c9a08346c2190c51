package io.lifestage.journey;

import io.lifestage.lifecycle.Expression;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Set;

/** What starts a run of a journey. */
public sealed interface Entry {

  /**
   * An event of one of the types.
   *
   * @param types event types; never empty
   */
  record OnEvent(Set<String> types) implements Entry {
    public OnEvent {
      requireSome(types, "an entry on no event type");
    }
  }

  /**
   * The customer enters one of the stages.
   *
   * @param stages stage names; never empty
   */
  record OnStage(Set<String> stages) implements Entry {
    public OnStage {
      requireSome(stages, "an entry on no stage");
    }
  }

  /**
   * The customer comes into a segment, or leaves it, by whatever event or by a window that slides.
   *
   * @param segment its name
   * @param entering whether on coming in, else on leaving
   */
  record OnSegment(String segment, boolean entering) implements Entry {}

  /**
   * Nothing of these types happens for a while after one of them did. The run counts from the last
   * of them; its filter is asked when the silence is complete.
   *
   * @param types event types; never empty
   * @param silence how long
   */
  record OnAbsence(Set<String> types, Duration silence) implements Entry {
    public OnAbsence {
      requireSome(types, "an absence of no event type");
      if (silence.isNegative() || silence.isZero()) {
        throw new IllegalArgumentException("an absence of " + silence + "; must be positive");
      }
    }
  }

  /**
   * A date that is known of the customer, such as a birthday or the next order that is expected.
   * One that had passed when it became known starts nothing.
   *
   * @param date an {@link java.time.Instant}, or a text {@code yyyy-MM-dd} that means the day in
   *     the customer's time zone; null where there is none
   * @param offset how much later than the date; negative for earlier
   * @param at the time of day at which it starts, or null for the date's own, which for a day is
   *     its beginning
   * @param yearly whether it comes back each year
   * @param changedBy the event types that may change it
   */
  record OnDate(
      Expression date, Duration offset, LocalTime at, boolean yearly, Set<String> changedBy)
      implements Entry {}

  private static void requireSome(Set<String> names, String otherwise) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
