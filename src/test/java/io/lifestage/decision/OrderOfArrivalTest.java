package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Outcome.Disposition;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a customer does not depend on how and when the events came in. */
class OrderOfArrivalTest {
  private static final long DISORDER = 5_000;
  private static final long LATENESS = Duration.ofHours(1).toMillis();
  private static final long YEARS = Duration.ofDays(2000).toMillis();

  /** The seed is the case's name, so that a failure prints it. */
  static LongStream seeds() {
    return LongStream.range(1, 81);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderWithinTheDisorderBoundSaysTheSame(long seed) {
    Random random = new Random(seed);
    List<Event> history = Histories.lively(random, 60);
    Runner inOrder = Runner.inOrder(history, end(history));

    Runner shuffled = new Runner();
    long newest = Long.MIN_VALUE + DISORDER + 1;
    for (Event event : delayed(history, random, DISORDER)) {
      newest = Math.max(newest, event.at());
      shuffled.walkTo(newest - DISORDER - 1);
      assertThat(shuffled.arrive(event)).isEqualTo(Disposition.TAKEN);
    }
    shuffled.walkTo(end(history));

    assertThat(Runner.said(shuffled.effects)).isEqualTo(Runner.said(inOrder.effects));
    assertThat(shuffled.record).isEqualTo(inOrder.record);
    assertThat(shuffled.profile()).isEqualTo(inOrder.profile());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void duplicatesChangeNothing(long seed) {
    Random random = new Random(seed);
    List<Event> history = Histories.random(random, 60);
    Runner once = Runner.inOrder(history, end(history));

    Runner twice = new Runner();
    List<Event> before = new ArrayList<>();
    for (Event event : history) {
      twice.walkTo(event.at() - 1);
      twice.arrive(event);
      before.add(event);
      for (int i = 0; i < 2; i++) {
        Event again = before.get(Math.max(0, before.size() - 1 - random.nextInt(5)));
        assertThat(twice.arrive(again)).isIn(Disposition.DUPLICATE, Disposition.TOO_LATE);
      }
    }
    twice.walkTo(end(history));

    assertThat(Runner.said(twice.effects)).isEqualTo(Runner.said(once.effects));
    assertThat(twice.record).isEqualTo(once.record);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneBigStepOfTimeSaysTheSameAsManySmallOnes(long seed) {
    List<Event> history = Histories.random(new Random(seed), 60);
    Runner walking = Runner.inOrder(history, end(history));

    Runner leaping = new Runner();
    history.forEach(leaping::arrive);
    leaping.leapTo(end(history));

    assertThat(Runner.said(leaping.effects)).isEqualTo(Runner.said(walking.effects));
    assertThat(leaping.record).isEqualTo(walking.record);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void lateEventsCorrectEverythingToWhatItWouldHaveBeen(long seed) {
    Random random = new Random(seed);
    List<Event> history =
        seed % 2 == 0 ? Histories.lively(random, 60) : Histories.random(random, 60);
    Runner inOrder = Runner.inOrder(history, end(history));

    Runner late = new Runner();
    boolean corrected = false;
    long newest = Long.MIN_VALUE;
    for (Event event : delayed(history, random, LATENESS)) {
      newest = Math.max(newest, event.at());
      late.walkTo(newest - 1);
      Disposition disposition = late.arrive(event);
      assertThat(disposition).isIn(Disposition.TAKEN, Disposition.CORRECTED);
      corrected |= disposition == Disposition.CORRECTED;
    }
    late.walkTo(end(history));

    assertThat(corrected).as("something was late").isTrue();
    assertThat(late.record.current()).isEqualTo(inOrder.record.current());
    assertThat(Runner.net(late.effects)).isEqualTo(Runner.net(inOrder.effects));
  }

  // --- While definitions are published ---------------------------------------------------------

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderWithinTheBoundSaysTheSameWhileOthersArePublished(long seed) {
    Random random = new Random(seed);
    List<Event> history = published(random);
    Timeline definitions = Publications.during(history, random);
    Runner inOrder = new Runner(definitions).through(history, end(history));

    Runner shuffled = new Runner(definitions);
    List<Event> before = new ArrayList<>();
    long newest = Long.MIN_VALUE + DISORDER + 1;
    for (Event event : delayed(history, random, DISORDER)) {
      newest = Math.max(newest, event.at());
      shuffled.walkTo(newest - DISORDER - 1);
      assertThat(shuffled.arrive(event)).isEqualTo(Disposition.TAKEN);
      before.add(event);
      Event again = before.get(Math.max(0, before.size() - 1 - random.nextInt(5)));
      assertThat(shuffled.arrive(again)).isIn(Disposition.DUPLICATE, Disposition.TOO_LATE);
    }
    shuffled.walkTo(end(history));
    Runner leaping = new Runner(definitions);
    history.forEach(leaping::arrive);
    leaping.leapTo(end(history));

    assertThat(Runner.said(shuffled.effects)).isEqualTo(Runner.said(inOrder.effects));
    assertThat(shuffled.record).isEqualTo(inOrder.record);
    assertThat(Runner.said(leaping.effects)).isEqualTo(Runner.said(inOrder.effects));
    assertThat(leaping.record).isEqualTo(inOrder.record);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void lateEventsCorrectAcrossPublicationsToWhatItWouldHaveBeen(long seed) {
    Random random = new Random(seed);
    List<Event> history = published(random);
    Timeline definitions = Publications.during(history, random);
    Runner inOrder = new Runner(definitions).through(history, end(history));

    Runner late = new Runner(definitions);
    long newest = Long.MIN_VALUE;
    for (Event event : delayed(history, random, LATENESS)) {
      newest = Math.max(newest, event.at());
      late.walkTo(newest - 1);
      assertThat(late.arrive(event)).isIn(Disposition.TAKEN, Disposition.CORRECTED);
    }
    late.walkTo(end(history));

    assertThat(late.record.current()).isEqualTo(inOrder.record.current());
    assertThat(Runner.net(late.effects)).isEqualTo(Runner.net(inOrder.effects));
  }

  /** A history of somebody who has agreed, and whose contract ends, more than once. */
  private static List<Event> published(Random random) {
    List<Event> history =
        switch (random.nextInt(5)) {
          case 0 -> Histories.random(random, 60);
          case 1, 2 -> Histories.lively(random, 60);
          default -> Histories.slow(random, 60);
        };
    history.add(Happening.consent("email", true).event("ada", 0, history.get(0).at() - 1));
    for (int i = 1; i < 4; i++) {
      Event beside = history.get(random.nextInt(history.size()));
      long ends = beside.at() + random.nextInt(30) * Duration.ofHours(1).toMillis();
      Happening told =
          Happening.of(
              "customer_updated", "customer.contract_ends", Instant.ofEpochMilli(ends).toString());
      history.add(told.event("ada", i, beside.at()));
    }
    history.sort(Event.BY_TIME);
    return history;
  }

  // --- Too late, too much, the end -------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsTooLateChangesNothing(long seed) {
    Random random = new Random(seed);
    List<Event> history = Histories.random(random, 40);
    Runner runner = Runner.inOrder(history, end(history) + LATENESS);
    CustomerRecord before = runner.record;
    int said = Runner.said(runner.effects).size();
    long edge = end(history);
    for (int i = 0; i < 20; i++) {
      Event other = Histories.random(new Random(seed + 1000 + i), 1).get(0);
      long at = edge - 1 - (long) (random.nextDouble() * LATENESS);
      Event late =
          new Event(
              "late-" + i,
              at,
              other.type(),
              "ada",
              other.attributes(),
              other.lines(),
              other.value());
      assertThat(runner.arrive(late)).isEqualTo(Disposition.TOO_LATE);
    }
    assertThat(runner.record).isEqualTo(before);
    assertThat(Runner.said(runner.effects)).hasSize(said);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void atTheEndOfTimeNothingIsLeftToCome(long seed) {
    List<Event> history = Histories.random(new Random(seed), 60);
    Runner runner = new Runner();
    history.forEach(runner::arrive);
    runner.leapTo(Long.MAX_VALUE);
    assertThat(runner.next()).isEqualTo(Long.MAX_VALUE);
    assertThat(runner.record.pending()).isEmpty();
    assertThat(runner.record.recent()).isEmpty();
    assertThat(runner.record.isSettled()).isTrue();
    assertThat(runner.record.current().running()).isEmpty();
    assertThat(runner.record.current().stage()).isIn(null, "lapsed");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void thePopulationIsTheCustomersThatHaveAStageAtEveryMoment(long seed) {
    Random random = new Random(seed);
    Map<String, Long> population = new HashMap<>();
    long customers = 0;
    for (int customer = 0; customer < 5; customer++) {
      List<Event> history = Histories.random(random, 30);
      Runner runner = new Runner();
      int seen = 0;
      long newest = Long.MIN_VALUE;
      for (Event event : delayed(history, random, LATENESS)) {
        newest = Math.max(newest, event.at());
        runner.leapTo(newest - 1);
        runner.arrive(event);
        List<Observation> all = runner.effects.observations();
        for (Observation o : all.subList(seen, all.size())) {
          if (o.metric().equals(Metrics.POPULATION)) {
            population.merge(o.label(), o.count(), Long::sum);
          }
        }
        seen = all.size();
        assertThat(population.values()).allMatch(count -> count >= 0);
        assertThat(population.values().stream().mapToLong(Long::longValue).sum())
            .isEqualTo(customers + (runner.record.current().stage() == null ? 0 : 1));
      }
      customers += runner.record.current().stage() == null ? 0 : 1;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void transitionsFollowOneAnother(long seed) {
    List<Event> history = Histories.random(new Random(seed), 100);
    Runner runner = Runner.inOrder(history, Long.MAX_VALUE);
    String stage = null;
    long at = 0;
    for (Transition transition : runner.effects.transitions()) {
      assertThat(transition.from()).isEqualTo(stage);
      assertThat(transition.at()).isGreaterThanOrEqualTo(at);
      stage = transition.to();
      at = transition.at();
    }
    assertThat(stage).isEqualTo(runner.record.current().stage());
  }

  @Test
  void aHundredThousandEventsOfOneCustomerFitIntoABoundedRecord() {
    Random random = new Random(7);
    Runner runner = new Runner();
    long at = Story.moment("+0s");
    for (int i = 0; i < 100_000; i++) {
      at += random.nextInt(2000);
      Event some = one(random, i);
      runner.leapTo(at - 1);
      runner.arrive(
          new Event(
              "e" + i, at, some.type(), "ada", some.attributes(), some.lines(), some.value()));
    }
    CustomerRecord record = runner.record;
    assertThat(record.recent()).hasSizeLessThanOrEqualTo(Policy.DEFAULT.atMostRecent());
    assertThat(record.pending()).hasSizeLessThanOrEqualTo(2);
    for (Customer picture : List.of(record.settled(), record.current())) {
      assertThat(picture.toString().length()).isLessThan(200_000);
      assertThat(picture.orders()).hasSizeLessThanOrEqualTo(Bounds.ORDERS);
      assertThat(picture.carts()).hasSizeLessThanOrEqualTo(Bounds.CARTS);
      assertThat(picture.conversations()).hasSizeLessThanOrEqualTo(Bounds.CONVERSATIONS);
      assertThat(picture.viewed()).hasSizeLessThanOrEqualTo(Bounds.VIEWED);
      assertThat(picture.owned()).hasSizeLessThanOrEqualTo(Bounds.OWNED);
      assertThat(picture.prices()).hasSizeLessThanOrEqualTo(Bounds.VIEWED);
      assertThat(picture.rebought()).hasSizeLessThanOrEqualTo(Bounds.REBOUGHT);
      assertThat(picture.running()).hasSizeLessThanOrEqualTo(Bounds.RUNNING);
      assertThat(picture.entered()).hasSizeLessThanOrEqualTo(Bounds.ENTERED);
      assertThat(picture.tallies().values()).allMatch(tally -> tally.entries().size() <= 64);
    }
  }

  /** One event of a customer who never uses a name twice. */
  private static Event one(Random random, int number) {
    Event event = Histories.random(random, 1).get(0);
    Map<String, String> attributes = new HashMap<>();
    event
        .attributes()
        .forEach((name, said) -> attributes.put(name, said.length() < 4 ? said + number : said));
    return new Event(
        event.id(), event.at(), event.type(), "ada", attributes, event.lines(), event.value());
  }

  /** The events in the order of their arrival, each delayed by no more than the bound. */
  static List<Event> delayed(List<Event> history, Random random, long bound) {
    record Arrival(long at, Event event) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (Event event : history) {
      long delay = random.nextInt(3) == 0 ? 0 : (long) (random.nextDouble() * bound);
      arrivals.add(new Arrival(event.at() + delay, event));
    }
    Stream<Arrival> sorted = arrivals.stream().sorted(Comparator.comparingLong(Arrival::at));
    return sorted.map(Arrival::event).toList();
  }

  private static long end(List<Event> history) {
    return history.get(history.size() - 1).at() + YEARS;
  }
}
