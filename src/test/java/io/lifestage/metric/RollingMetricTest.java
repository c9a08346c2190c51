package io.lifestage.metric;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RollingMetricTest {
  private static final long ALWAYS = Long.MIN_VALUE;
  private static final long NEVER = Long.MAX_VALUE;

  /** A start of a day, so that it is an end of every window. */
  private static final long START = Duration.ofDays(20_000).toMillis();

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final Rolling lost = Rolling.starting(Metrics.CUSTOMERS_LOST, "stage", START);

  @Test
  void usageExample() {
    lost.observe(List.of(lapse("retention", START + 2 * SECOND)), START, ALWAYS);

    List<MetricPoint> points = lost.advance(START + 5 * SECOND, ALWAYS);

    assertThat(points).containsExactly(lostPoint("1m", START + 5 * SECOND, 1, 0));
  }

  @Test
  void whatHappensIsInEachWindowFromItsNextEndUntilItIsTooOldForIt() {
    lost.observe(List.of(lapse("retention", START + 2 * SECOND)), START, ALWAYS);

    List<MetricPoint> points = lost.advance(START + 2 * DAY, ALWAYS);

    assertThat(points)
        .containsExactly(
            lostPoint("1m", START + 5 * SECOND, 1, 0),
            lostPoint("1m", START + 65 * SECOND, 0, 0),
            lostPoint("5m", START + 15 * SECOND, 1, 0),
            lostPoint("5m", START + 5 * MINUTE + 15 * SECOND, 0, 0),
            lostPoint("1h", START + MINUTE, 1, 0),
            lostPoint("1h", START + HOUR + MINUTE, 0, 0),
            lostPoint("24h", START + 15 * MINUTE, 1, 0),
            lostPoint("24h", START + DAY + 15 * MINUTE, 0, 0));
  }

  @Test
  void whenNothingIsObservedAnyMoreEveryWindowFallsToZeroAndNoDeadlineIsLeft() {
    lost.observe(List.of(lapse("retention", START), lapse("loyalty", START)), START, ALWAYS);
    List<MetricPoint> points = new ArrayList<>();
    int wakeUps = 0;

    for (long next = lost.nextDeadline(ALWAYS); next != NEVER; next = lost.nextDeadline(ALWAYS)) {
      points.addAll(lost.advance(next, ALWAYS));
      wakeUps++;
    }

    assertThat(lastOfEach(points)).hasSize(8).allMatch(point -> point.count() == 0);
    assertThat(lost.isEmpty()).isTrue();
    assertThat(wakeUps).as("two for each window, and one to forget its zero").isLessThan(13);
  }

  @Test
  void theEndOfTimeEndsEveryWindow() {
    lost.observe(List.of(lapse("retention", START)), START, ALWAYS);

    List<MetricPoint> points = lost.advance(Long.MAX_VALUE, ALWAYS);

    assertThat(lastOfEach(points)).hasSize(4).allMatch(point -> point.count() == 0);
    assertThat(lost.nextDeadline(ALWAYS)).isEqualTo(NEVER);
    assertThat(lost.isEmpty()).isTrue();
  }

  @Test
  void whatDoesNotChangeIsNotWrittenAgain() {
    lost.observe(List.of(lapse("retention", START)), START, ALWAYS);
    lost.observe(List.of(lapse("retention", START + MINUTE)), START, ALWAYS);

    List<MetricPoint> points = lost.advance(START + 90 * SECOND, ALWAYS);

    assertThat(points.stream().filter(point -> point.window().equals("1m")))
        .as("one leaves where the other enters")
        .containsExactly(lostPoint("1m", START + 5 * SECOND, 1, 0));
  }

  @Test
  void lateDataRewritesTheWindowsThatEndedLastWithARevision() {
    lost.observe(List.of(lapse("retention", START + 2 * SECOND)), START, ALWAYS);
    lost.advance(START + 5 * SECOND, ALWAYS);

    List<MetricPoint> points =
        lost.observe(
            List.of(lapse("retention", START + SECOND), lapse("retention", START + 3 * SECOND)),
            START + 7 * SECOND,
            ALWAYS);

    assertThat(points)
        .as("only the one-minute window has ended since")
        .containsExactly(
            lostPoint("1m", START + 5 * SECOND, 2, 1), lostPoint("1m", START + 5 * SECOND, 3, 2));
  }

  @Test
  void dataTooLateForAWindowStillCountsInTheLongerOnes() {
    lost.advance(START + 10 * MINUTE, ALWAYS);

    List<MetricPoint> points =
        lost.observe(List.of(lapse("retention", START + 30 * SECOND)), START, ALWAYS);

    assertThat(points).containsExactly(lostPoint("1h", START + 10 * MINUTE, 1, 0));
    assertThat(lost.advance(START + 15 * MINUTE, ALWAYS))
        .containsExactly(lostPoint("24h", START + 15 * MINUTE, 1, 0));
  }

  @Test
  void aZeroIsRememberedWhileLateDataCanRewriteIt() {
    lost.observe(List.of(lapse("retention", START)), START, ALWAYS);
    lost.advance(START + DAY + 15 * MINUTE, ALWAYS);

    List<MetricPoint> points =
        lost.observe(List.of(lapse("retention", START + DAY)), START, ALWAYS);

    assertThat(points)
        .contains(lostPoint("24h", START + DAY + 15 * MINUTE, 1, 1))
        .allMatch(point -> point.count() == 1);
  }

  @Test
  void whatIsTakenBackIsGone() {
    Observation lapse = lapse("retention", START + SECOND);
    lost.observe(List.of(lapse), START, ALWAYS);
    lost.advance(START + 5 * SECOND, ALWAYS);

    List<MetricPoint> points = lost.observe(List.of(lapse.withdrawn()), START, ALWAYS);

    assertThat(points).containsExactly(lostPoint("1m", START + 5 * SECOND, 0, 1));
    assertThat(lost.advance(START + 2 * DAY, ALWAYS)).isEmpty();
  }

  @Test
  void aPopulationIsARunningTotalThatNeverDecaysAndWaitsForNothing() {
    Rolling population = Rolling.starting(Metrics.POPULATION, "stage", START);
    Observation enters = Observation.one(Metrics.POPULATION, "stage", "retention", START + SECOND);
    population.observe(List.of(enters, enters), START, ALWAYS);

    assertThat(population.advance(START + 90 * DAY, ALWAYS))
        .extracting(MetricPoint::window, MetricPoint::at, MetricPoint::count)
        .containsExactly(tuple("now", START + 5 * SECOND, 2L));
    assertThat(population.nextDeadline(ALWAYS)).isEqualTo(NEVER);
    assertThat(population.isEmpty()).isFalse();
    assertThat(population.observe(List.of(enters.withdrawn()), START, ALWAYS))
        .extracting(MetricPoint::at, MetricPoint::count)
        .containsExactly(tuple(START + 90 * DAY, 1L));
  }

  @Test
  void aLagIsItsLastReadingWhateverTheOrderOfArrival() {
    Rolling lag = Rolling.starting(Metrics.LAG, "topic", START);
    lag.observe(List.of(reading(START + 2, 40), reading(START + 1, 70)), START, ALWAYS);

    assertThat(lag.advance(START + HOUR, ALWAYS))
        .extracting(MetricPoint::window, MetricPoint::count)
        .containsExactly(tuple("now", 40L));
    assertThat(lag.nextDeadline(ALWAYS)).isEqualTo(NEVER);

    lag.observe(List.of(reading(START + 3, 0)), START, ALWAYS);
    assertThat(lag.nextDeadline(ALWAYS)).isEqualTo(START + HOUR + 5 * SECOND);
    assertThat(lag.advance(START + 2 * HOUR, ALWAYS))
        .extracting(MetricPoint::at, MetricPoint::count)
        .containsExactly(tuple(START + HOUR + 5 * SECOND, 0L));
  }

  @Test
  void theLagOfAJobThatIsFarBehindIsToldNow() {
    Rolling lag = Rolling.starting(Metrics.LAG, "topic", START);
    lag.observe(List.of(reading(START + DAY, 40)), START, ALWAYS);

    assertThat(lag.nextDeadline(ALWAYS)).isEqualTo(START + 5 * SECOND);
    assertThat(lag.advance(START + 5 * SECOND, ALWAYS))
        .extracting(MetricPoint::at, MetricPoint::count)
        .containsExactly(tuple(START + 5 * SECOND, 40L));
  }

  @Test
  void aHundredLabelsAreKeptApartAndTheRestIsCountedAsOther() {
    List<Observation> campaigns =
        IntStream.range(0, 130).mapToObj(i -> lapse("campaign " + i, START)).toList();

    lost.observe(campaigns, START, ALWAYS);
    List<MetricPoint> points = lost.advance(START + 5 * SECOND, ALWAYS);

    assertThat(points).hasSize(RollingMetric.LABELS + 1);
    assertThat(points.stream().filter(point -> point.label().equals(RollingMetric.OTHER)))
        .extracting(MetricPoint::count)
        .containsExactly(30L);
    assertThat(points.stream().mapToLong(MetricPoint::count).sum()).isEqualTo(130);
  }

  @Test
  void aLabelThatHasFallenToZeroMakesRoomForAnother() {
    lost.observe(
        IntStream.range(0, 100).mapToObj(i -> lapse("campaign " + i, START)).toList(),
        START,
        ALWAYS);
    lost.advance(START + 2 * DAY, ALWAYS);

    lost.observe(List.of(lapse("newcomer", START + 2 * DAY)), START + 2 * DAY, ALWAYS);

    assertThat(lost.advance(START + 2 * DAY + 5 * SECOND, ALWAYS))
        .extracting(MetricPoint::label)
        .containsExactly("newcomer");
  }

  @Test
  void ofALongPastOnlyWhatStillCountsIsWrittenAndNoDeadlineIsSetForIt() {
    long live = START + HOUR;
    lost.observe(
        LongStream.range(0, 60).mapToObj(i -> lapse("retention", START + i * MINUTE)).toList(),
        START,
        live);

    assertThat(lost.nextDeadline(live)).isEqualTo(live);
    assertThat(lost.advance(START + 30 * MINUTE, live)).isEmpty();
    assertThat(lost.advance(live, live))
        .containsExactly(
            lostPoint("1m", live, 1, 0),
            lostPoint("5m", live, 5, 0),
            lostPoint("1h", live, 60, 0),
            lostPoint("24h", live, 60, 0));
  }

  @Test
  void aWindowOfADayIsThereAtOnceAndNotOnlyAtItsNextEnd() {
    long live = START + HOUR + 7 * MINUTE + 31 * SECOND;
    lost.observe(List.of(lapse("retention", START)), START, live);

    assertThat(lost.nextDeadline(live)).isEqualTo(START + HOUR);
    assertThat(lost.advance(live, live)).containsExactly(lostPoint("24h", START + HOUR, 1, 0));
  }

  @Test
  void whatTheStateHoldsIsSmall() throws IOException {
    for (long at = START; at < START + DAY; at += 5 * SECOND) {
      lost.observe(List.of(lapse("retention", at)), at, ALWAYS);
    }

    assertThat(lost.bytes().length).as("bytes of a series with all 188 panes").isLessThan(800);
  }

  static Stream<Arguments> seeds() {
    return LongStream.range(0, 15)
        .boxed()
        .flatMap(seed -> Stream.of(Arguments.of(seed, false), Arguments.of(seed, true)));
  }

  @ParameterizedTest(name = "seed {0}, a level: {1}")
  @MethodSource("seeds")
  void anyTrafficGivesWhatAddingUpEverythingAnewGives(long seed, boolean level) throws IOException {
    Random random = new Random(seed);
    String name = level ? Metrics.POPULATION : Metrics.CUSTOMERS_LOST;
    long now = START + random.nextLong(DAY);
    Rolling metric = Rolling.starting(name, "stage", now);
    BruteForce reference = new BruteForce(name, level, now);
    List<MetricPoint> points = new ArrayList<>();

    for (int step = 0; step < 40; step++) {
      for (int i = random.nextInt(6); i > 0; i--) {
        Observation one = randomObservation(random, name, now);
        reference.observe(one);
        points.addAll(metric.observe(List.of(one), now, ALWAYS));
      }
      now += randomStep(random);
      reference.advance(now);
      points.addAll(metric.advance(now, ALWAYS));
      if (random.nextInt(4) == 0) {
        metric = metric.restored();
      }
    }
    reference.advance(now + 2 * DAY);
    points.addAll(metric.advance(Long.MAX_VALUE, ALWAYS));

    assertThat(points.stream().collect(groupingBy(BruteForce::series)))
        .as("seed %d", seed)
        .isEqualTo(reference.written());
    assertThat(metric.nextDeadline(ALWAYS)).as("seed %d", seed).isEqualTo(NEVER);
    assertThat(level || metric.isEmpty()).as("seed %d", seed).isTrue();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void wakingAtEachDeadlineWritesWhatOneJumpWrites(long seed, boolean level) {
    Random random = new Random(seed);
    String name = level ? Metrics.POPULATION : Metrics.CUSTOMERS_LOST;
    Rolling woken = Rolling.starting(name, "stage", START);
    Rolling jumped = Rolling.starting(name, "stage", START);
    for (int i = 0; i < 30; i++) {
      List<Observation> one = List.of(randomObservation(random, name, START + HOUR));
      woken.observe(one, START, ALWAYS);
      jumped.observe(one, START, ALWAYS);
    }
    List<MetricPoint> points = new ArrayList<>();

    for (long next = woken.nextDeadline(ALWAYS); next != NEVER; next = woken.nextDeadline(ALWAYS)) {
      points.addAll(woken.advance(next, ALWAYS));
    }

    assertThat(points.stream().collect(groupingBy(BruteForce::series)))
        .as("seed %d", seed)
        .isEqualTo(jumped.advance(NEVER, ALWAYS).stream().collect(groupingBy(BruteForce::series)));
  }

  static Stream<Arguments> seedsOfEstimates() {
    return LongStream.range(0, 8)
        .boxed()
        .flatMap(
            seed ->
                Stream.of(
                    Arguments.of(seed, Metrics.CHAT_RESPONSE), Arguments.of(seed, Metrics.REACH)));
  }

  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("seedsOfEstimates")
  void atEveryEndEstimatesAreWithinTheirErrorOfWhatAddingUpEverythingAnewGives(
      long seed, String name) throws IOException {
    Random random = new Random(seed);
    long now = START + random.nextLong(DAY);
    Rolling metric = Rolling.starting(name, "label", now);
    BruteForceEstimates reference = new BruteForceEstimates(name);
    Bundling bundling = new Bundling();

    for (int step = 0; step < 25; step++) {
      for (int i = random.nextInt(6); i > 0; i--) {
        Observation one = reference.next(random, now);
        bundling.add(one);
        List<Observation> bundled = bundling.drain().get(0).observations();
        reference.writes(metric.observe(bundled, now, ALWAYS));
        reference.holdsAt(now, "seed " + seed);
      }
      long before = now;
      now += randomStep(random);
      reference.writes(metric.advance(now, ALWAYS));
      reference.holdsBetween(before, now, "seed " + seed);
      if (random.nextInt(4) == 0) {
        metric = metric.restored();
      }
    }
    metric.advance(NEVER, ALWAYS);

    assertThat(metric.isEmpty()).as("seed %d", seed).isTrue();
    assertThat(metric.sketches()).as("sketches left, seed %d", seed).isZero();
  }

  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("seedsOfEstimates")
  void afterALongPastEstimatesAreWithinTheirErrorOfWhatAddingUpEverythingAnewGives(
      long seed, String name) throws IOException {
    Random random = new Random(seed);
    long now = START + random.nextLong(DAY);
    long live = now + random.nextLong(2 * DAY);
    Rolling metric = Rolling.starting(name, "label", now);
    BruteForceEstimates reference = new BruteForceEstimates(name);
    Bundling bundling = new Bundling();

    while (now < live + DAY) {
      for (int i = random.nextInt(6); i > 0; i--) {
        bundling.add(reference.next(random, now));
        reference.writes(metric.observe(bundling.drain().get(0).observations(), now, live));
        if (now - 15 * MINUTE >= live) {
          reference.holdsAt(now, "seed " + seed);
        }
      }
      long before = now;
      now += randomStep(random);
      reference.writes(metric.advance(now, live));
      reference.holdsBetween(Math.max(before, live - 1), now, "seed " + seed);
      if (random.nextInt(4) == 0) {
        metric = metric.restored();
      }
    }
    metric.advance(NEVER, live);

    assertThat(metric.isEmpty()).as("seed %d", seed).isTrue();
    assertThat(metric.sketches()).as("sketches left, seed %d", seed).isZero();
  }

  /** Before that the one writes what the other had written earlier. */
  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("seedsOfEstimates")
  void aLongPastThatIsNotWrittenChangesNothingOfWhatIsWrittenLater(long seed, String name) {
    Random random = new Random(seed);
    long now = START;
    long live = START + 30 * HOUR + random.nextLong(HOUR);
    Rolling everything = Rolling.starting(name, "label", now);
    Rolling later = Rolling.starting(name, "label", now);
    BruteForceEstimates traffic = new BruteForceEstimates(name);
    Bundling bundling = new Bundling();
    List<MetricPoint> all = new ArrayList<>();
    List<MetricPoint> written = new ArrayList<>();

    while (now < live + DAY) {
      for (int i = random.nextInt(6); i > 0; i--) {
        bundling.add(traffic.next(random, now));
        List<Observation> one = bundling.drain().get(0).observations();
        all.addAll(everything.observe(one, now, ALWAYS));
        written.addAll(later.observe(one, now, live));
      }
      now += randomStep(random) / 4;
      all.addAll(everything.advance(now, ALWAYS));
      written.addAll(later.advance(now, live));
    }
    all.addAll(everything.advance(NEVER, ALWAYS));
    written.addAll(later.advance(NEVER, live));

    assertThat(written.stream().filter(point -> point.at() >= live + 15 * MINUTE))
        .as("seed %d", seed)
        .isNotEmpty()
        .containsExactlyElementsOf(
            all.stream().filter(point -> point.at() >= live + 15 * MINUTE).toList());
  }

  @Test
  void aPaneThatNoWrittenWindowHoldsHasNoSketch() {
    long live = START + 2 * DAY;
    Rolling waits = Rolling.starting(Metrics.CHAT_RESPONSE, "subject", START);
    for (long at = START; at < live - DAY; at += MINUTE) {
      waits.observe(List.of(answer(at, 1 + at % 100_000)), at, live);
    }

    assertThat(waits.kept()).as("of a day and more that nobody sees").isZero();

    for (long at = live - DAY; at < live; at += MINUTE) {
      waits.observe(List.of(answer(at, 1 + at % 100_000)), at, live);
    }

    assertThat(waits.sketches())
        .as("those of the windows that end then")
        .isEqualTo(96 + 60 + 5 + 1);
    assertThat(waits.advance(live, live))
        .extracting(MetricPoint::window, MetricPoint::count)
        .containsExactly(tuple("1m", 1L), tuple("5m", 5L), tuple("1h", 60L), tuple("24h", 1_440L));
  }

  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("seedsOfEstimates")
  void estimatesAreTheSameHoweverTimeCame(long seed, String name) {
    Random random = new Random(seed);
    Rolling woken = Rolling.starting(name, "label", START);
    Rolling jumped = Rolling.starting(name, "label", START);
    Bundling bundling = new Bundling();
    for (int i = 0; i < 3_000; i++) {
      long at = START + random.nextLong(2 * HOUR);
      bundling.add(
          name.equals(Metrics.REACH)
              ? Observation.of(name, "label", "a", at, "customer " + random.nextInt(2_000))
              : Observation.of(name, "label", "a", at, random.nextLong(1_000_000)));
    }
    List<Observation> bundled = bundling.drain().get(0).observations();
    bundled.forEach(one -> woken.observe(List.of(one), START, ALWAYS));
    jumped.observe(bundled, START, ALWAYS);
    List<MetricPoint> points = new ArrayList<>();

    for (long next = woken.nextDeadline(ALWAYS); next != NEVER; next = woken.nextDeadline(ALWAYS)) {
      points.addAll(woken.advance(next, ALWAYS));
    }

    assertThat(points.stream().collect(groupingBy(BruteForce::series)))
        .as("seed %d", seed)
        .isEqualTo(jumped.advance(NEVER, ALWAYS).stream().collect(groupingBy(BruteForce::series)));
  }

  @Test
  void aWindowThatOnlyHoldsOtherValuesIsWrittenAgain() {
    Rolling waits = Rolling.starting(Metrics.CHAT_RESPONSE, "subject", START);
    waits.observe(List.of(answer(START, 1_000)), START, ALWAYS);
    waits.observe(List.of(answer(START + MINUTE, 9_000)), START, ALWAYS);

    List<MetricPoint> points = waits.advance(START + 65 * SECOND, ALWAYS);

    assertThat(points.stream().filter(point -> point.window().equals("1m")))
        .extracting(MetricPoint::at, MetricPoint::count, point -> point.estimates().p50())
        .containsExactly(
            tuple(START + 5 * SECOND, 1L, 1_002L), tuple(START + 65 * SECOND, 1L, 9_048L));
  }

  @Test
  void anEmptyWindowHasNoEstimates() {
    Rolling waits = Rolling.starting(Metrics.CHAT_RESPONSE, "subject", START);
    waits.observe(List.of(answer(START, 1_000)), START, ALWAYS);

    assertThat(lastOfEach(waits.advance(START + 2 * DAY, ALWAYS)))
        .hasSize(4)
        .allMatch(point -> point.estimates().equals(Estimates.NONE));
    assertThat(waits.sketches()).isZero();
  }

  @Test
  void aSketchStandsInTheStateForEachPaneOfEachLabelAndNoMore() {
    Rolling waits = Rolling.starting(Metrics.CHAT_RESPONSE, "subject", START);
    for (long at = START; at < START + 2 * DAY; at += 5 * SECOND) {
      waits.observe(List.of(answer(at, 1 + at % 100_000)), at, ALWAYS);
    }

    assertThat(waits.sketches()).as("12 + 20 + 60 + 96 panes, and those ahead").isLessThan(195);
    assertThat(waits.bytesOfSketches()).isLessThan(20_000);
  }

  @Test
  void labelsBeyondTheBoundShareOneSketch() {
    Rolling reach = Rolling.starting(Metrics.REACH, "campaign", START);
    Bundling bundling = new Bundling();
    for (int i = 0; i < 130; i++) {
      bundling.add(
          Observation.of(Metrics.REACH, "campaign", "campaign " + i, START, "customer " + i % 110));
    }
    reach.observe(bundling.drain().get(0).observations(), START, ALWAYS);

    assertThat(reach.advance(START + 5 * SECOND, ALWAYS))
        .filteredOn(point -> point.label().equals(RollingMetric.OTHER))
        .extracting(MetricPoint::count, point -> point.estimates().distinct())
        .containsExactly(tuple(30L, 30L));
  }

  @Test
  void aFlowThatGotQuantilesGoesOnWithItsCounts() throws IOException {
    lost.observe(List.of(lapse("retention", START)), START, ALWAYS);
    lost.advance(START + 5 * SECOND, ALWAYS);

    Rolling waits = lost.restoredAs(Metrics.CHAT_RESPONSE);
    waits.observe(List.of(answer("retention", START + 6 * SECOND, 1_000)), START, ALWAYS);

    assertThat(waits.advance(START + 10 * SECOND, ALWAYS))
        .extracting(MetricPoint::count, MetricPoint::sum, point -> point.estimates().p50())
        .containsExactly(tuple(2L, 1_000L, 1_002L));
    assertThat(lastOfEach(waits.advance(NEVER, ALWAYS))).allMatch(point -> point.count() == 0);
    assertThat(waits.isEmpty()).isTrue();
  }

  private static Observation answer(long at, long waited) {
    return answer("sales", at, waited);
  }

  private static Observation answer(String subject, long at, long waited) {
    return Observation.of(Metrics.CHAT_RESPONSE, "subject", subject, at, waited);
  }

  private static Observation randomObservation(Random random, String metric, long now) {
    long reach =
        switch (random.nextInt(4)) {
          case 0 -> 10 * SECOND;
          case 1 -> 5 * MINUTE;
          case 2 -> 2 * HOUR;
          default -> 30 * HOUR;
        };
    long at = now - random.nextLong(reach) + random.nextLong(reach / 2);
    String label = List.of("retention", "loyalty", "purchase").get(random.nextInt(3));
    Observation one = Observation.of(metric, "stage", label, at, random.nextLong(500));
    return random.nextInt(4) == 0 ? one.withdrawn() : one;
  }

  private static long randomStep(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong(3 * SECOND);
      case 1 -> random.nextLong(MINUTE);
      case 2 -> random.nextLong(10 * MINUTE);
      default -> random.nextLong(3 * HOUR);
    };
  }

  private static List<MetricPoint> lastOfEach(List<MetricPoint> points) {
    return points.stream().collect(groupingBy(BruteForce::series)).values().stream()
        .map(series -> series.get(series.size() - 1))
        .toList();
  }

  private static Observation lapse(String stage, long at) {
    return Observation.one(Metrics.CUSTOMERS_LOST, "stage", stage, at);
  }

  private static Observation reading(long at, long records) {
    return Observation.reading(Metrics.LAG, "topic", "orders", at, records);
  }

  private static MetricPoint lostPoint(String window, long at, long count, int revision) {
    return new MetricPoint(
        Metrics.CUSTOMERS_LOST, "stage", "retention", window, at, count, 0, revision);
  }
}
