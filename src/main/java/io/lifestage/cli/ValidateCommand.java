package io.lifestage.cli;

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
    customSynopsis = "lifestage validate [--json] [--config FILE] [JOB OPTION…]",
    description = {
      "Checks options of the job before it is started.",
      "Prints what each would be and where that comes from (an argument, a variable of the"
          + " environment, the file, or the default), and all that is wrong.",
      "Takes the options that the job takes; deploy/options.md describes them. Asks neither Kafka nor"
          + " the registry."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the job would take the options",
      "1:it would not; the messages say why",
      "2:wrong usage"
    })
final class ValidateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "One JSON object with settings and errors.")
  private boolean json;

  @Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
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
