package io.lifestage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lifestage.definition.Written;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job is stopped and goes on from its savepoint with another pack. */
class UpgradeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String WAITS =
      """
      journey: %s
      entry: {on: page_viewed}
      steps:
        - {name: rest, delay: %s}
        - emit: {name: say, kind: %s, template: t, to: staff}
      """;

  @AutoClose private Installation installation;
  private StockReader stock;

  @Test
  void anotherPackChangesWhatIsDifferentInItAndNothingElse(
      @TempDir Path processes, @TempDir Path packs) throws Exception {
    installation = Installation.start(processes, 1);
    stock = new StockReader(installation.registry.url());
    Path first = packs.resolve("first");
    write(first, "stages", Written.STAGES);
    write(first, "stays", WAITS.formatted("stays", "30d", "stays"));
    write(first, "goes", WAITS.formatted("goes", "30d", "goes"));
    write(first, "greets", WAITS.formatted("greets", "1s", "hello"));
    Path second = packs.resolve("second");
    write(second, "stages", Written.STAGES);
    write(second, "stays", WAITS.formatted("stays", "30d", "stays"));
    write(second, "greets", WAITS.formatted("greets", "1s", "good-day"));

    String job = installation.submitJob("--pack", first.toString(), "--disorder", "1s");
    visit("fay");
    awaitSaid(Topic.TRIGGERS, "fay greets 1 hello");
    job = installation.restartJob(job, "--pack", second.toString(), "--disorder", "1s");
    visit("gil");
    awaitSaid(Topic.TRIGGERS, "gil greets 2 good-day");

    assertThat(said(Topic.TRIGGERS))
        .containsExactlyInAnyOrder("fay greets 1 hello", "gil greets 2 good-day");
    assertThat(said(Topic.DECISIONS))
        .contains("fay goes 1 EXITED archived")
        .doesNotContain("fay stays 1 EXITED definition_gone", "fay stays 1 EXITED archived");
    assertThat(installation.lifestage("journeys"))
        .anyMatch(line -> line.matches("stays +version 1 +active +2 in rest@1"))
        .anyMatch(line -> line.matches("goes +version 2 +archived +nobody waits"))
        .anyMatch(line -> line.matches("greets +version 2 +active.*"));
    assertThat(installation.committed(Topic.DEAD_LETTERS.plainName())).isEmpty();
    assertThat(installation.flink.failures(job)).isEmpty();

    String other = Written.STAGES.replace("stage-model: small", "stage-model: large");
    write(second, "stages", other);
    assertThat(installation.refusalOfJob("--pack", second.toString()))
        .contains("the stage model is not 'small' any more");
  }

  private static void write(Path pack, String name, String text) throws IOException {
    Files.createDirectories(pack);
    Files.writeString(pack.resolve(name + ".yaml"), text);
  }

  private void visit(String customer) throws Exception {
    installation.send(
        "", List.of(Happenings.pageViewed(customer, "visit-" + customer, Instant.now())));
  }

  private void awaitSaid(Topic topic, String sentence) {
    await(sentence)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(said(topic)).contains(sentence));
  }

  private List<String> said(Topic topic) throws Exception {
    List<String> said = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : installation.committed(topic.plainName())) {
      var one = stock.read(record.value());
      String what =
          topic == Topic.TRIGGERS
              ? one.get("kind").toString()
              : one.get("outcome") + " " + one.get("reason");
      said.add(
          one.get("customer")
              + " "
              + one.get("journey")
              + " "
              + one.get("journey_version")
              + " "
              + what);
    }
    return said;
  }
}
