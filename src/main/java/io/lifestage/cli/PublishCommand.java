package io.lifestage.cli;

import io.lifestage.decision.Publication;
import io.lifestage.definition.DefinitionException;
import io.lifestage.definition.Packs;
import io.lifestage.definition.Problem;
import io.lifestage.definition.PublicationPlan;
import io.lifestage.definition.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifestage publish}: definitions into a running job. */
@Command(
    name = "publish",
    description = {
      "Publishes definitions; the running job takes them within seconds.",
      "Compares files with what is in force, checks the whole, and writes what is new or changed, each"
          + " with its next version, as one batch that takes effect at one moment or not at all.",
      "Nothing is written where anything is wrong, or where nothing has changed."
    })
final class PublishCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DefinitionsOptions definitions;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files, or folders of files.")
  private List<Path> paths;

  @Option(
      names = "--effective-at",
      paramLabel = "INSTANT",
      description = "Events from then on are decided by them; else in two seconds.")
  private Instant effectiveAt;

  @Option(
      names = "--prune",
      description = "Archives the journeys that are in force and not among the files.")
  private boolean prune;

  @Option(names = "--dry-run", description = "Says what would be published, and writes nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws Exception {
    List<Source> sources = new ArrayList<>();
    for (Path path : paths) {
      sources.addAll(Packs.named(path.toString()));
    }
    if (sources.isEmpty()) {
      spec.commandLine().getErr().println("There is no .yaml file in " + paths);
      return ExitCode.USAGE;
    }
    try {
      PublicationPlan plan = definitions.plan().with(sources);
      return carryOut(prune ? plan.withoutOthers() : plan);
    } catch (DefinitionException e) {
      for (Problem problem : e.problems()) {
        spec.commandLine().getErr().println(problem);
      }
      spec.commandLine().getErr().println("Nothing was published.");
      return ExitCode.SOFTWARE;
    }
  }

  private int carryOut(PublicationPlan plan) throws Exception {
    Instant now = Instant.now();
    Instant from = effectiveAt == null ? DefinitionsOptions.soon(now) : effectiveAt;
    List<Publication> batch =
        plan.publications(from.toEpochMilli(), DefinitionsOptions.batchName(now));
    Printout out = new Printout(spec.commandLine().getOut());
    for (Publication one : batch) {
      out.line("%-10s  %s".formatted(one.version() == 1 ? "new" : "changed", one.key()));
    }
    out.line(plan.unchanged().size() + " unchanged");
    if (batch.isEmpty()) {
      out.line("Nothing to publish.");
    } else if (dryRun) {
      out.line("Nothing was written (--dry-run).");
    } else {
      definitions.write(batch);
      out.line("Published %d; in force from %s".formatted(batch.size(), from));
    }
    return ExitCode.OK;
  }
}
