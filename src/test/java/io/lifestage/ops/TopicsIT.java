package io.lifestage.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lifestage.cluster.BrokerProcess;
import io.lifestage.ops.TopicPlan.Topic;
import io.lifestage.ops.Topics.Finding;
import io.lifestage.ops.Topics.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan against a real broker; every test has a topic of its own. */
class TopicsIT {

  @AutoClose private static BrokerProcess broker;

  @BeforeAll
  static void startABroker(@TempDir Path folder) {
    broker = BrokerProcess.start(folder);
  }

  @Test
  void aMissingTopicIsCreatedAndThenLeftAlone() throws InterruptedException {
    TopicPlan plan = plan("orders", 2, Map.of("retention.ms", "60000"));

    assertThat(apply(plan)).containsExactly(new Finding("orders", Verdict.CREATED, "2 partitions"));
    assertThat(apply(plan)).containsExactly(new Finding("orders", Verdict.UNCHANGED, ""));
  }

  @Test
  void anOptionThatIsNotAsPlannedIsSet() throws InterruptedException {
    apply(plan("profiles", 1, Map.of("cleanup.policy", "delete")));
    TopicPlan compacted = plan("profiles", 1, Map.of("cleanup.policy", "compact"));

    assertThat(apply(compacted))
        .containsExactly(new Finding("profiles", Verdict.CHANGED, "{cleanup.policy=compact}"));
    assertThat(apply(compacted)).containsExactly(new Finding("profiles", Verdict.UNCHANGED, ""));
  }

  @Test
  void otherPartitionsThanPlannedAreReportedAndLeftAlone() throws InterruptedException {
    apply(plan("chat", 2, Map.of()));
    TopicPlan wider = plan("chat", 8, Map.of());
    Finding differs = new Finding("chat", Verdict.DIFFERS, "has 2 partitions, the plan says 8");

    assertThat(apply(wider)).containsExactly(differs);
    assertThat(apply(wider)).containsExactly(differs);
  }

  @Test
  void anOptionThatKafkaDoesNotKnowIsRefusedByItsName() {
    assertThatExceptionOfType(KafkaException.class)
        .isThrownBy(() -> apply(plan("alerts", 1, Map.of("retention.hours", "1"))))
        .withMessageContaining("retention.hours");
  }

  private static List<Finding> apply(TopicPlan plan) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return new Topics(admin).apply(plan);
    }
  }

  private static TopicPlan plan(String name, int partitions, Map<String, String> config) {
    return new TopicPlan(
        List.of(new Topic(name, partitions, (short) 1, config, "its key", "its purpose")));
  }
}
