package io.lifestage.cli;

import io.lifestage.decision.Publication;
import io.lifestage.definition.PublicationPlan;
import io.lifestage.definition.Releases;
import io.lifestage.journey.Journey;
import io.lifestage.journey.Status;
import io.lifestage.ops.CustomersInJourneys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifestage journeys}: which there are, and how many customers are where. */
@Command(
    name = "journeys",
    description = {
      "Lists the journeys of a running job: version, status, and how many customers wait in which step.",
      "Reads the definitions and the profiles to their end.",
      "The subcommands publish another version, which the running job takes within seconds."
    },
    subcommands = {
      JourneysCommand.Pause.class,
      JourneysCommand.Resume.class,
      JourneysCommand.Archive.class,
      JourneysCommand.Rollback.class
    })
final class JourneysCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private DefinitionsOptions definitions;

  @Option(names = "--json", description = "All of it as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PublicationPlan plan = definitions.plan();
    CustomersInJourneys customers = definitions.customers();
    Printout out = new Printout(spec.commandLine().getOut());
    List<Map<String, Object>> rows = new ArrayList<>();
    Map<String, Journey> journeys = Releases.compiled(plan.current().values()).journeys();
    for (Journey journey : journeys.values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("journey", journey.id());
      row.put("version", journey.version());
      row.put("status", journey.terms().status().word());
      row.put("customers", customers.of(journey.id()));
      rows.add(row);
    }
    if (json) {
      out.document(Map.of("journeys", rows));
      return ExitCode.OK;
    }
    for (Map<String, Object> row : rows) {
      out.line(
          "%-28s  version %-3s  %-8s  %s"
              .formatted(row.get("journey"), row.get("version"), row.get("status"), shown(row)));
    }
    return ExitCode.OK;
  }

  private static String shown(Map<String, Object> row) {
    Map<?, ?> customers = (Map<?, ?>) row.get("customers");
    if (customers.isEmpty()) {
      return "nobody waits";
    }
    List<String> parts = new ArrayList<>();
    customers.forEach((where, count) -> parts.add(count + " in " + where));
    return String.join(", ", parts);
  }

  /** What all changes of one journey have in common. */
  abstract static class Change implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private DefinitionsOptions definitions;

    @Parameters(paramLabel = "JOURNEY", description = "The journey's name.")
    String journey;

    abstract PublicationPlan change(PublicationPlan plan);

    @Override
    public Integer call() throws Exception {
      PublicationPlan plan;
      try {
        plan = change(definitions.plan());
      } catch (IllegalArgumentException e) {
        throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
      }
      Instant now = Instant.now();
      Instant from = DefinitionsOptions.soon(now);
      List<Publication> batch =
          plan.publications(from.toEpochMilli(), DefinitionsOptions.batchName(now));
      Printout out = new Printout(spec.commandLine().getOut());
      if (batch.isEmpty()) {
        out.line(journey + " is so already.");
      } else {
        definitions.write(batch);
        out.line("Published %s; in force from %s".formatted(batch.get(0).key(), from));
      }
      return ExitCode.OK;
    }
  }

  /** {@code lifestage journeys pause}. */
  @Command(
      name = "pause",
      description = "Nobody enters any more, and what the journey's runs would send is withheld.")
  static final class Pause extends Change {
    @Override
    PublicationPlan change(PublicationPlan plan) {
      return plan.withStatus(journey, Status.PAUSED);
    }
  }

  /** {@code lifestage journeys resume}. */
  @Command(name = "resume", description = "Customers enter again.")
  static final class Resume extends Change {
    @Override
    PublicationPlan change(PublicationPlan plan) {
      return plan.withStatus(journey, Status.ACTIVE);
    }
  }

  /** {@code lifestage journeys archive}. */
  @Command(name = "archive", description = "Ends the journey, and its runs.")
  static final class Archive extends Change {
    @Override
    PublicationPlan change(PublicationPlan plan) {
      return plan.withStatus(journey, Status.ARCHIVED);
    }
  }

  /** {@code lifestage journeys rollback}. */
  @Command(
      name = "rollback",
      description = "Publishes an earlier text of the journey as its next version.")
  static final class Rollback extends Change {
    @Option(
        names = "--to",
        paramLabel = "VERSION",
        description = "Which; else the one before the newest.")
    private int version;

    @Override
    PublicationPlan change(PublicationPlan plan) {
      return plan.withRollback(journey, version);
    }
  }
}
