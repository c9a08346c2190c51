package io.lifestage.cli;

import io.lifestage.importer.ImportOptions;
import io.lifestage.importer.Importer;
import io.lifestage.importer.Mapping;
import io.lifestage.offer.Affinity;
import io.lifestage.offer.Evaluation;
import io.lifestage.offer.Learning;
import io.lifestage.offer.Measure;
import io.lifestage.offer.Score;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifestage offers evaluate}: how good learnt complements are on a history. */
@Command(
    name = "evaluate",
    description = {
      "Replays the orders of a CSV, plain or gzipped, in the order of their times, and learns what is"
          + " bought together as the job does.",
      "Of each order after the cut the first half of its products, at least one, is given; what is"
          + " named for it is compared with the rest. Beside the live learner stand what it knew at"
          + " the cut, tables made of all orders before the cut, what is bought most, and chance."
          + " deploy/offers.md says what the numbers mean. Asks neither Kafka nor the registry."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was done; bad rows, if any, were counted on stderr",
      "1:it failed; the message says where, and how to mend it",
      "2:wrong usage",
      "3:no order after the cut has two products, so nothing could be asked"
    })
final class OffersEvaluateCommand implements Callable<Integer> {
  private static final int NOTHING_ASKED = 3;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The CSV, plain or gzipped.")
  private Path file;

  @ArgGroup(multiplicity = "1")
  private CsvColumns columns;

  @Option(
      names = "--cut",
      paramLabel = "CUT",
      defaultValue = "20%",
      converter = CutConverter.class,
      description =
          "From when orders are asked about: a day (UTC), a moment, or the share of the orders that is"
              + " asked about, the last ones (${DEFAULT-VALUE}).")
  private CutConverter.Cut cut;

  @Option(
      names = "--at",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many products each method names (${DEFAULT-VALUE}).")
  private int places;

  @Option(
      names = "--half-life",
      paramLabel = "SPAN",
      converter = SpanConverter.class,
      description = "After which an order counts half, such as 60d; else as in the job.")
  private Duration halfLife;

  @Option(
      names = "--bound",
      paramLabel = "N",
      description = "How many others each product surely keeps; else as in the job.")
  private Integer bound;

  @Option(
      names = "--measure",
      paramLabel = "NAME",
      completionCandidates = Measures.class,
      description = "The learner's: ${COMPLETION-CANDIDATES}; else as in the job.")
  private String measure;

  @Option(
      names = "--support",
      paramLabel = "N",
      description =
          "In how many baskets a pair has to be before it is believed; of the measure 'affinity'; else"
              + " as in the job.")
  private Integer support;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "cosine",
      completionCandidates = Measures.class,
      description =
          "By which other measures the table is asked, besides the learner's (${DEFAULT-VALUE}).")
  private List<String> tables;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Draws the products of chance (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--temp",
      paramLabel = "DIRECTORY",
      defaultValue = "${sys:java.io.tmpdir}",
      description = "Where what memory does not hold is kept meanwhile (now ${DEFAULT-VALUE}).")
  private Path temp;

  @Option(names = "--json", description = "The figures as one JSON object.")
  private boolean json;

  /** The measures that are known. */
  static final class Measures implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Measure.names().iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    if (places < 1 || places > 1000) {
      throw usage("--at has to be from 1 to 1000");
    }
    Learning learning = learning();
    Map<String, Measure> asked = new LinkedHashMap<>();
    tables.forEach(name -> asked.put(name, named(name)));
    SalesHistory history = read();
    long from = cut.applyAsLong(history.sales());
    Evaluation evaluation = new Evaluation(history.sales(), from, places, learning, seed);
    List<Score> scores;
    try (ReadingProgress progress = new ReadingProgress(file.toString(), err())) {
      int all = history.sales().size();
      scores =
          evaluation.run(
              asked,
              done -> {
                if (done % 64 == 0 || done == all) {
                  progress.reached(done, all);
                }
              });
    }
    if (scores.get(0).asked() == 0) {
      err().println(nothingAsked(history));
      err().flush();
      return NOTHING_ASKED;
    }
    OffersReport report = new OffersReport(evaluation, scores, history, from, places);
    report.print(new Printout(spec.commandLine().getOut()), json);
    return ExitCode.OK;
  }

  private String nothingAsked(SalesHistory history) {
    return history.sales().isEmpty()
        ? file + " has no orders, by this mapping; lifestage import --dry-run shows what it has"
        : "no order of " + file + " after the cut has two products, so nothing could be asked";
  }

  private SalesHistory read() throws IOException {
    Mapping mapping;
    try {
      mapping = columns.mapping();
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    SalesHistory history = new SalesHistory();
    ImportOptions options =
        new ImportOptions(temp, Runtime.getRuntime().maxMemory() / 4, false, Long.MAX_VALUE);
    try (ImportProgress progress = new ImportProgress(err(), null)) {
      new Importer(mapping, options, progress).run(file, history);
      progress.end();
    }
    return history;
  }

  private Learning learning() {
    Learning learning = Learning.DEFAULT;
    try {
      if (bound != null && bound < 1) {
        throw usage("--bound has to be positive");
      }
      return new Learning(
          halfLife == null ? learning.halfLife() : halfLife,
          bound == null ? learning.bound() : bound,
          measured(measure == null ? learning.measure() : named(measure)),
          learning.answers());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Measure measured(Measure by) {
    if (support == null) {
      return by;
    }
    if (support < 1 || !(by instanceof Affinity)) {
      throw usage("--support has to be positive, and only the measure 'affinity' has one");
    }
    return new Affinity(support);
  }

  private Measure named(String name) {
    if (!Measure.names().contains(name)) {
      throw usage(
          "no measure '%s'; there are %s".formatted(name, String.join(", ", Measure.names())));
    }
    return Measure.named(name);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
