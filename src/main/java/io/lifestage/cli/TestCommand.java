package io.lifestage.cli;

import io.lifestage.definition.DefinitionException;
import io.lifestage.definition.Library;
import io.lifestage.definition.Packs;
import io.lifestage.definition.Source;
import io.lifestage.definition.SpecReader;
import io.lifestage.replay.CaseResult;
import io.lifestage.replay.Difference;
import io.lifestage.replay.SpecRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lifestage test}: whether definitions do what their specifications say. */
@Command(
    name = "test",
    description = {
      "Tests stage models, traits, guards and journeys by the specifications beside them.",
      "Each case is played through the engine that the job runs, on a virtual clock, also in other"
          + " orders of arrival and with an event that comes twice. deploy/specs.md describes how"
          + " specifications are written. Asks neither Kafka nor the registry."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every case passed",
      "1:some failed, or a file has mistakes; the output says where",
      "2:wrong usage, or there is no such case"
    })
final class TestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Folders of definitions, with specifications in folders called specs.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--pack",
      defaultValue = "retail",
      description = "The pack of the program to test where no PATH is given (${DEFAULT-VALUE}).")
  private String pack;

  @Option(names = "--journey", paramLabel = "ID", description = "Only cases that speak of it.")
  private String journey;

  @Option(names = "--case", paramLabel = "TEXT", description = "Only cases with it in their name.")
  private String text;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Draws orders of arrival where there are too many for all (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "One JSON object with all results.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    long began = System.nanoTime();
    List<Timed> results = new ArrayList<>();
    try {
      if (folders.isEmpty()) {
        run(packed(Packs::of), packed(Packs::specsOf), results);
      }
      for (Path folder : folders) {
        run(definitionsIn(folder), Packs.specsIn(folder), results);
      }
    } catch (DefinitionException e) {
      spec.commandLine().getErr().println(e.getMessage());
      spec.commandLine().getErr().flush();
      return ExitCode.SOFTWARE;
    }
    if (results.isEmpty()) {
      throw new ParameterException(spec.commandLine(), whyNone());
    }
    print(results, millisSince(began));
    return results.stream().allMatch(timed -> timed.result.passed())
        ? ExitCode.OK
        : ExitCode.SOFTWARE;
  }

  private String whyNone() {
    if (journey != null || text != null) {
      return "No case "
          + (journey == null ? "" : "speaks of '" + journey + "'")
          + (journey == null || text == null ? "" : " and ")
          + (text == null ? "" : "has '" + text + "' in its name");
    }
    return "There is no specification; they lie in folders called specs below the definitions";
  }

  /** A result, and how long it took in milliseconds. */
  private record Timed(CaseResult result, long millis) {}

  private List<Source> packed(Function<String, List<Source>> of) {
    try {
      return of.apply(pack);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--pack: " + e.getMessage(), e);
    }
  }

  private List<Source> definitionsIn(Path folder) throws IOException {
    List<Source> sources = Packs.in(folder);
    if (sources.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "There is no definition in " + folder + ": no .yaml file");
    }
    return sources;
  }

  private void run(List<Source> sources, List<Source> specs, List<Timed> results) {
    Library library = Library.of(sources);
    SpecRunner runner = new SpecRunner(library.definitions(), seed);
    for (io.lifestage.definition.Spec read : SpecReader.read(specs, library)) {
      for (io.lifestage.definition.Spec.Case tested : read.cases()) {
        if (isAsked(tested)) {
          long began = System.nanoTime();
          CaseResult result = runner.run(read, tested);
          results.add(new Timed(result, millisSince(began)));
        }
      }
    }
  }

  private boolean isAsked(io.lifestage.definition.Spec.Case tested) {
    return (journey == null || tested.speaksOf(journey))
        && (text == null || lower(tested.name()).contains(lower(text)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  // --- Output ----------------------------------------------------------------------------------

  private void print(List<Timed> results, long millis) throws IOException {
    Printout out = new Printout(spec.commandLine().getOut());
    if (json) {
      out.document(asMap(results, millis));
      return;
    }
    for (Timed timed : results) {
      if (timed.result.passed()) {
        out.line("passed  %s: %s".formatted(timed.result.spec().name(), name(timed)));
      } else {
        failed(out, timed.result);
      }
    }
    long passed = results.stream().filter(timed -> timed.result.passed()).count();
    out.line(
        "%d passed, %d failed, in %d orders of arrival and %d ms"
            .formatted(passed, results.size() - passed, arrivals(results), millis));
  }

  private static String name(Timed timed) {
    return timed.result.tested().name();
  }

  private static int arrivals(List<Timed> results) {
    return results.stream().mapToInt(timed -> timed.result.arrivals()).sum();
  }

  private void failed(Printout out, CaseResult result) throws IOException {
    out.line("FAILED  %s: %s".formatted(result.spec().name(), result.tested().name()));
    out.line("  at %s:%d".formatted(result.spec().file(), result.tested().line()));
    Instant start = Instant.ofEpochMilli(result.tested().start());
    out.line("  what happened, from %s on:".formatted(start));
    for (String line : result.story()) {
      out.line("    " + line);
    }
    if (!result.failedOrder().isEmpty()) {
      out.line("  in another order of arrival it says something else:");
      out.line("    %s (--seed %d)".formatted(result.failedOrder(), seed));
    }
    for (Difference difference : result.differences()) {
      out.line("  " + difference.what() + ":");
      for (String missing : difference.missing()) {
        out.line("    - expected " + missing);
      }
      for (String unexpected : difference.unexpected()) {
        out.line("    + but was  " + unexpected);
      }
    }
  }

  private Map<String, Object> asMap(List<Timed> results, long millis) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("passed", results.stream().filter(timed -> timed.result.passed()).count());
    map.put("failed", results.stream().filter(timed -> !timed.result.passed()).count());
    map.put("arrivals", arrivals(results));
    map.put("seed", seed);
    map.put("millis", millis);
    map.put("cases", results.stream().map(TestCommand::asMap).toList());
    return map;
  }

  private static Map<String, Object> asMap(Timed timed) {
    CaseResult result = timed.result;
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("spec", result.spec().name());
    map.put("case", result.tested().name());
    map.put("file", result.spec().file());
    map.put("line", result.tested().line());
    map.put("passed", result.passed());
    map.put("arrivals", result.arrivals());
    map.put("millis", timed.millis);
    if (!result.passed()) {
      map.put("differences", result.differences());
      map.put("failedOrder", result.failedOrder());
      map.put("story", result.story());
    }
    return map;
  }
}
