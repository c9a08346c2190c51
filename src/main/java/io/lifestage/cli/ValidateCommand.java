package io.lifestage.cli;

import io.lifestage.definition.DefinitionException;
import io.lifestage.definition.Library;
import io.lifestage.definition.Packs;
import io.lifestage.definition.Problem;
import io.lifestage.definition.Source;
import io.lifestage.job.OptionReview;
import io.lifestage.job.OptionReview.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code lifestage validate}: what the job would make of its options. */
@Command(
    name = "validate",
    customSynopsis = {
      "lifestage validate [--json] --definitions PATH…",
      "lifestage validate --schema",
      "lifestage validate [--json] [--config FILE] [JOB OPTION…]"
    },
    description = {
      "Checks definitions, or options of the job, before they are used.",
      "With --definitions every mistake in the files or folders (or in a pack by its name) is named with"
          + " file, line, column, what is wrong, and what was probably meant; what works and was"
          + " hardly meant so is a warning.",
      "Prints what each would be and where that comes from (an argument, a variable of the"
          + " environment, the file, or the default), and all that is wrong.",
      "Takes the options that the job takes; deploy/options.md describes them. Asks neither Kafka nor"
          + " the registry."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the job would take them",
      "1:it would not; the messages say why",
      "2:wrong usage"
    })
final class ValidateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "One JSON object with settings and errors.")
  private boolean json;

  @Option(
      names = "--definitions",
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files or folders that belong together, or a pack.")
  private List<String> definitions;

  @Option(
      names = "--schema",
      description = "Prints the JSON Schema of definitions, for editors, and checks nothing.")
  private boolean schema;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (schema) {
      spec.commandLine().getOut().print(Packs.schema());
      spec.commandLine().getOut().flush();
      return ExitCode.OK;
    }
    if (definitions != null) {
      return validate(definitions);
    }
    OptionReview review = OptionReview.of(options.toArray(String[]::new), System.getenv());
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("settings", review.settings().stream().map(ValidateCommand::asMap).toList());
      answer.put("errors", review.errors());
      new Printout(spec.commandLine().getOut()).document(answer);
    } else {
      print(review);
    }
    return review.errors().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int validate(List<String> paths) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String path : paths) {
      sources.addAll(Packs.named(path));
    }
    List<Problem> problems = List.of();
    List<Problem> doubts = List.of();
    try {
      doubts = Library.of(sources).doubts();
    } catch (DefinitionException e) {
      problems = e.problems();
    }
    Printout out = new Printout(spec.commandLine().getOut());
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("files", sources.stream().map(Source::file).toList());
      answer.put("errors", problems.stream().map(ValidateCommand::asMap).toList());
      answer.put("warnings", doubts.stream().map(ValidateCommand::asMap).toList());
      out.document(answer);
    } else if (sources.isEmpty()) {
      spec.commandLine().getErr().println("There is no .yaml file in " + paths);
    } else {
      for (Problem problem : problems) {
        out.line(problem.toString());
      }
      for (Problem doubt : doubts) {
        out.line(asWarning(doubt));
      }
      out.line(
          "%d definition%s, %s"
              .formatted(
                  sources.size(),
                  sources.size() == 1 ? "" : "s",
                  problems.isEmpty()
                      ? "all sound"
                      : problems.size() == 1 ? "one mistake" : problems.size() + " mistakes"));
    }
    return problems.isEmpty() && !sources.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static String asWarning(Problem doubt) {
    return new Problem(
            doubt.file(), doubt.line(), doubt.column(), "warning: " + doubt.what(), doubt.hint())
        .toString();
  }

  private static Map<String, Object> asMap(Problem problem) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", problem.file());
    map.put("line", problem.line());
    map.put("column", problem.column());
    map.put("what", problem.what());
    map.put("hint", problem.hint());
    return map;
  }

  private void print(OptionReview review) throws IOException {
    Printout out = new Printout(spec.commandLine().getOut());
    for (Setting setting : review.settings()) {
      String value = setting.value().isEmpty() ? "-" : setting.value();
      out.line("%-24s  %-40s  %s".formatted(setting.name(), value, setting.source()));
    }
    for (String error : review.errors()) {
      spec.commandLine().getErr().println(error);
    }
    spec.commandLine().getErr().flush();
  }

  private static Map<String, String> asMap(Setting setting) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("name", setting.name());
    map.put("value", setting.value());
    map.put("source", setting.source());
    return map;
  }
}
