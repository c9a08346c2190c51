package io.lifestage.ops;

import io.lifestage.ops.TopicPlan.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/** Brings the topics of a broker to what a plan says; does nothing where they are so already. */
public final class Topics {

  /** What became of one topic. */
  public enum Verdict {
    CREATED,
    /** Its configuration was not the plan's and is now. */
    CHANGED,
    UNCHANGED,
    /**
     * Its partitions or replication are not the plan's and were left alone: more partitions send
     * the keys of a running system to other partitions, and replicas are moved by an operator.
     */
    DIFFERS
  }

  /**
   * One line of the report.
   *
   * @param detail what was created, changed or differs; empty if unchanged
   */
  public record Finding(String topic, Verdict verdict, String detail) {}

  private final Admin admin;

  public Topics(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates what is missing and sets the options that the plan names; never deletes a topic, and
   * leaves options that the plan does not name.
   *
   * @return at least one finding for each topic, in the order of the plan
   * @throws KafkaException if the broker refuses or can't be reached
   */
  public List<Finding> apply(TopicPlan plan) throws InterruptedException {
    try {
      Map<String, TopicDescription> present = describe(plan);
      create(plan.topics().stream().filter(topic -> !present.containsKey(topic.name())).toList());
      Map<String, Map<String, String>> changes =
          configChanges(
              plan.topics().stream().filter(topic -> present.containsKey(topic.name())).toList());
      alter(changes);
      List<Finding> findings = new ArrayList<>();
      for (Topic topic : plan.topics()) {
        if (present.containsKey(topic.name())) {
          findings.addAll(compare(topic, present.get(topic.name()), changes.get(topic.name())));
        } else {
          findings.add(new Finding(topic.name(), Verdict.CREATED, partitions(topic.partitions())));
        }
      }
      return findings;
    } catch (ExecutionException e) {
      throw new KafkaException(e.getCause().getMessage(), e.getCause());
    }
  }

  private Map<String, TopicDescription> describe(TopicPlan plan)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<String> wanted =
        plan.topics().stream().map(Topic::name).filter(existing::contains).toList();
    return admin.describeTopics(wanted).allTopicNames().get();
  }

  private void create(List<Topic> missing) throws ExecutionException, InterruptedException {
    admin
        .createTopics(
            missing.stream()
                .map(
                    topic ->
                        new NewTopic(topic.name(), topic.partitions(), topic.replication())
                            .configs(topic.config()))
                .toList())
        .all()
        .get();
  }

  /** The planned options, by topic, whose value on the broker is another one. */
  private Map<String, Map<String, String>> configChanges(List<Topic> topics)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, Config> current =
        admin.describeConfigs(topics.stream().map(Topics::resource).toList()).all().get();
    return topics.stream()
        .collect(
            Collectors.toMap(Topic::name, topic -> changes(topic, current.get(resource(topic)))));
  }

  private static Map<String, String> changes(Topic topic, Config current) {
    Map<String, String> changes = new TreeMap<>(topic.config());
    changes
        .entrySet()
        .removeIf(
            option -> {
              ConfigEntry entry = current.get(option.getKey());
              return entry != null && option.getValue().equals(entry.value());
            });
    return changes;
  }

  private void alter(Map<String, Map<String, String>> changes)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, Collection<AlterConfigOp>> operations =
        changes.entrySet().stream()
            .filter(topic -> !topic.getValue().isEmpty())
            .collect(
                Collectors.toMap(
                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.getKey()),
                    topic ->
                        topic.getValue().entrySet().stream()
                            .map(
                                option ->
                                    new AlterConfigOp(
                                        new ConfigEntry(option.getKey(), option.getValue()),
                                        AlterConfigOp.OpType.SET))
                            .toList()));
    admin.incrementalAlterConfigs(operations).all().get();
  }

  private static List<Finding> compare(
      Topic topic, TopicDescription present, Map<String, String> changed) {
    List<Finding> findings = new ArrayList<>();
    if (!changed.isEmpty()) {
      findings.add(new Finding(topic.name(), Verdict.CHANGED, changed.toString()));
    }
    int partitions = present.partitions().size();
    if (partitions != topic.partitions()) {
      findings.add(
          new Finding(
              topic.name(),
              Verdict.DIFFERS,
              "has %s, the plan says %d".formatted(partitions(partitions), topic.partitions())));
    }
    int replication = present.partitions().get(0).replicas().size();
    if (replication != topic.replication()) {
      findings.add(
          new Finding(
              topic.name(),
              Verdict.DIFFERS,
              "has replication %d, the plan says %d".formatted(replication, topic.replication())));
    }
    return findings.isEmpty()
        ? List.of(new Finding(topic.name(), Verdict.UNCHANGED, ""))
        : findings;
  }

  private static ConfigResource resource(Topic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static String partitions(int count) {
    return count == 1 ? "1 partition" : count + " partitions";
  }
}
