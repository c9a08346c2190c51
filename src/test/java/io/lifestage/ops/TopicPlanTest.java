package io.lifestage.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lifestage.ops.TopicPlan.InvalidPlan;
import io.lifestage.ops.TopicPlan.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicPlanTest {

  private static final List<String> INPUTS =
      List.of("clickstream", "chat", "orders", "customers", "products", "outcomes", "definitions");
  private static final List<String> OUTPUTS =
      List.of(
          "transitions",
          "triggers",
          "decisions",
          "profiles",
          "metrics",
          "alerts",
          "clock",
          "dead-letters",
          "late-events");

  @TempDir private Path folder;

  @Test
  void theDeployedPlanHasEveryTopicOfLifestage() throws IOException {
    assertThat(deployed().topics())
        .extracting(Topic::name)
        .containsExactlyElementsOf(
            List.of(INPUTS, OUTPUTS).stream().flatMap(List::stream).toList());
  }

  @Test
  void theBrokerStampsTheAppendTimeOnEveryInput() throws IOException {
    assertThat(deployed().topics())
        .filteredOn(topic -> INPUTS.contains(topic.name()))
        .allSatisfy(
            topic ->
                assertThat(topic.config())
                    .containsEntry("message.timestamp.type", "LogAppendTime"));
  }

  @Test
  void onlyTheLastValueOfProductsDefinitionsAndProfilesIsKept() throws IOException {
    assertThat(deployed().topics())
        .filteredOn(topic -> "compact".equals(topic.config().get("cleanup.policy")))
        .extracting(Topic::name)
        .containsExactly("products", "definitions", "profiles");
  }

  @Test
  void aTopicHasTheDefaultsUnderWhatItSaysItself() throws IOException {
    TopicPlan plan =
        read(
            """
            defaults: {partitions: 4, config: {cleanup.policy: delete, retention.ms: 60000}}
            topics:
              - {name: orders, key: customer, purpose: Orders, config: {retention.ms: 120000}}
              - {name: clock, key: space, purpose: Ticks, partitions: 1}
            """);

    assertThat(plan.topics())
        .containsExactly(
            new Topic(
                "orders",
                4,
                (short) 1,
                Map.of("cleanup.policy", "delete", "retention.ms", "120000"),
                "customer",
                "Orders"),
            new Topic(
                "clock",
                1,
                (short) 1,
                Map.of("cleanup.policy", "delete", "retention.ms", "60000"),
                "space",
                "Ticks"));
  }

  @Test
  void aLargerClusterChangesDefaultsButNotWhatATopicSaysOfItsPartitions() throws IOException {
    Path file =
        write(
            """
            topics:
              - {name: orders, key: customer, purpose: Orders}
              - {name: clock, key: space, purpose: Ticks, partitions: 1}
            """);

    TopicPlan plan = TopicPlan.read(file, OptionalInt.of(24), OptionalInt.of(3));

    assertThat(plan.topics()).extracting(Topic::partitions).containsExactly(24, 1);
    assertThat(plan.topics()).extracting(Topic::replication).containsOnly((short) 3);
  }

  @Test
  void aSpaceHasTheSameTopicsUnderItsPrefix() throws IOException {
    assertThat(deployed().prefixed("trial-").topics())
        .extracting(Topic::name)
        .contains("trial-orders", "trial-clock")
        .allMatch(name -> name.startsWith("trial-"));
  }

  @Test
  void aMistakeIsNamedWithItsPlace() {
    assertRefused("topics: []", "'topics' has to be a list");
    assertRefused("topic: [x]", "'topic' means nothing here; there are [defaults, topics]");
    assertRefused("topics: [orders]", "topics[0]: has to be a mapping");
    assertRefused("topics: [{name: a, key: k}]", "topics[0]: 'purpose' is missing");
    assertRefused(
        "topics: [{name: a, key: k, purpose: p, partitions: 0}]",
        "topics[0]: 'partitions' has to be a whole number from 1 to 32767, and is 0");
    assertRefused(
        "topics: [{name: a, key: k, purpose: p}, {name: a, key: k, purpose: p}]",
        "topics[1]: a second topic 'a'");
    assertRefused("topics: [", "line 1");
  }

  private void assertRefused(String content, String message) {
    assertThatExceptionOfType(InvalidPlan.class)
        .isThrownBy(() -> read(content))
        .withMessageContaining("topics.yaml")
        .withMessageContaining(message);
  }

  private static TopicPlan deployed() throws IOException {
    return TopicPlan.read(Path.of("deploy/topics.yaml"), OptionalInt.empty(), OptionalInt.empty());
  }

  private TopicPlan read(String content) throws IOException {
    return TopicPlan.read(write(content), OptionalInt.empty(), OptionalInt.empty());
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("topics.yaml"), content);
  }
}
