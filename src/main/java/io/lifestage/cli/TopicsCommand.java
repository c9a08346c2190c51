package io.lifestage.cli;

import io.lifestage.ops.TopicPlan;
import io.lifestage.ops.Topics;
import io.lifestage.ops.Topics.Finding;
import io.lifestage.ops.Topics.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lifestage topics}: the topics that Lifestage reads and writes. */
@Command(name = "topics", description = "The topics that Lifestage reads and writes.")
final class TopicsCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "apply",
      description = {
        "Creates the topics of a file that are missing, and sets the options it names on the others.",
        "Deletes nothing. Partitions and replication of a topic that exists are reported, not changed."
      })
  void apply(
      @Mixin KafkaOptions kafka,
      @Option(
              names = "--file",
              required = true,
              paramLabel = "FILE",
              description = "The plan, such as deploy/topics.yaml.")
          Path file,
      @Option(
              names = "--prefix",
              defaultValue = "",
              paramLabel = "PREFIX",
              description = "Goes before every name, as a space has it.")
          String prefix,
      @Option(
              names = "--partitions",
              paramLabel = "N",
              description = "For every topic that does not say its own, instead of the default.")
          Integer partitions,
      @Option(
              names = "--replication",
              paramLabel = "N",
              description = "Of every topic, instead of what the file says.")
          Integer replication)
      throws IOException, InterruptedException {
    TopicPlan plan =
        TopicPlan.read(file, optional(partitions), optional(replication)).prefixed(prefix);
    Properties properties = kafka.properties();
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    try (Admin admin = Admin.create(properties)) {
      print(new Topics(admin).apply(plan));
    } catch (KafkaException e) {
      throw new KafkaException(
          "Kafka at %s: %s".formatted(kafka.bootstrapServers(), e.getMessage()), e);
    }
  }

  private void print(List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    long unchanged = findings.stream().filter(f -> f.verdict() == Verdict.UNCHANGED).count();
    for (Finding finding : findings) {
      if (finding.verdict() != Verdict.UNCHANGED) {
        out.printf(
            "%-8s %s: %s%n",
            finding.verdict().name().toLowerCase(Locale.ROOT), finding.topic(), finding.detail());
      }
    }
    out.printf("%d topics, %d of them as planned already%n", topics(findings), unchanged);
    out.flush();
  }

  private static long topics(List<Finding> findings) {
    return findings.stream().map(Finding::topic).distinct().count();
  }

  private static OptionalInt optional(Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
