package io.lifestage.cli;

import io.lifestage.definition.Packs;
import io.lifestage.job.CommittedRecords;
import io.lifestage.ops.SpaceReport;
import io.lifestage.ops.SpaceReportPage;
import io.lifestage.ops.TailReader;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.InputDecoder;
import io.lifestage.wire.InputLimits;
import io.lifestage.wire.Origin;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lifestage report}: what a space has come to, in numbers. */
@Command(
    name = "report",
    description = {
      "Counts what a space has come to.",
      "Customers by stage and cycle, orders and money, transitions, lapses, triggers and what was"
          + " withheld, and what became of every record that went in.",
      "Reads the topics of the space to their ends. Where the job has not read its inputs to the end"
          + " yet, the table says so."
    })
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Option(names = "--json", description = "The counts as one JSON object.")
  private boolean json;

  private final SpaceReport report = new SpaceReport(Packs.compiled("retail").stages().lost());

  @Override
  public Integer call() throws Exception {
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
        CommittedRecords records = CommittedRecords.open(kafka.properties())) {
      OrderlyEnd end = new OrderlyEnd(records::stop);
      try {
        if (!readWritten(records, schemas) || !readInputs(records, schemas)) {
          return ExitCode.SOFTWARE;
        }
      } finally {
        end.reached();
      }
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
    print();
    return ExitCode.OK;
  }

  /** False if it was stopped before the end. */
  private boolean readWritten(CommittedRecords records, SchemaRegistry schemas) throws Exception {
    for (Topic topic : SpaceReport.WRITTEN) {
      TailReader reader = new TailReader(topic, schemas);
      if (!read(
          topic,
          records,
          record -> {
            report.take(reader.read(record));
            return true;
          })) {
        return false;
      }
    }
    return true;
  }

  private boolean readInputs(CommittedRecords records, SchemaRegistry schemas) throws Exception {
    InputLimits limits = space.prefix().isEmpty() ? InputLimits.LIVE : InputLimits.HISTORIC;
    InputDecoder decoder = new InputDecoder(schemas, space.prefix(), limits);
    for (Topic topic : SpaceReport.INPUTS) {
      if (!read(
          topic,
          records,
          record -> {
            Origin origin =
                new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
            report.take(topic, decoder.decode(origin, record.key(), record.value()));
            return true;
          })) {
        return false;
      }
    }
    return true;
  }

  private <E extends Exception> boolean read(
      Topic topic, CommittedRecords records, CommittedRecords.Visitor<E> visitor) throws E {
    String name = topic.in(space.prefix());
    try (ReadingProgress progress = new ReadingProgress(name, spec.commandLine().getErr())) {
      return records.toTheEnd(records.partitions(List.of(name)), visitor, progress);
    }
  }

  private void print() throws Exception {
    Printout out = new Printout(spec.commandLine().getOut());
    if (json) {
      out.document(report.asMap());
    } else {
      for (String line : SpaceReportPage.of(report.asMap())) {
        out.line(line);
      }
    }
  }
}
