package io.lifestage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lifestage.cluster.FlinkProcesses.Checkpoint;
import io.lifestage.offer.Look.Mark;
import io.lifestage.traffic.KafkaOutlet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One product with very many watchers costs less, and less again while they are told, and a
 * TaskManager dies in the middle: everybody hears of it as the guards allow and nobody twice, and
 * those whom it does not concern are served meanwhile.
 */
class StormChaos {
  private static final int WATCHERS = Integer.getInteger("storm.watchers", 200_000);
  private static final int PER_SECOND = 500;
  private static final Duration STORM = Duration.ofSeconds(WATCHERS / PER_SECOND);

  /** One is about half of it: product, kind of look, customer, hour. */
  private static final long BYTES_OF_A_WATCHER = 100;

  private static final Duration CALM = Duration.ofSeconds(90);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String THANKS = "thank-you";
  private static final String ESCALATIONS = "unanswered-sales-chat";
  private static final String DROPS = "price-drop";
  private static final String WATCHING_TASK = "Tell who watches a product";
  private static final String DECIDING_TASK = "Decide each customer's stage and journeys";

  @AutoClose private static Installation installation;

  private final Onlookers onlookers = new Onlookers(WATCHERS);
  private final Map<Long, Checkpoint> checkpoints = new TreeMap<>();
  private final Map<Long, Long> bytesOfWatchers = new TreeMap<>();
  private final Map<Long, Long> bytesOfCustomers = new TreeMap<>();
  private final Map<String, Span> spans = new LinkedHashMap<>();
  private PassersBy passersBy;
  private Witness witness;
  private String job;

  /** A part of the run, by the wall's time. */
  private record Span(long from, long to) {
    boolean holds(long at) {
      return from <= at && at < to;
    }
  }

  @BeforeAll
  static void startTwoTaskManagers(@TempDir Path folder) throws Exception {
    installation = Installation.start(folder, 2);
  }

  @Test
  void aPriceThatFallsTwiceIsToldToEachWatcherAsTheGuardsAllowWhileOthersAreServed()
      throws Exception {
    Instant now = Instant.now();
    installation.publish("", Onlookers.catalogue(now));
    try (PassersBy load = new PassersBy(installation.outlet(""), now.plusSeconds(30));
        Witness watching = new Witness(installation)) {
      passersBy = load;
      witness = watching;
      int past = tellThePast(now);
      load.tellThePast();
      load.begin();
      job = installation.submitJob();
      awaitThatTheJobHasCaughtUp();
      long caughtUp = System.currentTimeMillis();
      long before = bytesInSavepoint(WATCHING_TASK);
      long customersBefore = bytesInSavepoint(DECIDING_TASK);

      pass("calm", CALM);
      drop("30.00");
      pass("storm", STORM.multipliedBy(3).dividedBy(10));
      // Who comes shortly before the kill waits as those do who come shortly after.
      let(Duration.ofSeconds(10), "go by before the kill");
      killTheWorkingTaskManager();
      drop("24.00");
      pass("second drop", STORM);
      awaitThatEverybodyWasTold();
      load.end();
      long end = awaitThatTheOthersWereServed();
      long after = bytesInSavepoint(WATCHING_TASK);
      long customersAfter = bytesInSavepoint(DECIDING_TASK);

      report(past, caughtUp - now.toEpochMilli());
      reportState(before, after, customersBefore, customersAfter);
      assertThatTheStateIsBounded(before, after);
      assertThatEachWatcherWasDecidedOnce();
      assertThatNobodyWaitedForTheStormToEnd();
      assertThat(witness.of(THANKS)).as("every order is thanked for").hasSize(load.orders());
      assertThat(witness.of(ESCALATIONS).stream().filter(one -> one.at() <= end))
          .as("every question is passed on")
          .hasSize(load.escalations(end));
      assertThat(installation.flink.restores(job)).isPositive();
      assertThat(installation.committed("dead-letters")).isEmpty();
      assertThat(installation.committed("late-events")).isEmpty();
    }
  }

  // --- The run ----------------------------------------------------------------------------------

  private int tellThePast(Instant now) throws Exception {
    try (KafkaOutlet outlet = installation.outlet("")) {
      return onlookers.tell(outlet, now);
    }
  }

  private void awaitThatTheJobHasCaughtUp() {
    // What time alone leads to comes when every partition has been read to its end.
    patiently("the job to catch up")
        .until(
            () -> {
              Witness.Seen last = witness.last(ESCALATIONS);
              return last != null && passersBy.toldTo() - last.at() < 15_000;
            });
  }

  private void drop(String price) {
    installation.lifestage("product", Onlookers.SKU, "--price", price);
  }

  private void pass(String name, Duration length) {
    spans.put(name, let(length, "pass: " + name));
  }

