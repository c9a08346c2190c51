package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Campaign.Ad;
import io.lifestage.decision.Outcome.Disposition;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Decision.Outcome;
import io.lifestage.journey.Guards;
import io.lifestage.journey.Guards.Cap;
import io.lifestage.journey.Guards.Holdout;
import io.lifestage.journey.Guards.Period;
import io.lifestage.journey.Guards.QuietHours;
import io.lifestage.journey.Reason;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Event;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.operator.CustomerRecordCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A thousand random histories for each guard, against a reference that knows only the table of the
 * {@link Campaign}, the history, and what was said; it counts by brute force and reads clocks
 * minute by minute. Where a reference judges, a twin shows that it objects to what was decided
 * without the guard.
 */
class GuardsReferenceTest {
  private static final int HISTORIES = 1_000;
  private static final long DISORDER = 5_000;
  private static final long LATENESS = Policy.DEFAULT.lateness();
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final List<String> ZONES =
      List.of("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");

  private static final Set<String> COUNTED =
      Set.of(
          Metrics.TRIGGERS_FIRED,
          Metrics.TRIGGERS_RETRACTED,
          Metrics.TRIGGERS_SUPPRESSED,
          Metrics.CONVERSIONS,
          Metrics.GOAL_OUTCOMES);

  /** The changes of the clocks in 2026, by zone; Kolkata has none. */
  private static final Map<String, List<String>> CHANGES =
      Map.of(
          "Europe/London", List.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"),
          "America/New_York", List.of("2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z"),
          "Australia/Lord_Howe", List.of("2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"),
          "Asia/Kolkata", List.of("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"));

  // --- Caps ------------------------------------------------------------------------------------

  @Test
  void capsWithholdExactlyWhatWouldExceedThem() {
    forAll(seed -> judgeCaps(seed, true));
    assertThat(objections(seed -> judgeCaps(seed, false))).isGreaterThan(50);
  }

  private static void judgeCaps(long seed, boolean guarded) {
    Random random = new Random(seed);
    Guards guards = new Some(random).caps().guards();
    String zone = ZONES.get(random.nextInt(ZONES.size()));
    long from = change(zone, random) - days(random.nextInt(5));
    List<Event> history = Campaign.beginning("ada", zone, from);
    history.addAll(
        Campaign.history(
            random,
            "ada",
            from,
            50,
            Duration.ZERO,
            MOMENT,
            Duration.ofMinutes(10),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7)));
    history = onTheEdgesOfDays(random, history, ZoneId.of(zone));

    Told told = play(guarded ? guards : Guards.NONE, history);

