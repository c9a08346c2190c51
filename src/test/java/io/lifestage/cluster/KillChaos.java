package io.lifestage.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import io.lifestage.traffic.Assortment;
import io.lifestage.traffic.Bookmark;
import io.lifestage.traffic.Disturbance;
import io.lifestage.traffic.Outlet;
import io.lifestage.traffic.Pace;
import io.lifestage.traffic.Player;
import io.lifestage.traffic.Simulation;
import io.lifestage.traffic.World;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.ReadBack;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TaskManagers die under load, and what is committed is what the core says to the same events. */
class KillChaos {
  private static final int KILLS = 3;
  private static final long SEED = 20_261_122;
  private static final Duration PAST = Duration.ofDays(30);
  private static final int CUSTOMERS = 300;
  private static final double EVENTS_PER_SECOND = 150;
  private static final Duration BUSY_BEFORE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<Topic> COMPARED =
      List.of(Topic.TRIGGERS, Topic.TRANSITIONS, Topic.DECISIONS);
  private static final List<String> WRITTEN =
      List.of("triggers", "transitions", "decisions", "metrics", "clock");

  @AutoClose private static Installation installation;

  @BeforeAll
  static void startTwoTaskManagers(@TempDir Path folder) throws Exception {
    installation = Installation.start(folder, 2);
  }

  @Test
  void threeKillsLoseNothingAndDoubleNothing() throws Exception {
    Assortment shop = Assortment.homeAndGarden();
    // The shop is busy when the first kill comes: a visit takes minutes to lead to an order.
    long opening = System.currentTimeMillis() - BUSY_BEFORE.toMillis();
    long beginning = opening - PAST.toMillis();
    List<Product> catalogue = shop.effectiveAt(beginning);
    installation.publish("", catalogue);
    World world =
        new World(SEED, CUSTOMERS, beginning, PAST.toMillis(), opening, EVENTS_PER_SECOND);
    AtomicLong told = new AtomicLong();
    Player player =
        new Player(
            new Bookmark(world, 0, 0),
            Pace.live(0),
            System::currentTimeMillis,
            Thread::sleep,
            (sent, at, now, caughtUp) -> told.set(at));
    Disturbance.Wish wish = new Disturbance.Wish(Duration.ofSeconds(2), 0.02, 0);
    Disturbance sendings = new Disturbance(new Simulation(world, shop), 0, wish, SEED);
    List<Event> events;
    String job;
    long firstKill;
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Recorded outlet = new Recorded(installation.outlet(""))) {
      Future<Long> playing = thread.submit(() -> player.play(sendings, outlet, Long.MAX_VALUE));
      await("the past to be told")
          .atMost(PATIENCE)
          .failFast(playing::isDone)
          .until(() -> told.get() > System.currentTimeMillis() - 10_000);
      // A player on a machine short of breath tells late; half a minute is never too late.
      job = installation.submitJob("--disorder", "30s");
      awaitNewCheckpoints(job);
      firstKill = System.currentTimeMillis();
      for (int kill = 1; kill <= KILLS; kill++) {
        killAfterNewCheckpoints(job, kill);
      }
      awaitNewCheckpoints(job);
      player.stop();
      playing.get();
      events = outlet.events;
    } finally {
      thread.shutdownNow();
    }

    long until = events.stream().mapToLong(Event::at).max().orElseThrow();
    OutputEncoder encoder = new OutputEncoder("", installation.schemaIds(""), "/test");
    Map<String, Integer> expected = new TreeMap<>();
    int triggersSinceFirstKill = 0;
    for (OutboundRecord record : CoreAnswer.to(events, catalogue, encoder, until)) {
      expected.merge(text(record.topic(), record.key(), record.value()), 1, Integer::sum);
      boolean since = record.timestamp() >= firstKill;
      triggersSinceFirstKill += since && record.topic().equals("triggers") ? 1 : 0;
    }
    assertThat(triggersSinceFirstKill).as("the kills had something to lose").isPositive();
    await("the job to say what the core says")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(difference(expected, until)).isEmpty());
    awaitNewCheckpoints(job);
    assertThat(difference(expected, until)).isEmpty();
    int aborted = installation.aborted(WRITTEN);
    int restores = installation.flink.restores(job);
    report(events.size(), restores, aborted, expected, triggersSinceFirstKill);
    assertThat(restores).isGreaterThanOrEqualTo(KILLS);
    assertThat(aborted).isPositive();
    assertThat(installation.flink.failures(job)).isNotEmpty();
    assertThat(installation.committed(Topic.LATE_EVENTS.plainName())).isEmpty();
    assertThat(installation.committed(Topic.DEAD_LETTERS.plainName())).isEmpty();
  }

  private static void killAfterNewCheckpoints(String job, int kill) throws Exception {
    awaitNewCheckpoints(job);
    await("a transaction to stand open")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> installation.anyOpenTransaction(WRITTEN));
    int victim = installation.flink.workingTaskManager(job);
    installation.flink.killTaskManager(victim);
    await("the job to be restored")
        .atMost(PATIENCE)
        .until(() -> installation.flink.restores(job) >= kill);
    installation.flink.startTaskManager(victim);
  }

  private static void awaitNewCheckpoints(String job) throws Exception {
    int before = installation.flink.completedCheckpoints(job);
    await("two new checkpoints")
        .atMost(PATIENCE)
        .until(() -> installation.flink.completedCheckpoints(job) >= before + 2);
  }

  /** What is committed too often (positive) and too rarely (negative), up to a moment. */
  private static Map<String, Integer> difference(Map<String, Integer> expected, long until)
      throws Exception {
    Map<String, Integer> difference = new TreeMap<>();
    expected.forEach((record, count) -> difference.put(record, -count));
    StockReader stock = new StockReader(installation.registry.url());
    for (Topic topic : COMPARED) {
      for (ConsumerRecord<byte[], byte[]> record : installation.committed(topic.plainName())) {
        if ((Long) stock.read(record.value()).get("at") <= until) {
          difference.merge(text(record.topic(), record.key(), record.value()), 1, Integer::sum);
        }
      }
    }
    difference.values().removeIf(count -> count == 0);
    return difference;
  }

  private static String text(String topic, byte[] key, byte[] value) {
    return topic
        + " "
        + new String(key, UTF_8)
        + " "
        + ReadBack.said(Topic.named(topic, ""), value);
  }

  private static void report(
      int events, int restores, int aborted, Map<String, Integer> compared, int sinceFirstKill) {
    StringBuilder counts = new StringBuilder();
    for (Topic topic : COMPARED) {
      int count =
          compared.entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(topic.plainName() + " "))
              .mapToInt(Map.Entry::getValue)
              .sum();
      counts.append(", ").append(count).append(' ').append(topic.plainName());
    }
    System.out.printf(
        "%s: seed %d, %d events, %d restores, %d aborted records; none lost, none doubled of%s;"
            + " %d triggers since the first kill%n",
        Instant.now(), SEED, events, restores, aborted, counts.substring(1), sinceFirstKill);
  }

  /** Remembers what was written. */
  private static final class Recorded implements Outlet {
    private final Outlet outlet;
    private final List<Event> events = new ArrayList<>();

    Recorded(Outlet outlet) {
      this.outlet = outlet;
    }

    @Override
    public void send(Event event, String bookmark) throws IOException {
      outlet.send(event, bookmark);
      events.add(event);
    }

    @Override
    public void flush() throws IOException {
      outlet.flush();
    }

    @Override
    public void close() {
      outlet.close();
    }
  }
}
