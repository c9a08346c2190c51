package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.job.CommittedRecords;
import io.lifestage.ops.TailLine;
import io.lifestage.ops.TailReader;
import io.lifestage.ops.TailedRecord;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifestage tail}: any topic, decoded, as it goes on. */
@Command(
    name = "tail",
    description = {
      "Prints the records of a topic, decoded, as they are committed, until Ctrl-C.",
      "Dead letters and late events come with where from and why; bytes that can't be decoded are"
          + " hexadecimal digits. With --json each record is one line, whole."
    })
final class TailCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Parameters(
      paramLabel = "TOPIC",
      completionCandidates = Names.class,
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private String name;

  /** The topics' names without a prefix. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Topic.values()).map(Topic::plainName).iterator();
    }
  }

  @Option(
      names = "--from-beginning",
      description = "From the first record that the topic holds, not only what comes from now on.")
  private boolean fromBeginning;

  @Option(names = "--key", paramLabel = "KEY", description = "Only the records with this key.")
  private String key;

  @Option(names = "--limit", paramLabel = "N", description = "Ends after so many records.")
  private Long limit;

  @Option(
      names = "--for",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      description = "Ends after so long, such as 30s or 5m, whatever came.")
  private Duration span;

  @Option(names = "--json", description = "Each record as a JSON object on a line of its own.")
  private boolean json;

  private long printed;

  @Override
  public Integer call() throws Exception {
    Topic topic = topic();
    Printout out = new Printout(spec.commandLine().getOut());
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
        CommittedRecords records = CommittedRecords.open(kafka.properties())) {
      TailReader reader = new TailReader(topic, schemas);
      Collection<TopicPartition> partitions = partitions(topic, records);
      OrderlyEnd end = new OrderlyEnd(records::stop);
      if (span != null) {
        CompletableFuture.delayedExecutor(span.toMillis(), TimeUnit.MILLISECONDS)
            .execute(records::stop);
      }
      try {
        records.follow(partitions, fromBeginning, record -> print(record, reader, out));
      } finally {
        end.reached();
      }
      return ExitCode.OK;
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
  }

  private Topic topic() {
    if (limit != null && limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit has to be at least 1");
    }
    try {
      return Topic.named(name, "");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' is no topic; there are %s. A space is given by --space"
              .formatted(name, String.join(", ", new Names())),
          e);
    }
  }

  private Collection<TopicPartition> partitions(Topic topic, CommittedRecords records) {
    String inSpace = topic.in(space.prefix());
    return key == null
        ? records.partitions(List.of(inSpace))
        : List.of(records.partition(inSpace, key));
  }

  private boolean print(ConsumerRecord<byte[], byte[]> record, TailReader reader, Printout out)
      throws Exception {
    if (key != null && !Arrays.equals(key.getBytes(UTF_8), record.key())) {
      return true;
    }
    TailedRecord read = reader.read(record);
    if (json) {
      out.json(read.asMap());
    } else {
      out.line(TailLine.of(read));
    }
    printed++;
    return limit == null || printed < limit;
  }
}