  /** Lets the others go on for a while. */
  private Span let(Duration length, String what) {
    long from = System.currentTimeMillis();
    long to = from + length.toMillis();
    patiently("some time to " + what).until(() -> passersBy.toldTo() >= to);
    return new Span(from, to);
  }

  private void killTheWorkingTaskManager() throws Exception {
    long from = System.currentTimeMillis();
    int victim = installation.flink.workingTaskManager(job);
    installation.flink.killTaskManager(victim);
    patiently("the job to be restored").until(() -> installation.flink.restores(job) >= 1);
    installation.flink.startTaskManager(victim);
    int before = installation.flink.completedCheckpoints(job);
    patiently("new checkpoints")
        .until(() -> installation.flink.completedCheckpoints(job) >= before + 10);
    spans.put("after kill -9", new Span(from, System.currentTimeMillis()));
  }

  private void awaitThatEverybodyWasTold() {
    int willing = onlookers.count(Onlookers.Kind.WILLING);
    patiently("all to be told").until(() -> witness.count(DROPS) >= willing);
    // The last second may hold some of whom no trigger is heard.
    long over = witness.last(DROPS).at() + 2 * PriceDrops.ARBITRATION;
    patiently("time to pass the last decision").until(() -> witness.last(ESCALATIONS).at() >= over);
  }

  private long awaitThatTheOthersWereServed() throws Exception {
    long end = passersBy.toldTo();
    patiently("the others to be served")
        .until(
            () ->
                witness.count(THANKS) >= passersBy.orders()
                    && witness.last(ESCALATIONS).at() >= end);
    return end;
  }

  private ConditionFactory patiently(String what) {
    return await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .failFast(
            "the job failed, or its triggers can't be read",
            () -> {
              if (job != null) {
                look();
              }
              return witness.isBlind();
            });
  }

  /** Notes the checkpoints, of which Flink remembers only the last. */
  private void look() throws Exception {
    List<Checkpoint> latest = installation.flink.checkpoints(job);
    latest.forEach(one -> checkpoints.put(one.id(), one));
    if (!latest.isEmpty()) {
      Checkpoint one = latest.get(0);
      bytesOfWatchers.put(
          one.triggeredAt(), installation.flink.bytesOf(job, one.id(), WATCHING_TASK));
      bytesOfCustomers.put(
          one.triggeredAt(), installation.flink.bytesOf(job, one.id(), DECIDING_TASK));
    }
  }

  private long bytesInSavepoint(String task) throws Exception {
    return installation.flink.bytesOf(job, installation.flink.savepoint(job), task);
  }

  // --- What is claimed --------------------------------------------------------------------------

  private void assertThatEachWatcherWasDecidedOnce() throws Exception {
    PriceDrops drops = PriceDrops.decided(installation);
    List<Long> beginnings = drops.beginnings();
    assertThat(beginnings).as("drops of the price").hasSize(2);
    Map<String, Integer> verdicts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    drops
        .byCustomer()
        .forEach(
            (customer, said) -> {
              String verdict = Onlookers.Kind.of(customer).verdict();
              if (verdict == null || !PriceDrops.isRight(said, verdict, beginnings)) {
                wrong.add(customer + ": " + said);
              } else {
                verdicts.merge(verdict, 1, Integer::sum);
              }
            });
    System.out.printf("  decided: %s%n", verdicts);
    assertThat(wrong).isEmpty();
    assertThat(verdicts).isEqualTo(onlookers.verdicts());
    Map<String, Integer> triggers = new HashMap<>();
    witness.of(DROPS).forEach(one -> triggers.merge(one.customer(), 1, Integer::sum));
    assertThat(triggers.values()).as("nobody gets two").allMatch(count -> count == 1);
    assertThat(triggers.keySet())
        .allMatch(who -> Onlookers.Kind.of(who) == Onlookers.Kind.WILLING)
        .hasSize(onlookers.count(Onlookers.Kind.WILLING));

    assertThatThePaceHeld(drops.toldAt(beginnings.get(0)), beginnings.get(0), beginnings.get(1));
    assertThatThePaceHeld(drops.toldAt(beginnings.get(1)), beginnings.get(1), Long.MAX_VALUE);
    beginnings.forEach(drop -> assertThatTheMostInterestedWereFirst(drops, drop));
  }

  /** A second after the other, from the first to the last or until the next drop ends it. */
  private void assertThatThePaceHeld(SortedMap<Long, Integer> told, long drop, long next) {
    assertThat(told.values()).allMatch(count -> count <= PER_SECOND);
    long first = told.firstKey();
    assertThat(first).isGreaterThanOrEqualTo(drop);
    List<Long> seconds = new ArrayList<>();
    for (int second = 0; second < WATCHERS / PER_SECOND; second++) {
      if (first + second * 1000L < next) {
        seconds.add(first + second * 1000L);
      }
    }
    assertThat(told.keySet()).containsExactlyElementsOf(seconds);
  }

