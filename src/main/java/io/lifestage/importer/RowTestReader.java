package io.lifestage.importer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads from a mapping which rows are meant. */
final class RowTestReader {
  private static final List<String> NUMBER_TESTS =
      List.of("less-than", "more-than", "at-least", "at-most");
  private static final List<String> TEST_KEYS =
      List.of(
          "column",
          "is",
          "is-not",
          "starts-with",
          "ends-with",
          "matches",
          "empty",
          "less-than",
          "more-than",
          "at-least",
          "at-most");

  private final Problems problems;
  private final Readings readings;
  private final Numbers numbers;

  RowTestReader(Problems problems, Readings readings, Numbers numbers) {
    this.problems = problems;
    this.readings = readings;
    this.numbers = numbers;
  }

  /** One test or several, all of which have to pass. */
  RowTest tests(List<Node> nodes) {
    List<RowTest> tests = new ArrayList<>();
    for (Node node : nodes) {
      Section section = Section.of(problems, "the test", node, TEST_KEYS);
      String column = section.text("column", "");
      if (column.isEmpty()) {
        section.missing("column", "write which column is tested");
        continue;
      }
      readings.use(column, section.line("column"));
      int before = tests.size();
      texts(section, column, tests);
      NUMBER_TESTS.stream()
          .filter(section::has)
          .forEach(key -> tests.add(number(section, column, key)));
      if (tests.size() == before) {
        problems.add(
            section.line(),
            "the test does not say what '" + column + "' has to be",
            "add one of " + String.join(", ", TEST_KEYS.subList(1, TEST_KEYS.size())));
      }
    }
    return RowTest.all(tests);
  }

  private void texts(Section section, String column, List<RowTest> tests) {
    if (section.has("is")) {
      Set<String> wanted = Set.copyOf(section.texts("is"));
      tests.add(row -> wanted.contains(row.get(column)));
    }
    if (section.has("is-not")) {
      Set<String> unwanted = Set.copyOf(section.texts("is-not"));
      tests.add(row -> !unwanted.contains(row.get(column)));
    }
    if (section.has("starts-with")) {
      String start = section.text("starts-with", "");
      tests.add(row -> row.get(column).startsWith(start));
    }
    if (section.has("ends-with")) {
      String end = section.text("ends-with", "");
      tests.add(row -> row.get(column).endsWith(end));
    }
    if (section.has("matches")) {
      Pattern pattern = pattern(section);
      tests.add(row -> pattern.matcher(row.get(column)).matches());
    }
    if (section.has("empty")) {
      boolean empty = section.flag("empty", true);
      tests.add(row -> row.get(column).isEmpty() == empty);
    }
  }

  private Pattern pattern(Section section) {
    try {
      return Pattern.compile(section.text("matches", ""));
    } catch (PatternSyntaxException e) {
      section.wrong("matches", "is no regular expression: " + e.getDescription());
      return Pattern.compile("");
    }
  }

  private RowTest number(Section section, String column, String key) {
    BigDecimal bound = bound(section, key);
    IntPredicate passes =
        switch (key) {
          case "less-than" -> order -> order < 0;
          case "more-than" -> order -> order > 0;
          case "at-least" -> order -> order >= 0;
          default -> order -> order <= 0;
        };
    return row -> {
      String text = row.get(column);
      return !text.isEmpty() && passes.test(numbers.parse(column, text).compareTo(bound));
    };
  }

  private static BigDecimal bound(Section section, String key) {
    try {
      return new BigDecimal(section.text(key, "0"));
    } catch (NumberFormatException e) {
      section.wrong(key, "has to be a number");
      return BigDecimal.ZERO;
    }
  }
}
