package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.explain.CustomerPage;
import io.lifestage.explain.CustomerPicture;
import io.lifestage.job.CommittedRecords;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifestage customer}: one customer, the same for every department. */
@Command(
    name = "customer",
    description = {
      "Shows one customer as the engine sees them now.",
      "Stage, value, traits, consent, what is open, the journeys under way, and the last transitions,"
          + " triggers and decisions with their reasons, newest first.",
      "Reads the customer's partition of the topics profiles, transitions, triggers and decisions to"
          + " its end; what their retention has removed is not shown."
    })
final class CustomerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Parameters(
      paramLabel = "ID",
      description = "The customer's id; for a visitor anonymous: and the visitor's id.")
  private String customer;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many transitions, triggers and decisions, of each (${DEFAULT-VALUE}).")
  private int last;

  @Option(names = "--json", description = "All of it as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (last < 1) {
      throw new ParameterException(spec.commandLine(), "--last has to be at least 1");
    }
    CustomerPicture picture = new CustomerPicture(customer, last);
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
        CommittedRecords records = CommittedRecords.open(kafka.properties())) {
      OrderlyEnd end = new OrderlyEnd(records::stop);
      try {
        if (!read(picture, new RecordPrinter(schemas), records)) {
          return ExitCode.SOFTWARE;
        }
      } finally {
        end.reached();
      }
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
    return show(picture);
  }

  /** False if it was stopped before the end. */
  private boolean read(CustomerPicture picture, RecordPrinter printer, CommittedRecords records)
      throws Exception {
    byte[] key = customer.getBytes(UTF_8);
    for (Topic topic : CustomerPicture.TOPICS) {
      TopicPartition partition = records.partition(topic.in(space.prefix()), customer);
      boolean whole =
          records.toTheEnd(
              List.of(partition),
              record -> {
                if (Arrays.equals(key, record.key())) {
                  byte[] value = record.value();
                  picture.take(
                      topic, value == null ? null : new PrintedRecord(printer.read(value)));
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

  private int show(CustomerPicture picture) throws Exception {
    if (picture.isErased()) {
      return none("was erased; nothing of before is shown");
    }
    if (!picture.isKnown()) {
      return none(
          "is not known. Ids are case-sensitive; a visitor is anonymous:<id>; another space is"
              + " --space NAME. `lifestage tail profiles --from-beginning` lists whom there is");
    }
    Printout out = new Printout(spec.commandLine().getOut());
    if (json) {
      out.document(picture.asMap());
    } else {
      for (String line : CustomerPage.of(picture)) {
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