  /** A cart before a wish before a view. */
  private static void assertThatTheMostInterestedWereFirst(PriceDrops drops, long drop) {
    Map<Mark, LongSummaryStatistics> moments = new EnumMap<>(Mark.class);
    drops
        .momentsOf(drop)
        .forEach(
            (customer, at) ->
                moments
                    .computeIfAbsent(Onlookers.mark(customer), m -> new LongSummaryStatistics())
                    .accept(at));
    assertThat(moments).containsKey(Mark.IN_CART);
    long earliest = Long.MAX_VALUE;
    for (LongSummaryStatistics mark : moments.values()) {
      assertThat(mark.getMax()).isLessThanOrEqualTo(earliest);
      earliest = mark.getMin();
    }
  }

  /** Of the telling nothing stays with the product; others have looked at another meanwhile. */
  private void assertThatTheStateIsBounded(long before, long after) {
    assertThat(before).isLessThan(BYTES_OF_A_WATCHER * WATCHERS);
    assertThat(after - before).isLessThan(BYTES_OF_A_WATCHER * PassersBy.VISITORS);
    long peak = bytesOfWatchers.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    assertThat(peak)
        .as("with who is still to be told")
        .isLessThan(2 * BYTES_OF_A_WATCHER * WATCHERS);
  }

  private void assertThatNobodyWaitedForTheStormToEnd() {
    Waits all =
        Waits.of(
            witness.of(THANKS).stream().filter(this::isMeasured).mapToLong(this::waitOfThanks));
    assertThat(all.longest()).isLessThan(STORM.toMillis());
  }

  private boolean isMeasured(Witness.Seen thanks) {
    return spans.values().stream().anyMatch(span -> span.holds(passersBy.thanksDue(thanks.key())));
  }

  // --- The page ---------------------------------------------------------------------------------

  private void report(int past, long catchingUp) {
    System.out.printf(
        "%n%s: %,d watchers of one product, %,d events before, caught up in %d s;"
            + " 100 events a second of others%n",
        Instant.now(), WATCHERS, past, catchingUp / 1000);
    System.out.println("  from the moment an order was due until its thank-you could be read:");
    spans.forEach((name, span) -> System.out.printf("    %-14s %s%n", name, thanks(span)));
    Span calm = spans.get("calm");
    for (String other : List.of("storm", "second drop")) {
      System.out.printf(
          "    %s / calm: %s%n", other, thanks(spans.get(other)).timesAsLongAs(thanks(calm)));
    }
    System.out.println("  from the end of a wait until its escalation could be read:");
    spans.forEach((name, span) -> System.out.printf("    %-14s %s%n", name, escalations(span)));
    for (String other : List.of("storm", "second drop")) {
      System.out.printf(
          "    %s / calm: %s%n",
          other, escalations(spans.get(other)).timesAsLongAs(escalations(calm)));
    }
  }

  private void reportState(long before, long after, long customersBefore, long customersAfter) {
    System.out.println("  checkpoints:");
    spans.forEach(
        (name, span) -> {
          List<Checkpoint> of =
              checkpoints.values().stream().filter(one -> span.holds(one.triggeredAt())).toList();
          Waits took = Waits.of(of.stream().mapToLong(Checkpoint::millis));
          System.out.printf(
              Locale.ROOT,
              "    %-14s %s; largest %s, watchers %s, customers %s%n",
              name,
              took,
              megabytes(of.stream().mapToLong(Checkpoint::bytes).max().orElse(0)),
              megabytes(largest(bytesOfWatchers, span)),
              megabytes(largest(bytesOfCustomers, span)));
        });
    System.out.printf(
        "  in a savepoint before and after: watchers %s and %s, customers %s and %s%n",
        megabytes(before), megabytes(after), megabytes(customersBefore), megabytes(customersAfter));
  }

  private Waits thanks(Span span) {
    return Waits.of(
        witness.of(THANKS).stream()
            .filter(one -> span.holds(passersBy.thanksDue(one.key())))
            .mapToLong(this::waitOfThanks));
  }

  private long waitOfThanks(Witness.Seen one) {
    return one.seenAt() - passersBy.thanksDue(one.key());
  }

  private Waits escalations(Span span) {
    return Waits.of(
        witness.of(ESCALATIONS).stream()
            .filter(one -> span.holds(passersBy.escalationDue(one.key())))
            .mapToLong(one -> one.seenAt() - passersBy.escalationDue(one.key())));
  }

  private static long largest(Map<Long, Long> bytes, Span span) {
    return bytes.entrySet().stream()
        .filter(entry -> span.holds(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
