package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.explain.Question;
import io.lifestage.explain.Story;
import io.lifestage.explain.StoryPage;
import io.lifestage.job.CommittedRecords;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lifestage explain}: why a customer got what they got, and not the rest. */
@Command(
    name = "explain",
    description = {
      "Tells why a customer got a trigger, or did not.",
      "Each run of a journey with the events that started it and where they were read"
          + " (topic-partition@offset), what was sent or withheld and what every guard saw, goals,"
          + " and what late events took back.",
      "Reads the customer's partition of the topics profiles, transitions, triggers and decisions to"
          + " its end; what their retention has removed is not told."
    })
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      required = true,
      description = "The customer's id; for a visitor anonymous: and the visitor's id.")
  private String customer;

  @Option(
      names = "--journey",
      paramLabel = "ID",
      description = "Only this journey, without its version; else all.")
  private String journey;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "What was decided up to this event time, such as 2026-03-01T12:00:00Z, the nearest first;"
              + " else all, from the beginning on.")
  private Instant at;

  @Option(names = "--json", description = "All of it as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Story story = new Story(new Question(customer, journey, at));
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
        CommittedRecords records = CommittedRecords.open(kafka.properties())) {
      OrderlyEnd end = new OrderlyEnd(records::stop);
      try {
        if (!read(story, new RecordPrinter(schemas), records)) {
          return ExitCode.SOFTWARE;
        }
      } finally {
        end.reached();
      }
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
    return show(story);
  }

  /** False if it was stopped before the end. */
  private boolean read(Story story, RecordPrinter printer, CommittedRecords records)
      throws Exception {
    byte[] key = customer.getBytes(UTF_8);
    for (Topic topic : Story.TOPICS) {
      TopicPartition partition = records.partition(topic.in(space.prefix()), customer);
      boolean whole =
          records.toTheEnd(
              List.of(partition),
              record -> {
                if (Arrays.equals(key, record.key())) {
                  byte[] value = record.value();
                  story.take(topic, value == null ? null : new PrintedRecord(printer.read(value)));
                }
                return true;
              },
              CommittedRecords.Progress.UNHEARD);
      if (!whole) {
        return false;
      }
    }
    return true;
  }

  private int show(Story story) throws Exception {
    if (story.isErased()) {
      return none("was erased; nothing of before is told");
    }
    if (!story.isKnown()) {
      return none(
          "is not known. Ids are case-sensitive; a visitor is anonymous:<id>; another space is"
              + " --space NAME. `lifestage tail profiles --from-beginning` lists whom there is");
    }
    Printout out = new Printout(spec.commandLine().getOut());
    if (json) {
      out.document(story.asMap());
    } else {
      for (String line : StoryPage.of(story)) {
        out.line(line);
      }
    }
    return ExitCode.OK;
  }

  private int none(String what) {
    spec.commandLine().getErr().println("Customer '%s' %s".formatted(customer, what));
    spec.commandLine().getErr().flush();
    return ExitCode.SOFTWARE;
  }
}
