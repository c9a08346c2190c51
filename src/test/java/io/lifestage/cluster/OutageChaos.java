package io.lifestage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker and the registry go away and come back. */
class OutageChaos {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int ORDERS = 20;

  @AutoClose private static Installation installation;

  @BeforeAll
  static void startEverything(@TempDir Path folder) throws Exception {
    installation = Installation.start(folder, 1);
  }

  @Test
  void aBrokerThatDiesAndComesBackCostsNoThankYouAndDoublesNone() throws Exception {
    String job = installation.submitJob("--disorder", "1s");
    order("", "before");
    awaitThanks("triggers", ORDERS);

    installation.broker.kill();
    installation.broker.start();
    order("", "after");

    awaitThanks("triggers", 2 * ORDERS);
    int checkpoints = installation.flink.completedCheckpoints(job);
    await("the job to go on")
        .atMost(PATIENCE)
        .until(() -> installation.flink.completedCheckpoints(job) >= checkpoints + 2);
    List<String> thanked =
        installation.broker.read("triggers", 2 * ORDERS).stream().map(Printed::key).toList();
    assertThat(thanked).hasSize(2 * ORDERS).doesNotHaveDuplicates();
    assertThat(installation.committed("triggers")).hasSize(2 * ORDERS);
    assertThat(installation.flink.status(job)).isEqualTo("RUNNING");
  }

  @Test
  void theJobSaysThatTheRegistryIsDownAndStartsWhenItIsBack() throws Exception {
    installation.createTopics("other.");
    installation.registry.kill();
    String refusal = installation.refusalOfJob("--space", "other");
    installation.registry.start();

    String job = installation.submitJob("--space", "other");
    order("other.", "late");
    awaitThanks("other.triggers", ORDERS);

    assertThat(refusal)
        .contains("the schema registry at " + installation.registry.url() + " does not answer");
    assertThat(installation.flink.restarts(job)).isZero();
  }

  /** One order of each of some customers. */
  private static void order(String prefix, String when) throws Exception {
    Instant now = Instant.now();
    installation.send(
        prefix,
        IntStream.range(0, ORDERS)
            .mapToObj(n -> Happenings.orderPlaced(when + n, when + n, now))
            .toList());
  }

  private static void awaitThanks(String topic, int count) {
    await(count + " triggers")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> installation.committed(topic).size() >= count);
  }
}
