package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.decision.Publication;
import io.lifestage.definition.Packs;
import io.lifestage.definition.PublicationPlan;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import io.lifestage.job.CommittedRecords;
import io.lifestage.job.PublishedDefinitions;
import io.lifestage.ops.CustomersInJourneys;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.DefinitionEncoder;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How commands reach the definitions of a running job; mixed into those that do. */
final class DefinitionsOptions {
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;
  @Mixin private SpaceOption space;

  @Option(
      names = "--pack",
      defaultValue = "retail",
      paramLabel = "PACK",
      description =
          "What the job was started with, where its topic does not say: a pack, or a folder"
              + " (${DEFAULT-VALUE}).")
  private String pack;

  String prefix() {
    return space.prefix();
  }

  KafkaOptions kafka() {
    return kafka;
  }

  /** A plan over all that is in force. */
  PublicationPlan plan() throws Exception {
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
        CommittedRecords records = CommittedRecords.open(kafka.properties())) {
      List<Publication> published = PublishedDefinitions.read(records, schemas, prefix());
      List<Source> founding = Releases.founding(published);
      return new PublicationPlan(founding.isEmpty() ? Packs.named(pack) : founding, published);
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
  }

  /** How many customers wait in which step. */
  CustomersInJourneys customers() throws Exception {
    CustomersInJourneys customers = new CustomersInJourneys();
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
        CommittedRecords records = CommittedRecords.open(kafka.properties())) {
      RecordPrinter printer = new RecordPrinter(schemas);
      records.toTheEnd(
          records.partitions(List.of(Topic.PROFILES.in(prefix()))),
          record -> {
            byte[] value = record.value();
            customers.take(
                new String(record.key(), UTF_8),
                value == null ? null : new PrintedRecord(printer.read(value)));
            return true;
          },
          CommittedRecords.Progress.UNHEARD);
      return customers;
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
  }

  /**
   * Writes a batch, and waits until Kafka has all of it; before that, nothing of it is in force.
   */
  void write(List<Publication> batch) throws Exception {
    try (ConfluentRegistry schemas = ConfluentRegistry.connect(registry.properties())) {
      PublishedDefinitions.write(
          batch,
          new DefinitionEncoder(prefix(), new Schemas(schemas, prefix()).register()),
          kafka.properties());
    } catch (KafkaException e) {
      throw kafka.failed(e);
    }
  }

  /** A name that no other batch has. */
  static String batchName(Instant now) {
    return now + "-" + Long.toHexString(now.toEpochMilli() ^ ProcessHandle.current().pid());
  }

  /** A moment by which a batch is surely written, so that its records share it. */
  static Instant soon(Instant now) {
    return now.plus(Duration.ofSeconds(2));
  }
}
