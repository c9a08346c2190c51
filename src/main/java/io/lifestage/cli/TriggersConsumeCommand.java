package io.lifestage.cli;

import io.lifestage.delivery.Destination;
import io.lifestage.delivery.OutcomePosting;
import io.lifestage.delivery.TriggerConsumer;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.RegistryException;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lifestage triggers consume}: a receiver of triggers, as a sample. */
@Command(
    name = "consume",
    description = {
      "A receiver of triggers, as a sample for marketing automation: prints each e-mail and task that"
          + " would go out, until Ctrl-C.",
      "Each trigger goes out once, known by its id; not before its time (it waits), not after it has"
          + " expired, and not if it was taken back. One that is taken back after it went out is"
          + " reported. Offsets are committed only when it is done with. Times are held against this"
          + " machine's clock, so triggers of a history have all expired.",
      "To build an integration on it, implement io.lifestage.delivery.Destination."
    })
final class TriggersConsumeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      defaultValue = "lifestage-marketing",
      description =
          "The consumer group: members share the partitions, and another group gets every trigger"
              + " too (${DEFAULT-VALUE}).")
  private String group;

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      description =
          "Remembers there which triggers are done with, 100,000 at most, so that a restart sends none"
              + " again; without it, those after the oldest that waits may be.")
  private Path memory;

  @Option(
      names = "--post-outcomes",
      description = "Posts trigger_sent and trigger_delivered to the topic outcomes.")
  private boolean postOutcomes;

  @Option(names = "--json", description = "Each as a JSON object on a line of its own.")
  private boolean json;

  @Override
  public Integer call() throws IOException, RegistryException {
    Destination printed = new PrintedDeliveries(new Printout(spec.commandLine().getOut()), json);
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties())) {
      if (!postOutcomes) {
        consume(schemas, printed);
        return ExitCode.OK;
      }
      EventEncoder encoder =
          new EventEncoder(space.prefix(), new Schemas(schemas, space.prefix()).register());
      try (OutcomePosting posting = OutcomePosting.beside(printed, kafka.properties(), encoder)) {
        consume(schemas, posting);
      }
      return ExitCode.OK;
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
  }

  private void consume(SchemaRegistry schemas, Destination destination)
      throws IOException, RegistryException {
    TriggerConsumer consumer =
        TriggerConsumer.open(
            kafka.properties(),
            group,
            Topic.TRIGGERS.in(space.prefix()),
            schemas,
            memory,
            destination);
    OrderlyEnd end = new OrderlyEnd(consumer::stop);
    try (consumer) {
      consumer.run();
    } finally {
      end.reached();
    }
  }
}
