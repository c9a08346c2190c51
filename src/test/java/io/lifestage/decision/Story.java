package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lifestage.decision.Outcome.Disposition;
import io.lifestage.definition.RetailPack;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Observation;
import io.lifestage.offer.Learning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Given, when, then for one customer on a virtual clock, driven as the operator does it: each event
 * is decided when it arrives, and time calls at every deadline, in order.
 *
 * <p>An event arrives at its own time; before it, everything earlier is decided. One whose time the
 * clock has passed is a late event. What {@code given} brings is history: only what follows from
 * {@code when} and {@code until} is asserted.
 */
final class Story {
  static final String BEGINNING = "2026-03-01T10:00:00Z";
  private static final Pattern PART = Pattern.compile("([+-]\\d+)(ms|d|h|m|s)");

  private Timeline definitions = Timeline.always(RetailPack.definitions());
  private Catalogue catalogue = Catalogue.EMPTY;
  private Policy policy = Policy.DEFAULT;

  private CustomerRecord record = CustomerRecord.unknown("ada");
  private final Effects effects = Effects.collecting();
  private OfferDesk offers;
  private final List<Disposition> dispositions = new ArrayList<>();
  private long clock = Long.MIN_VALUE;
  private long last = moment("+0s") - 1000;
  private int number;

  static Story story() {
    return new Story();
  }

  Story with(Definitions other) {
    return with(Timeline.always(other));
  }

  Story with(Timeline other) {
    definitions = other;
    return this;
  }

  Story with(Catalogue other) {
    catalogue = other;
    return this;
  }

  Story with(Policy other) {
    policy = other;
    return this;
  }

  /** What has happened before; what followed from it is not looked at. */
  Story given(Happening... history) {
    when(history);
    passTo(last);
    forget();
    return this;
  }

  Story when(Happening... events) {
    for (Happening happening : events) {
      long at = happening.at() == null ? last + 1000 : moment(happening.at());
      Event event = happening.event("ada", ++number, at);
      last = Math.max(last, at);
      if (at > clock) {
        passTo(at - 1);
      }
      dispositions.add(take(new Signal.Arrived(event), clock));
    }
    return this;
  }

  /** Lets time pass. */
  Story until(String moment) {
    passTo(moment(moment));
    return this;
  }

  /** Lets time pass until nothing is left to come. */
  Story untilTheEndOfTime() {
    passTo(Long.MAX_VALUE);
    return this;
  }

  Then then() {
    passTo(Math.max(clock, last));
    return new Then();
  }

  private void forget() {
    effects.transitions().clear();
    effects.triggers().clear();
    effects.decisions().clear();
    effects.observations().clear();
    dispositions.clear();
  }

  private void passTo(long to) {
    LongSupplier deadline = () -> decider().nextDeadline(record);
    for (long next = deadline.getAsLong(); next < to; next = deadline.getAsLong()) {
      assertThat(next).as("a deadline lies ahead").isGreaterThan(record.decidedTo());
      take(Signal.TimePassed.TICK, next);
    }
    take(Signal.TimePassed.TICK, to);
    clock = to;
  }

  private Disposition take(Signal signal, long now) {
    Outcome outcome = decider().decide(record, signal, now);
    record = outcome.customer();
    offers = offers == null ? new OfferDesk(Learning.OFFERED, catalogue) : offers;
    offers.take(outcome.effects());
    effects.addAll(outcome.effects().settled());
    effects.addAll(offers.completeTo(now));
    return outcome.disposition();
  }

  private Decider decider() {
    return new Decider(definitions, catalogue, policy);
  }

  /** An instant, or an offset from the beginning such as {@code +90d-1ms}. */
  static long moment(String when) {
    if (!when.startsWith("+")) {
      return Instant.parse(when).toEpochMilli();
    }
    long moment = Instant.parse(BEGINNING).toEpochMilli();
    for (Matcher part = PART.matcher(when); part.find(); ) {
      Duration unit =
          switch (part.group(2)) {
            case "d" -> Duration.ofDays(1);
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            case "s" -> Duration.ofSeconds(1);
            default -> Duration.ofMillis(1);
          };
      moment += Long.parseLong(part.group(1)) * unit.toMillis();
    }
    return moment;
  }

  /** What must have followed. */
  final class Then {
    Then stage(String expected) {
      assertThat(record.current().stage()).as("stage").isEqualTo(expected);
      return this;
    }

    Then cycle(int expected) {
      assertThat(record.current().cycle()).as("cycle").isEqualTo(expected);
      return this;
    }

    /** Every move, as {@code from > to: cause}. */
    Then moves(String... expected) {
      assertThat(effects.transitions()).extracting(Story::sentence).containsExactly(expected);
      return this;
    }

    /** When the last move was. */
    Then movedAt(String when) {
      assertThat(effects.transitions()).last().extracting(Transition::at).isEqualTo(moment(when));
      return this;
    }

    /** The kinds of all triggers; one taken back is preceded by a minus. */
    Then triggers(String... kinds) {
      assertThat(effects.triggers())
          .extracting(t -> (t.status() == Trigger.Status.ACTIVE ? "" : "-") + t.kind())
          .containsExactly(kinds);
      return this;
    }

    Then decision(String journey, Decision.Outcome outcome, String reason) {
      assertThat(effects.decisions())
          .extracting(Decision::journey, Decision::outcome, Decision::reason)
          .contains(tuple(journey, outcome, reason));
      return this;
    }

    Then noDecisionOf(String journey) {
      assertThat(effects.decisions()).extracting(Decision::journey).doesNotContain(journey);
      return this;
    }

    /** No move, trigger or decision. */
    Then nothing() {
      moves();
      triggers();
      assertThat(effects.decisions()).as("decisions").isEmpty();
      return this;
    }

    Then dispositions(Disposition... expected) {
      assertThat(dispositions).containsExactly(expected);
      return this;
    }

    /** How many were observed in all, and the sum of the quantity. */
    Then observed(String metric, String label, long count, long sum) {
      List<Observation> seen =
          effects.observations().stream()
              .filter(o -> o.metric().equals(metric) && o.label().equals(label))
              .toList();
      assertThat(seen.stream().mapToLong(Observation::count).sum())
          .as("count of %s %s", metric, label)
          .isEqualTo(count);
      assertThat(seen.stream().mapToLong(Observation::sum).sum())
          .as("sum of %s %s", metric, label)
          .isEqualTo(sum);
      return this;
    }

    /**
     * How many were observed in all, by one dimension; what their quantity says is not looked at.
     */
    Then counted(String metric, String dimension, String label, long count) {
      assertThat(
              effects.observations().stream()
                  .filter(o -> o.metric().equals(metric))
                  .filter(o -> o.dimension().equals(dimension) && o.label().equals(label))
                  .mapToLong(Observation::count)
                  .sum())
          .as("count of %s %s=%s", metric, dimension, label)
          .isEqualTo(count);
      return this;
    }

    /** The only trigger. */
    Trigger trigger() {
      assertThat(effects.triggers()).hasSize(1);
      return effects.triggers().get(0);
    }

    Customer customer() {
      return record.current();
    }

    CustomerRecord record() {
      return record;
    }

    Effects effects() {
      return effects;
    }

    long nextDeadline() {
      return decider().nextDeadline(record);
    }
  }

  private static String sentence(Transition move) {
    String from = move.from() == null ? "nobody" : move.from();
    String said = from + " > " + move.to() + ": " + move.cause();
    return move.withdrawn() ? "not " + said : said;
  }
}