    told.everythingIsDecided(history);
    List<Shot> shots = new ArrayList<>();
    for (Said one : told.said()) {
      boolean full =
          one.ad().marketing() && isFull(guards, shots, one.ad(), one.at(), ZoneId.of(zone));
      one.is(full ? Outcome.SUPPRESSED : Outcome.FIRED, full ? Reason.CAP : null);
      if (!full && one.ad().marketing()) {
        shots.add(new Shot(one.decision().triggerId(), one.ad(), one.at()));
      }
    }
    neverExceeded(guards, shots, ZoneId.of(zone));
  }

  /** What was sent. */
  private record Shot(String trigger, Ad ad, long at) {}

  private static boolean counts(Cap cap, Ad ad) {
    return (cap.channel() == null || cap.channel().equals(ad.channel()))
        && (cap.tag() == null || ad.tags().contains(cap.tag()));
  }

  private static boolean isFull(Guards guards, List<Shot> shots, Ad ad, long at, ZoneId zone) {
    for (Cap cap : guards.caps()) {
      long spent =
          shots.stream()
              .filter(shot -> counts(cap, shot.ad()) && together(cap, shot.at(), at, zone))
              .map(Shot::trigger)
              .distinct()
              .count();
      if (counts(cap, ad) && spent >= cap.atMost()) {
        return true;
      }
    }
    return false;
  }

  /** Whether two moments, the later last, lie within one stretch of the cap. */
  private static boolean together(Cap cap, long earlier, long later, ZoneId zone) {
    if (cap.period() instanceof Period.Rolling rolling) {
      return later - earlier < rolling.length().toMillis();
    }
    LocalDate one = Instant.ofEpochMilli(earlier).atZone(zone).toLocalDate();
    LocalDate other = Instant.ofEpochMilli(later).atZone(zone).toLocalDate();
    return switch (((Period.Calendar) cap.period()).unit()) {
      case DAY -> one.equals(other);
      case WEEK -> mondayOf(one).equals(mondayOf(other));
      case MONTH -> YearMonth.from(one).equals(YearMonth.from(other));
    };
  }

  private static LocalDate mondayOf(LocalDate date) {
    LocalDate monday = date;
    while (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
      monday = monday.minusDays(1);
    }
    return monday;
  }

  private static void neverExceeded(Guards guards, List<Shot> shots, ZoneId zone) {
    for (Cap cap : guards.caps()) {
      List<Shot> counted = shots.stream().filter(shot -> counts(cap, shot.ad())).toList();
      for (int first = 0; first < counted.size(); first++) {
        int inStretch = 0;
        for (Shot later : counted.subList(first, counted.size())) {
          inStretch += together(cap, counted.get(first).at(), later.at(), zone) ? 1 : 0;
        }
        assertThat(inStretch).as("sent in %s", cap).isLessThanOrEqualTo(cap.atMost());
      }
    }
  }

  /** More of another channel, in between, than is remembered of all together. */
  @Test
  void aCapHoldsHoweverMuchIsSentThatItDoesNotCount() {
    Cap once = new Cap("once", "email", null, 1, new Period.Rolling(Duration.ofDays(30)));
    Cap often = new Cap("often", "push", null, 100, new Period.Rolling(Duration.ofDays(1)));
    Guards guards = new Some(new Random(1)).with(List.of(once, often)).guards();
    long from = Story.moment("+0s");
    List<Event> history = Campaign.beginning("ada", "UTC", from);
    history.add(event(Happening.pageViewed(), "first", from + 1));
    for (int i = 0; i < 1000; i++) {
      history.add(event(Happening.contentViewed(), "c" + i, from + hours(1) + i * hours(1) / 2));
    }
    history.add(event(Happening.pageViewed(), "second", from + days(25)));

    Told told = play(guards, history);

    assertThat(told.said().stream().filter(one -> one.ad().step().equals("news")))
        .extracting(Said::outcome)
        .containsExactly(Outcome.FIRED, Outcome.SUPPRESSED);
  }

  // --- Quiet hours -----------------------------------------------------------------------------

  @Test
  void nothingIsSentInQuietHoursAndWhatIsHeldGoesAtTheFirstMomentAllowed() {
    forAll(seed -> judgeQuietHours(seed, true));
    assertThat(objections(seed -> judgeQuietHours(seed, false))).isGreaterThan(50);
  }

  private static void judgeQuietHours(long seed, boolean guarded) {
    Random random = new Random(seed);
    Guards guards = new Some(random).quietHours().guards();
    String name = ZONES.get((int) (seed % ZONES.size()));
    ZoneId zone = ZoneId.of(name);
    long from = change(name, random) - days(1) - random.nextLong(days(1));
    List<Event> history = Campaign.beginning("ada", name, from);
    history.addAll(
        Campaign.history(
            random,
            "ada",
            from,
            30,
            Duration.ZERO,
            Duration.ofMinutes(7),
            Duration.ofMinutes(60),
            Duration.ofHours(5),
            Duration.ofHours(12)));

    Told told = play(guarded ? guards : Guards.NONE, history);

    told.everythingIsDecided(history);
    for (Said one : told.said()) {
      if (!one.ad().marketing()) {
        one.is(Outcome.FIRED, null);
        continue;
      }
      long due = told.due(one, history);
      if (one.outcome() == Outcome.HELD) {
        assertThat(isQuiet(guards, one.ad(), one.at(), zone, true)).as("%s", one).isTrue();
        continue;
      }
      long expires = due + one.ad().validFor().toMillis();
      long allowed = due;
      while (allowed < expires && isQuiet(guards, one.ad(), allowed, zone, true)) {
        allowed = (allowed / 60_000 + 1) * 60_000;
      }
      if (isQuiet(guards, one.ad(), due, zone, false)) {
        one.is(Outcome.SUPPRESSED, Reason.QUIET_HOURS);
        assertThat(one.at()).as("%s", one).isEqualTo(due);
      } else if (allowed >= expires) {
        one.is(Outcome.SUPPRESSED, Reason.EXPIRED);
      } else {
        one.is(Outcome.FIRED, null);
        assertThat(Instant.ofEpochMilli(one.at()))
            .as("%s, due %s, under %s in %s", one, Instant.ofEpochMilli(due), guards, zone)
            .isEqualTo(Instant.ofEpochMilli(allowed));
      }
    }
  }

  private static boolean isQuiet(Guards guards, Ad ad, long at, ZoneId zone, boolean hold) {
    LocalTime clock = ZonedDateTime.ofInstant(Instant.ofEpochMilli(at), zone).toLocalTime();
    for (QuietHours quiet : guards.quietHours()) {
      boolean concerned = quiet.channels().isEmpty() || quiet.channels().contains(ad.channel());
      boolean within =
          quiet.from().isBefore(quiet.to())
              ? !clock.isBefore(quiet.from()) && clock.isBefore(quiet.to())
              : !clock.isBefore(quiet.from()) || clock.isBefore(quiet.to());
      if (quiet.hold() == hold && concerned && within) {
        return true;
      }
    }
    return false;
  }

  // --- Consent ---------------------------------------------------------------------------------

  @Test
  void nothingIsSentWithoutConsent() {
    forAll(seed -> judgeConsent(seed, true));
    assertThat(objections(seed -> judgeConsent(seed, false))).isGreaterThan(50);
  }

  /** The twin looks at consents that the engine did not hear of. */
  private static void judgeConsent(long seed, boolean heard) {
    Random random = new Random(seed);
    Guards guards = new Some(random).quietHours().guards();
    long from = Story.moment("+0s");
    List<Event> history =
        Campaign.history(
            random,
            "ada",
            from,
            40,
            Duration.ZERO,
            MOMENT,
            Duration.ofMinutes(30),
            Duration.ofHours(9));
    long span = history.get(history.size() - 1).at() - from + 1;
    List<Event> consents = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Event beside = history.get(random.nextInt(history.size()));
      long at = random.nextBoolean() ? beside.at() : from + random.nextLong(span);
      String channel = List.of("email", "sms", "push").get(random.nextInt(3));
      String purpose = random.nextInt(3) == 0 ? "research" : "marketing";
      Happening says = Happening.consent(channel, random.nextBoolean()).with("purpose", purpose);
      if (random.nextInt(6) == 0) {
        says = Happening.of("trigger_unsubscribed", "channel", channel, "purpose", purpose);
      }
      consents.add(event(says, "%04x-c%d".formatted(random.nextInt(0x10000), i), at));
    }
    history.addAll(consents);
    history.sort(Event.BY_TIME);
    consents.sort(Event.BY_TIME);
    List<Event> all = new ArrayList<>(history);
    if (!heard) {
      all.removeAll(consents);
      all.addAll(0, Campaign.beginning("ada", "UTC", from));
    }

    Told told = play(guards, all);

    told.everythingIsDecided(history);
    for (Said one : told.said()) {
      Boolean agreed = null;
      for (Event event : consents) {
        if (event.at() <= one.at()
            && event.says("channel", one.ad().channel())
            && event.says("purpose", one.ad().purpose())) {
          agreed = event.says("granted", "true");
        }
      }
      if (!one.ad().marketing()) {
        one.is(Outcome.FIRED, null);
      } else if (!Boolean.TRUE.equals(agreed)) {
        one.is(Outcome.SUPPRESSED, agreed == null ? Reason.NO_CONSENT : Reason.CONSENT_WITHDRAWN);
      } else {
        assertThat(one.reason())
            .as("%s", one)
            .isIn(Reason.ALL_GUARDS_PASSED, Reason.QUIET_HOURS, Reason.EXPIRED);
      }
    }
  }

  // --- Holdouts --------------------------------------------------------------------------------

  @Test
  void tenThousandCustomersAreHeldOutAsTheShareSaysAlwaysTheSame() {
    List<String> customers =
        new ArrayList<>(LongStream.range(0, 10_000).mapToObj(n -> "customer-" + n).toList());
    Map<String, Boolean> inOrder = new HashMap<>();
    customers.forEach(c -> inOrder.put(c, Lot.of(c, "holdout", "2026") < 500));
    Collections.shuffle(customers, new Random(1));
    for (String customer : customers) {
      boolean heldOut = Lot.of(customer, "holdout", "2026") < 500;
      assertThat(heldOut).as(customer).isEqualTo(inOrder.get(customer));
      assertThat(heldOut).as(customer).isEqualTo(lot(customer, "holdout", "2026") < 500);
    }
    assertThat(inOrder.values().stream().filter(heldOut -> heldOut).count()).isBetween(435L, 565L);
    long otherSalt = customers.stream().filter(c -> Lot.of(c, "holdout", "2027") < 500).count();
    long both =
        customers.stream()
            .filter(c -> Lot.of(c, "holdout", "2027") < 500 && inOrder.get(c))
            .count();
    assertThat(otherSalt).isBetween(435L, 565L);
    assertThat(both).as("another salt chooses others").isLessThan(60);
  }

  @Test
  void whoIsHeldOutGetsNothingIsMeasuredAndStaysSoThroughRestarts() {
    Map<String, Integer> counts = new TreeMap<>();
    forAll(seed -> judgeHoldout(seed, counts));
    assertThat(counts.get("held out")).isBetween(130, 270);
    assertThat(counts.get("held out and converted")).isGreaterThan(100);
    assertThat(counts.get("treated and converted")).isGreaterThan(300);
  }

  private static void judgeHoldout(long seed, Map<String, Integer> counts) {
    Random random = new Random(seed);
    String customer = "customer-" + seed;
    Guards guards = new Some(random).holdout(new Holdout(2_000, "s")).guards();
    long from = Story.moment("+0s");
    List<Event> history = Campaign.beginning(customer, "UTC", from);
    history.addAll(
        Campaign.history(
            random, customer, from, 20, MOMENT, Duration.ofHours(5), Duration.ofDays(1)));
    List<Event> paid = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long at = from + random.nextLong(days(8));
      paid.add(Campaign.event(Happening.orderPaid("p" + i), customer, "paid-" + i, at));
    }
    history.addAll(paid);
    history.sort(Event.BY_TIME);
    Definitions definitions = Campaign.measuredUnder(guards);
    long end = history.get(history.size() - 1).at() + days(30);

    Runner straight = new Runner(definitions).about(customer).through(history, end);
    Runner restarted = new Runner(definitions).about(customer);
    for (Event event : history) {
      restarted.walkTo(event.at() - 1);
      restarted.arrive(event);
      if (random.nextInt(4) == 0) {
        restarted.record = throughBytes(restarted.record);
      }
    }
    restarted.walkTo(end);

    assertThat(restarted.effects).isEqualTo(straight.effects);
    assertThat(restarted.record).isEqualTo(straight.record);
    boolean heldOut = lot(customer, "holdout", "s") < 2_000;
    Told told = new Told(straight.effects);
    told.everythingIsDecided(history);
    Map<String, String> groups = new HashMap<>();
    Map<String, Long> since = new HashMap<>();
    for (Said one : told.said()) {
      boolean heldOutOfIt =
          one.ad().holdout() > 0 && lot(customer, "holdout of", "deal") < one.ad().holdout();
      String run = one.ad().journey() + " " + one.cause();
      if (one.ad().marketing() && heldOut) {
        one.is(Outcome.SUPPRESSED, Reason.HOLDOUT);
      } else if (one.ad().marketing() && heldOutOfIt) {
        one.is(Outcome.SUPPRESSED, Reason.JOURNEY_HOLDOUT);
      } else {
        one.is(Outcome.FIRED, null);
      }
      since.putIfAbsent(run, one.at());
      groups.put(run, one.outcome() == Outcome.FIRED ? "treated" : "held_out");
    }
    Map<String, String> converted = new HashMap<>();
    for (Decision decision : straight.effects.decisions()) {
      if (decision.outcome() == Outcome.CONVERTED) {
        converted.put(
            decision.journey() + " " + decision.causes().get(0).event(), decision.reason());
      }
    }
    Map<String, String> expected = new HashMap<>();
    since.forEach(
        (run, at) -> {
          // What happens at the moment of the trigger comes before it.
          if (paid.stream().anyMatch(p -> p.at() > at && p.at() <= at + Campaign.GOAL.toMillis())) {
            expected.put(run, groups.get(run));
          }
        });
    assertThat(converted).isEqualTo(expected);
    if (heldOut) {
      assertThat(straight.effects.triggers()).allMatch(t -> t.journey().equals("paper"));
    }
    counts.merge(heldOut ? "held out" : "treated", 1, Integer::sum);
    if (converted.containsValue("held_out") && heldOut) {
      counts.merge("held out and converted", 1, Integer::sum);
    }
    if (converted.containsValue("treated") && !heldOut) {
      counts.merge("treated and converted", 1, Integer::sum);
    }
  }

  /** The same, calculated otherwise. */
  private static int lot(String customer, String about, String which) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((about + "\0" + which + "\0" + customer).getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, Arrays.copyOf(digest, 8)).mod(BigInteger.valueOf(10_000)).intValue();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CustomerRecord throughBytes(CustomerRecord record) {
    try {
      CustomerRecordCodec codec = new CustomerRecordCodec();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.write(record, new DataOutputStream(bytes));
      return codec.read(
          codec.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- Arbitration -----------------------------------------------------------------------------

  @Test
  void ofThoseDueTogetherTheBestThatNothingElseWithholdsIsSentAlone() {
    forAll(seed -> judgeArbitration(seed, true));
    assertThat(objections(seed -> judgeArbitration(seed, false))).isGreaterThan(50);
  }

  private static void judgeArbitration(long seed, boolean guarded) {
    Random random = new Random(seed);
    Some some = new Some(random).arbitration();
    Guards guards = (random.nextBoolean() ? some.caps() : some).guards();
    long length = guards.arbitration().toMillis();
    long from = Story.moment("+0s");
    List<Event> history = Campaign.beginning("ada", "Europe/London", from);
    // Some have agreed to less.
    history.removeIf(event -> event.type().equals("consent_changed") && random.nextInt(5) == 0);
    Set<String> agreed =
        history.stream()
            .filter(event -> event.type().equals("consent_changed"))
            .map(event -> event.get("channel") + ":" + event.get("purpose"))
            .collect(Collectors.toSet());
    history.addAll(
        Campaign.history(
            random,
            "ada",
            from,
            40,
            Duration.ZERO,
            MOMENT,
            guards.arbitration(),
            Duration.ofMinutes(3),
            Duration.ofMinutes(11),
            Duration.ofHours(8)));

    Told told = play(guarded ? guards : withoutArbitration(guards), history);

    told.everythingIsDecided(history);
    List<Said> contenders = new ArrayList<>();
    for (Said one : told.said()) {
      if (one.ad().marketing()) {
        contenders.add(one);
      } else {
        one.is(Outcome.FIRED, null);
        assertThat(one.at()).isEqualTo(told.due(one, history));
      }
    }
    // Who waits for whom: the first that is due opens a window, and all due within it are chosen
    // from at its end.
    List<Said> byDue = new ArrayList<>(contenders);
    byDue.sort(Comparator.comparingLong(one -> told.due(one, history)));
    long end = Long.MIN_VALUE;
    Map<Long, List<Said>> groups = new TreeMap<>();
    for (Said one : byDue) {
      long due = told.due(one, history);
      end = due > end ? due + length : end;
      assertThat(one.at()).as("%s, due %d", one, due).isEqualTo(end);
      groups.computeIfAbsent(end, at -> new ArrayList<>()).add(one);
    }
    List<Shot> shots = new ArrayList<>();
    ZoneId zone = ZoneId.of("Europe/London");
    groups.forEach(
        (at, group) -> {
          group.sort(
              Comparator.<Said>comparingInt(one -> -one.ad().priority())
                  .thenComparingLong(one -> -one.ad().offer())
                  .thenComparingLong(one -> told.event(one, history).at())
                  .thenComparing(one -> one.ad().journey()));
          boolean chosen = false;
          for (Said one : group) {
            boolean late = at >= told.due(one, history) + one.ad().validFor().toMillis();
            if (!agreed.contains(one.ad().channel() + ":" + one.ad().purpose())) {
              one.is(Outcome.SUPPRESSED, Reason.NO_CONSENT);
            } else if (isFull(guards, shots, one.ad(), at, zone)) {
              one.is(Outcome.SUPPRESSED, Reason.CAP);
            } else if (chosen) {
              one.is(Outcome.SUPPRESSED, Reason.OUTRANKED);
            } else if (late) {
              one.is(Outcome.SUPPRESSED, Reason.EXPIRED);
            } else {
              one.is(Outcome.FIRED, null);
              chosen = true;
              shots.add(new Shot(one.decision().triggerId(), one.ad(), at));
            }
          }
        });
    for (int i = 1; i < shots.size(); i++) {
      assertThat(shots.get(i).at() - shots.get(i - 1).at()).isGreaterThan(length);
    }
    neverExceeded(guards, shots, zone);
  }

  private static Guards withoutArbitration(Guards guards) {
    return new Some(new Random(0)).with(guards.caps()).guards();
  }

  // --- Orders of arrival -----------------------------------------------------------------------

  @Test
  void underAllGuardsAnyOrderOfArrivalWithinTheBoundSaysTheSame() {
    forAll(
        seed -> {
          Random random = new Random(seed);
          List<Event> history = crowded(random);
          Timeline definitions = changing(random, history);
          long end = history.get(history.size() - 1).at() + days(10);
          Runner inOrder = new Runner(definitions).through(history, end);

          Runner shuffled = new Runner(definitions);
          long newest = Long.MIN_VALUE + DISORDER + 1;
          for (Event event : OrderOfArrivalTest.delayed(history, random, DISORDER)) {
            newest = Math.max(newest, event.at());
            shuffled.walkTo(newest - DISORDER - 1);
            assertThat(shuffled.arrive(event)).isEqualTo(Disposition.TAKEN);
          }
          shuffled.walkTo(end);

          assertThat(Runner.said(shuffled.effects)).isEqualTo(Runner.said(inOrder.effects));
          assertThat(shuffled.record).isEqualTo(inOrder.record);
        });
  }

  /**
   * Of all that ever went out, taken back or not, no cap is exceeded in any stretch, whatever comes
   * late; nor does a late event send anything within the length of a choice of what was chosen, or
   * take back what only a cap or a choice would now be against. What a closed choice or a cap
   * withheld is not sent for it: neither at once, nor in its turn where a late event moves the
   * choice beyond what is decided. What goes out again after it was taken back counts once, when it
   * first went out.
   */
  @Test
  void whatLateEventsTakeBackStaysSpentAndWhatWasOutrankedIsNotSentLater() {
    Map<String, Integer> counts = new TreeMap<>();
    // Little is taken back, now that what went out stands where its own reason does.
    forAll(3 * HISTORIES, seed -> judgeLateness(seed, counts, true));
    assertThat(counts.get("corrected")).isGreaterThan(10_000);
    assertThat(counts.get("taken back")).isGreaterThan(300);
    assertThat(counts.get("withheld for good")).isGreaterThan(1_000);
    assertThat(counts.get("sent again")).isGreaterThan(5);
    assertThat(objections(seed -> judgeLateness(seed, new TreeMap<>(), false))).isGreaterThan(2);
  }

  /** The twin forgets what corrections leave behind. */
  private static void judgeLateness(long seed, Map<String, Integer> counts, boolean remembering) {
    Random random = new Random(seed);
    Guards guards = everything(random);
    List<Event> history = wavering(random, crowded(random));
    Runner runner = new Runner(Campaign.under(guards));
    Set<String> standing = new HashSet<>();
    Set<String> withheld = new HashSet<>();
    List<Shot> shots = new ArrayList<>();
    long newest = Long.MIN_VALUE;
    List<Event> late = OrderOfArrivalTest.delayed(history, random, LATENESS);
    for (int i = 0; i <= late.size(); i++) {
      long decidedTo = runner.record.decidedTo();
      int triggers = runner.effects.triggers().size();
      int decisions = runner.effects.decisions().size();
      if (i == late.size()) {
        runner.walkTo(newest + days(10));
      } else {
        newest = Math.max(newest, late.get(i).at());
        runner.walkTo(newest - 1);
        decidedTo = judgeSaid(runner, triggers, decidedTo, guards, shots, standing, withheld);
        remember(runner, decisions, withheld, counts);
        triggers = runner.effects.triggers().size();
        decisions = runner.effects.decisions().size();
        Disposition disposition = runner.arrive(late.get(i));
        runner.record = remembering ? runner.record : forgetful(runner.record);
        counts.merge(disposition == Disposition.CORRECTED ? "corrected" : "taken", 1, Integer::sum);
      }
      judgeSaid(runner, triggers, decidedTo, guards, shots, standing, withheld);
      remember(runner, decisions, withheld, counts);
    }
    Map<String, Shot> first = new HashMap<>();
    shots.forEach(shot -> first.putIfAbsent(shot.trigger(), shot));
    List<Shot> wentOut = new ArrayList<>(first.values());
    wentOut.sort(Comparator.comparingLong(Shot::at));
    neverExceeded(guards, wentOut, ZoneId.of("Europe/London"));
    counts.merge("taken back", shots.size() - standing.size(), Integer::sum);
    long ids = shots.stream().map(Shot::trigger).distinct().count();
    counts.merge("sent again", shots.size() - (int) ids, Integer::sum);
  }

  private static CustomerRecord forgetful(CustomerRecord record) {
    return new CustomerRecord(
        record.settled(),
        record.settledTo(),
        record.recent(),
        record.current(),
        record.decidedTo(),
        record.changedAt(),
        record.pending(),
        Aftermath.NONE);
  }

  /**
   * What the metrics count is what was written, after every event: of triggers and of decisions,
   * each less what was taken back. Nothing is taken back that was not said.
   */
  @Test
  void lateEventsLeaveMetricsDecisionsAndTriggersTellingTheSame() {
    Map<String, Integer> counts = new TreeMap<>();
    forAll(seed -> judgeTelling(seed, counts, true));
    assertThat(counts.get("decisions taken back")).isGreaterThan(3_000);
    assertThat(counts.get("conversions taken back")).isGreaterThan(10);
    assertThat(objections(seed -> judgeTelling(seed, new TreeMap<>(), false))).isGreaterThan(50);
  }

  /** The twin does not hear that a decision is taken back. */
  private static void judgeTelling(long seed, Map<String, Integer> counts, boolean hears) {
    Random random = new Random(seed);
    List<Event> history = crowded(random);
    Runner runner = new Runner(changing(random, history));
    Books books = new Books(hears);
    long newest = Long.MIN_VALUE;
    for (Event event : OrderOfArrivalTest.delayed(history, random, LATENESS)) {
      newest = Math.max(newest, event.at());
      runner.walkTo(newest - 1);
      runner.arrive(event);
      books.close(runner.effects);
    }
    runner.walkTo(newest + days(10));
    books.close(runner.effects);
    runner.leapTo(newest + days(40));
    assertThat(runner.record.aftermath()).as("once no cap counts it").isEqualTo(Aftermath.NONE);
    counts.merge("decisions taken back", books.undone, Integer::sum);
    counts.merge("conversions taken back", books.conversionsUndone, Integer::sum);
  }

  /** What stands of all that was said, counted once from the records and once from the metrics. */
  private static final class Books {
    private final Map<String, Integer> decisions = new HashMap<>();
    private final Set<String> standing = new HashSet<>();
    private final Map<String, Long> written = new TreeMap<>();
    private final Map<String, Long> observed = new TreeMap<>();
    private final boolean hears;
    private int triggersSeen;
    private int decisionsSeen;
    private int observationsSeen;
    private int undone;
    private int conversionsUndone;

    Books(boolean hears) {
      this.hears = hears;
    }

    void close(Effects all) {
      for (Trigger one : newOf(all.triggers(), triggersSeen)) {
        boolean active = one.status() == Trigger.Status.ACTIVE;
        assertThat(active ? standing.add(one.id()) : standing.remove(one.id()))
            .as("%s", one)
            .isTrue();
        count(written, Metrics.TRIGGERS_FIRED + " " + one.journey(), active ? 1 : -1);
        count(written, Metrics.TRIGGERS_FIRED + " " + one.channel(), active ? 1 : -1);
        count(written, Metrics.TRIGGERS_RETRACTED + " " + one.journey(), active ? 0 : 1);
      }
      for (Decision one : newOf(all.decisions(), decisionsSeen)) {
        take(one);
      }
      for (Observation one : newOf(all.observations(), observationsSeen)) {
        if (COUNTED.contains(one.metric())) {
          count(observed, one.metric() + " " + one.label(), one.count());
        }
      }
      triggersSeen = all.triggers().size();
      decisionsSeen = all.decisions().size();
      observationsSeen = all.observations().size();
      assertThat(observed).isEqualTo(written);
      assertThat(decisions.keySet().stream().filter(one -> one.startsWith("FIRED")).count())
          .isEqualTo(standing.size());
    }

    private void take(Decision one) {
      Decision.TakenBack gone = one.takesBack();
      if (gone == null) {
        change(one, new Decision.TakenBack(one.outcome(), one.reason(), one.at()), 1);
      } else if (hears) {
        undone++;
        conversionsUndone += gone.outcome() == Outcome.CONVERTED ? 1 : 0;
        change(one, gone, -1);
      }
    }

    private void change(Decision of, Decision.TakenBack what, int by) {
      String name =
          "%s %s@%d %s %s %s %s"
              .formatted(
                  what.outcome(),
                  of.journey(),
                  of.version(),
                  of.instanceKey(),
                  of.step(),
                  of.causes().get(0).event(),
                  what);
      int times = decisions.merge(name, by, Integer::sum);
      assertThat(times).as(name).isBetween(0, 1);
      decisions.remove(name, 0);
      if (what.outcome() == Outcome.SUPPRESSED && of.step() != null) {
        count(written, Metrics.TRIGGERS_SUPPRESSED + " " + of.journey(), by);
        count(written, Metrics.TRIGGERS_SUPPRESSED + " " + what.reason(), by);
      } else if (what.outcome() == Outcome.CONVERTED) {
        count(written, Metrics.CONVERSIONS + " " + of.journey(), by);
        // Once by journey, and once by its group.
        count(written, Metrics.GOAL_OUTCOMES + " " + of.journey(), 2L * by);
      } else if (Reason.GOAL_MISSED.equals(what.reason())) {
        // Once by journey, and once by its group.
        count(written, Metrics.GOAL_OUTCOMES + " " + of.journey(), 2L * by);
      }
    }

    private static void count(Map<String, Long> counts, String what, long by) {
      counts.merge(what, by, Long::sum);
      counts.remove(what, 0L);
    }

    private static <T> List<T> newOf(List<T> all, int seen) {
      return all.subList(seen, all.size());
    }
  }

  private static long judgeSaid(
      Runner runner,
      int from,
      long decidedTo,
      Guards guards,
      List<Shot> shots,
      Set<String> standing,
      Set<String> withheld) {
    ZoneId zone = ZoneId.of("Europe/London");
    List<Trigger> all = runner.effects.triggers();
    for (Trigger trigger : all.subList(from, all.size())) {
      Ad ad =
          Campaign.ads().stream()
              .filter(one -> one.step().equals(stepOf(runner, trigger)))
              .findFirst()
              .orElseThrow();
      if (!ad.marketing()) {
        continue;
      }
      if (trigger.status() != Trigger.Status.ACTIVE) {
        assertThat(standing.remove(trigger.id())).as("was sent: %s", trigger).isTrue();
        assertThat(reasonOf(runner, trigger))
            .as("its own reason is gone: %s", trigger)
            .isNotIn(Reason.OUTRANKED, Reason.CAP);
        continue;
      }
      assertThat(standing.add(trigger.id())).as("sent once: %s", trigger).isTrue();
      assertThat(withheld).as("withheld for good: %s", trigger).doesNotContain(trigger.id());
      if (trigger.at() > decidedTo) {
        // In its turn.
        List<Shot> others =
            shots.stream().filter(shot -> !shot.trigger().equals(trigger.id())).toList();
        assertThat(isFull(guards, others, ad, trigger.at(), zone)).as("%s", trigger).isFalse();
      } else {
        long length = guards.arbitration().toMillis();
        assertThat(shots.stream().filter(shot -> !shot.trigger().equals(trigger.id())))
            .as("%s", trigger)
            .noneMatch(shot -> Math.abs(shot.at() - trigger.at()) <= length);
      }
      shots.add(new Shot(trigger.id(), ad, trigger.at()));
    }
    return runner.record.decidedTo();
  }

  /** What was last decided on it. */
  private static String reasonOf(Runner runner, Trigger trigger) {
    return runner.effects.decisions().stream()
        .filter(d -> trigger.id().equals(d.triggerId()) && d.takesBack() == null)
        .reduce((earlier, later) -> later)
        .orElseThrow()
        .reason();
  }

  private static String stepOf(Runner runner, Trigger trigger) {
    return runner.effects.decisions().stream()
        .filter(d -> trigger.id().equals(d.triggerId()) && d.step() != null)
        .findFirst()
        .orElseThrow()
        .step();
  }

  private static void remember(
      Runner runner, int from, Set<String> withheld, Map<String, Integer> counts) {
    List<Decision> all = runner.effects.decisions();
    for (Decision decision : all.subList(from, all.size())) {
      if (decision.outcome() == Outcome.SUPPRESSED
          && Set.of(Reason.OUTRANKED, Reason.CAP).contains(decision.reason())) {
        withheld.add(decision.triggerId());
        counts.merge("withheld for good", 1, Integer::sum);
      }
    }
  }

  private static Guards everything(Random random) {
    return new Some(random)
        .caps()
        .quietHours()
        .arbitration()
        .holdout(new Holdout(100, "s"))
        .guards();
  }

  /** Guards that are published anew while the history goes on, not at all or up to three times. */
  private static Timeline changing(Random random, List<Event> history) {
    Timeline timeline = Timeline.always(Campaign.measuredUnder(everything(random)));
    List<Long> moments = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      moments.add(history.get(random.nextInt(history.size())).at() + random.nextInt(3) - 1);
    }
    Collections.sort(moments);
    for (long moment : moments) {
      timeline = timeline.from(moment, Campaign.measuredUnder(everything(random)));
    }
    return timeline;
  }

  /** So much that journeys get into each other's way, from before breakfast on. */
  private static List<Event> crowded(Random random) {
    long from = Instant.parse("2026-03-28T19:00:00Z").toEpochMilli();
    List<Event> history = Campaign.beginning("ada", "Europe/London", from - 1);
    List<Event> more =
        Campaign.history(
            random,
            "ada",
            from,
            30,
            Duration.ZERO,
            MOMENT,
            Duration.ofSeconds(2),
            Duration.ofMinutes(4),
            Duration.ofMinutes(50),
            Duration.ofHours(4));
    for (int i = 0; i < 4; i++) {
      Event beside = more.get(random.nextInt(more.size()));
      Happening says =
          random.nextBoolean()
              ? Happening.orderPaid("paid" + i)
              : Happening.consent("email", random.nextBoolean());
      more.add(event(says, "%04x-x%d".formatted(random.nextInt(0x10000), i), beside.at()));
    }
    history.addAll(more);
    history.sort(Event.BY_TIME);
    return history;
  }

  /** The history of somebody who says no and yes again, which takes back what was sent between. */
  private static List<Event> wavering(Random random, List<Event> history) {
    List<Event> more = new ArrayList<>(history);
    for (int i = 0; i < 24; i++) {
      Event beside = history.get(random.nextInt(history.size()));
      String channel = List.of("email", "sms", "push").get(i % 3);
      Happening says = Happening.consent(channel, random.nextInt(4) > 0);
      more.add(event(says, "%04x-w%d".formatted(random.nextInt(0x10000), i), beside.at()));
    }
    more.sort(Event.BY_TIME);
    return more;
  }

  // --- What was said ---------------------------------------------------------------------------

  /** One decision on one trigger. */
  private record Said(Ad ad, Decision decision) {
    long at() {
      return decision.at();
    }

    Outcome outcome() {
      return decision.outcome();
    }

    String reason() {
      return decision.reason();
    }

    String cause() {
      return decision.causes().get(0).event();
    }

    void is(Outcome outcome, String reason) {
      assertThat(decision.outcome())
          .as("%s at %s", this, Instant.ofEpochMilli(at()))
          .isEqualTo(outcome);
      assertThat(decision.reason())
          .as("%s at %s", this, Instant.ofEpochMilli(at()))
          .isEqualTo(reason == null ? Reason.ALL_GUARDS_PASSED : reason);
    }
  }

  /** All decisions on triggers, in their order. */
  private record Told(List<Said> said) {
    Told(Effects effects) {
      this(
          effects.decisions().stream()
              .filter(decision -> Campaign.of(decision) != null)
              .map(decision -> new Said(Campaign.of(decision), decision))
              .toList());
      assertThat(effects.decisions())
          .extracting(Decision::reason)
          .doesNotContain(Reason.TOO_MANY_RUNS);
      assertThat(effects.triggers())
          .extracting(Trigger::id)
          .containsExactlyElementsOf(
              said.stream()
                  .filter(one -> one.outcome() == Outcome.FIRED)
                  .map(one -> one.decision().triggerId())
                  .toList());
    }

    /** Every event has its triggers decided, each once. */
    void everythingIsDecided(List<Event> history) {
      List<String> expected = new ArrayList<>();
      for (Event event : history) {
        for (Ad ad : Campaign.ads()) {
          if (ad.on().equals(event.type())) {
            expected.add(ad.step() + " " + event.id());
          }
        }
      }
      assertThat(
              said.stream()
                  .filter(one -> one.outcome() != Outcome.HELD)
                  .map(one -> one.ad().step() + " " + one.cause()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }

    Event event(Said one, List<Event> history) {
      return history.stream()
          .filter(event -> event.id().equals(one.cause()))
          .findFirst()
          .orElseThrow();
    }

    /** When the trigger was first due. */
    long due(Said one, List<Event> history) {
      if (one.ad().before() == null) {
        return event(one, history).at() + one.ad().after().toMillis();
      }
      return said.stream()
          .filter(
              other ->
                  other.ad().step().equals(one.ad().before())
                      && other.cause().equals(one.cause())
                      && other.outcome() != Outcome.HELD)
          .mapToLong(other -> other.at() + one.ad().after().toMillis())
          .findFirst()
          .orElseThrow();
    }
  }

  private static Told play(Guards guards, List<Event> history) {
    long end = history.get(history.size() - 1).at() + days(10);
    return new Told(new Runner(Campaign.under(guards)).through(history, end).effects);
  }

  // --- Some guards -----------------------------------------------------------------------------

  private static final class Some {
    private final Random random;
    private List<Cap> caps = List.of();
    private final List<QuietHours> quiet = new ArrayList<>();
    private Duration arbitration = Duration.ZERO;
    private Holdout holdout = Holdout.NOBODY;

    Some(Random random) {
      this.random = random;
    }

    Some with(List<Cap> these) {
      caps = these;
      return this;
    }

    Some caps() {
      List<Cap> some = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        String channel = one(null, null, "email", "sms", "push");
        String tag = one(null, null, "offer", "news", "nudge", "row");
        some.add(new Cap("cap " + i, channel, tag, 1 + random.nextInt(4), period()));
      }
      return with(some);
    }

    private Period period() {
      return switch (random.nextInt(7)) {
        case 0 -> new Period.Rolling(Duration.ofMinutes(10));
        case 1 -> new Period.Rolling(Duration.ofHours(6));
        case 2 -> new Period.Rolling(Duration.ofDays(1));
        case 3 -> new Period.Rolling(Duration.ofDays(7));
        case 4 -> new Period.Calendar(Period.Unit.DAY);
        case 5 -> new Period.Calendar(Period.Unit.WEEK);
        default -> new Period.Calendar(Period.Unit.MONTH);
      };
    }

    /** One or two, over midnight or not, often where clocks are changed; each channel one way. */
    Some quietHours() {
      Set<String> cancelled = Set.of(one("email", "sms", "push", "fax"));
      Set<String> held =
          List.of("email", "sms", "push").stream()
              .filter(channel -> !cancelled.contains(channel))
              .collect(Collectors.toSet());
      for (int i = 1 + random.nextInt(2); i > 0; i--) {
        boolean hold = random.nextInt(3) > 0;
        LocalTime from = time();
        LocalTime to = time();
        while (to.equals(from)) {
          to = time();
        }
        quiet.add(new QuietHours(hold ? held : cancelled, from, to, hold));
      }
      return this;
    }

    private LocalTime time() {
      int hour = random.nextBoolean() ? random.nextInt(24) : random.nextInt(4);
      return LocalTime.of(hour, 15 * random.nextInt(4));
    }

    Some arbitration() {
      arbitration = one(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(3));
      return this;
    }

    Some holdout(Holdout some) {
      holdout = some;
      return this;
    }

    @SafeVarargs
    private final <T> T one(T... of) {
      return of[random.nextInt(of.length)];
    }

    Guards guards() {
      Guards.Zone zone = new Guards.Zone("time_zone", ZoneId.of("UTC"));
      return new Guards("some", 1, zone, caps, quiet, List.of(), arbitration, holdout);
    }
  }

  // --- Histories -------------------------------------------------------------------------------

  /** Runs the judgement of every seed; a failure says which it was. */
  private static void forAll(LongConsumer judgement) {
    forAll(HISTORIES, judgement);
  }

  private static void forAll(int histories, LongConsumer judgement) {
    for (long seed = 1; seed <= histories; seed++) {
      try {
        judgement.accept(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** How many of a hundred histories the reference finds fault with. */
  private static int objections(LongConsumer judgement) {
    int objections = 0;
    for (long seed = 1; seed <= 100; seed++) {
      try {
        judgement.accept(seed);
      } catch (AssertionError e) {
        objections++;
      }
    }
    return objections;
  }

  private static List<Event> onTheEdgesOfDays(Random random, List<Event> history, ZoneId zone) {
    List<Event> moved = new ArrayList<>();
    for (Event event : history) {
      LocalDate day = Instant.ofEpochMilli(event.at()).atZone(zone).toLocalDate();
      long midnight = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
      boolean moves = !event.id().startsWith("00-") && random.nextInt(4) == 0;
      long at = moves ? midnight - random.nextInt(2) : event.at();
      moved.add(
          new Event(
              event.id(),
              at,
              event.type(),
              event.customer(),
              event.attributes(),
              event.lines(),
              event.value()));
    }
    moved.sort(Event.BY_TIME);
    return moved;
  }

  private static Event event(Happening happening, String id, long at) {
    return Campaign.event(happening, "ada", id, at);
  }

  /** When the clocks are changed, in spring or in autumn. */
  private static long change(String zone, Random random) {
    return Instant.parse(CHANGES.get(zone).get(random.nextInt(2))).toEpochMilli();
  }

  private static long days(int days) {
    return Duration.ofDays(days).toMillis();
  }

  private static long hours(int hours) {
    return Duration.ofHours(hours).toMillis();
  }
}
