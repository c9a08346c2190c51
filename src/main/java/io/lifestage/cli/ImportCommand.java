package io.lifestage.cli;

import io.lifestage.importer.EventSink;
import io.lifestage.importer.ImportOptions;
import io.lifestage.importer.Importer;
import io.lifestage.importer.Mapping;
import io.lifestage.importer.Summary;
import io.lifestage.importer.TooManyBadRowsException;
import io.lifestage.ops.TopicPlan;
import io.lifestage.ops.Topics;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.RegistryException;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Schemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifestage import}: a CSV becomes the events of a space of its own. */
@Command(
    name = "import",
    description = {
      "Reads a CSV, plain or gzipped, and sends its rows as events, in the order of their times, to a"
          + " space of their own: topics with the prefix SPACE and a dot, which are created, and never"
          + " those of live traffic.",
      "The same rows give the same event ids again, so that importing a file twice changes nothing.",
      "Rows that can't be used are counted and reported with their lines. Nothing is sent before the"
          + " whole file was read."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was done; bad rows, if any, are in the summary",
      "1:it failed; the message says where, and how to mend it",
      "2:wrong usage",
      "3:there were more bad rows than --max-bad, and nothing was sent"
    })
final class ImportCommand implements Callable<Integer> {
  private static final int TOO_MANY_BAD = 3;
  private static final String SPACE_NAME = "[a-z0-9]([a-z0-9_-]*[a-z0-9])?";

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;
  @Mixin private RegistryOptions registry;

  @Parameters(paramLabel = "FILE", description = "The CSV, plain or gzipped.")
  private Path file;

  @ArgGroup(multiplicity = "1")
  private CsvColumns columns;

  @Option(
      names = "--space",
      paramLabel = "NAME",
      description = "Where to; else 'import-' and the file's name. Small letters, digits, - and _.")
  private String space;

  @Option(
      names = "--dry-run",
      description = "Prints the events as JSON lines instead of sending them; the rest to stderr.")
  private boolean dryRun;

  @Option(
      names = "--assume-consent",
      description =
          "Has every customer agree to marketing by e-mail just before the first event. The data does"
              + " not say so: never for messages to real people.")
  private boolean assumeConsent;

  @Option(
      names = "--bad-rows",
      paramLabel = "FILE",
      description = "Writes every row that gave no event there, as CSV, with its line and reason.")
  private Path badRows;

  @Option(
      names = "--max-bad",
      paramLabel = "N",
      description = "Gives up, with nothing sent, when more rows than this are bad.")
  private Long maxBad;

  @Option(names = "--json", description = "The summary as JSON.")
  private boolean json;

  @Option(
      names = "--topics",
      paramLabel = "FILE",
      defaultValue = "${env:LIFESTAGE_TOPICS:-deploy/topics.yaml}",
      description = "The plan of the topics; else LIFESTAGE_TOPICS (now ${DEFAULT-VALUE}).")
  private Path topics;

  @Option(
      names = "--temp",
      paramLabel = "DIRECTORY",
      defaultValue = "${sys:java.io.tmpdir}",
      description = "Where what memory does not hold is kept meanwhile (now ${DEFAULT-VALUE}).")
  private Path temp;

  @Override
  public Integer call() throws IOException, RegistryException, InterruptedException {
    String prefix = spaceName() + ".";
    Mapping mapping = mapping();
    if (assumeConsent) {
      err()
          .println(
              "ASSUMING that every customer agreed to marketing by e-mail; the data does not say so.");
      err().flush();
    }
    try (ImportProgress progress = new ImportProgress(err(), badRows)) {
      Summary summary = dryRun ? print(mapping, progress) : send(prefix, mapping, progress);
      progress.end();
      ImportReport report = new ImportReport(summary, dryRun ? "" : prefix, assumeConsent);
      report.print(dryRun ? err() : out(), json);
      return 0;
    } catch (TooManyBadRowsException e) {
      err().println(file + ": " + e.getMessage());
      return TOO_MANY_BAD;
    }
  }

  private Summary print(Mapping mapping, ImportProgress progress) throws IOException {
    try (PrintedEvents printed = new PrintedEvents(out())) {
      return importTo(event -> printed.send(event, ""), mapping, progress);
    }
  }

  private Summary importTo(EventSink sink, Mapping mapping, ImportProgress progress)
      throws IOException {
    ImportOptions options =
        new ImportOptions(
            temp,
            Runtime.getRuntime().maxMemory() / 3,
            assumeConsent,
            maxBad == null ? Long.MAX_VALUE : maxBad);
    return new Importer(mapping, options, progress).run(file, sink);
  }

  private Summary send(String prefix, Mapping mapping, ImportProgress progress)
      throws IOException, RegistryException, InterruptedException {
    createTopics(prefix);
    try (SchemaRegistry schemas = ConfluentRegistry.connect(registry.properties());
        EventProducer producer =
            new EventProducer(
                kafka.properties(),
                new EventEncoder(prefix, new Schemas(schemas, prefix).register()))) {
      Summary summary = importTo(producer, mapping, progress);
      producer.flush();
      return summary;
    }
  }

  private void createTopics(String prefix) throws IOException, InterruptedException {
    TopicPlan plan =
        TopicPlan.read(topics, OptionalInt.empty(), OptionalInt.empty()).prefixed(prefix);
    Properties properties = kafka.properties();
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    try (Admin admin = Admin.create(properties)) {
      new Topics(admin).apply(plan);
    } catch (KafkaException e) {
      throw new KafkaException(
          "Kafka at %s: %s".formatted(kafka.bootstrapServers(), e.getMessage()), e);
    }
  }

  private Mapping mapping() throws IOException {
    try {
      return columns.mapping();
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private String spaceName() {
    if (space == null) {
      return "import-" + stem(file);
    }
    if (space.isEmpty() || space.equals("live")) {
      throw usage(
          "history never goes into the live space, whose topics have no prefix; name another with"
              + " --space");
    }
    if (!space.matches(SPACE_NAME)) {
      throw usage("'" + space + "' is no name of a space: small letters, digits, - and _");
    }
    return space;
  }

  private static String stem(Path file) {
    String stem =
        file.getFileName()
            .toString()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("(\\.csv|\\.tsv|\\.txt)?(\\.gz)?$", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return stem.isEmpty() ? "file" : stem;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
