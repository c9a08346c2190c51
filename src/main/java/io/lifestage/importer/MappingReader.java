package io.lifestage.importer;

import io.lifestage.definition.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads and checks mappings; finds every mistake at once, each with its line and a hint. */
public final class MappingReader {
  private static final List<String> FILE_KEYS =
      List.of(
          "name", "description", "csv", "numbers", "money", "time", "attributes", "skip", "events");
  private static final List<String> CSV_KEYS =
      List.of("delimiter", "quote", "charset", "header", "columns", "aliases", "empty");

  private final String file;
  private final Problems problems;
  private Readings readings;

  private MappingReader(String file) {
    this.file = file;
    this.problems = new Problems(file);
  }

  /**
   * A mapping of the user's.
   *
   * @throws MappingException if the mapping has mistakes
   * @throws IOException if the file can't be read
   */
  public static Mapping read(Path file) throws IOException {
    return new MappingReader(file.toString()).parse(Files.readString(file));
  }

  /** The names of the formats that come with the program. */
  public static List<String> formats() {
    return List.of("online-retail", "rees46");
  }

  /** A mapping that comes with the program. */
  public static Mapping format(String name) throws IOException {
    String resource = name + ".yaml";
    try (InputStream in = MappingReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "no format '" + name + "'; " + Suggestion.among(name, formats()));
      }
      return new MappingReader(resource)
          .parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** A mapping that is at hand as text. */
  static Mapping read(String file, String text) {
    return new MappingReader(file).parse(text);
  }

  private Mapping parse(String text) {
    Section root = Section.of(problems, "a mapping", document(text), FILE_KEYS);
    if (root.text("name", "").isEmpty()) {
      root.missing("name", "give the data set a name; it becomes a part of every event's id");
    }
    Numbers numbers = numbers(root);
    readings = new Readings(problems);
    RowTestReader tests = new RowTestReader(problems, readings, numbers);
    CsvFormat csv = csv(root);
    MoneyReading money = money(root);
    List<Mapping.Skip> skips = skips(root, tests);
    List<EventRule> rules =
        new EventRuleReader(problems, readings, tests, numbers, money).rules(root);
    if (!csv.columns().isEmpty()) {
      checkColumns(csv);
    }
    problems.throwIfAny();
    return new Mapping(
        file, root.text("name", ""), csv, money, skips, rules, List.copyOf(readings.uses()));
  }

  private Node document(String text) {
    try (Reader reader = new StringReader(text)) {
      Node node = new Yaml(new LoaderOptions()).compose(reader);
      if (node != null) {
        return node;
      }
      problems.add(1, "the mapping is empty", "deploy/import.md describes what it says");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(line, "this is not YAML: " + e.getProblem(), "");
    } catch (YAMLException | IOException e) {
      problems.add(1, "this is not YAML: " + e.getMessage(), "");
    }
    problems.throwIfAny();
    throw new IllegalStateException("a mistake was noted");
  }

  private CsvFormat csv(Section root) {
    if (!root.has("csv")) {
      return new CsvFormat(',', '"', StandardCharsets.UTF_8, List.of(), Map.of(), Set.of());
    }
    Section csv = Section.of(problems, "'csv'", root.node("csv"), CSV_KEYS);
    if (csv.flag("header", true) == csv.has("columns")) {
      problems.add(
          csv.line(),
          "either the first line names the columns, or the mapping does",
          "write 'header: false' and 'columns: [...]' together, or neither");
    }
    return new CsvFormat(
        csv.character("delimiter", ','),
        csv.character("quote", '"'),
        charset(csv),
        csv.texts("columns"),
        csv.table("aliases"),
        Set.copyOf(new TreeSet<>(csv.texts("empty"))));
  }

  private static Charset charset(Section csv) {
    try {
      return Charset.forName(csv.text("charset", "UTF-8"));
    } catch (IllegalArgumentException e) {
      csv.wrong("charset", "is no charset that Java knows, such as UTF-8 or windows-1252");
      return StandardCharsets.UTF_8;
    }
  }

  private Numbers numbers(Section root) {
    if (!root.has("numbers")) {
      return new Numbers('.', ',');
    }
    Section section =
        Section.of(problems, "'numbers'", root.node("numbers"), List.of("decimal", "grouping"));
    char decimal = section.character("decimal", '.');
    return new Numbers(decimal, section.character("grouping", decimal == ',' ? '.' : ','));
  }

  private MoneyReading money(Section root) {
    if (!root.has("money")) {
      return new MoneyReading(TextReading.constant(""), false);
    }
    Section section =
        Section.of(problems, "'money'", root.node("money"), List.of("currency", "units"));
    if (!section.has("currency")) {
      section.missing("currency", "write 'currency: {constant: EUR}' or the column it stands in");
      return new MoneyReading(TextReading.constant(""), false);
    }
    TextReading currency = readings.text("'currency'", section.node("currency"));
    if (currency.columns().isEmpty() && MoneyReading.decimals(currency.constant()) < 0) {
      section.wrong("currency", "has to be a currency of ISO 4217, such as EUR");
    }
    return new MoneyReading(
        currency, section.word("units", List.of("major", "minor")).equals("minor"));
  }

  private List<Mapping.Skip> skips(Section root, RowTestReader tests) {
    List<Mapping.Skip> skips = new ArrayList<>();
    for (Node node : root.nodes("skip")) {
      Section skip = Section.of(problems, "'skip'", node, List.of("where", "reason"));
      if (skip.text("reason", "").isEmpty()) {
        skip.missing("reason", "say what the rows are that are left out");
      }
      if (!skip.has("where")) {
        skip.missing("where", "say which rows are left out");
      }
      skips.add(new Mapping.Skip(tests.tests(skip.nodes("where")), skip.text("reason", "")));
    }
    return skips;
  }

  /** A mapping that names the columns itself can be held against them at once. */
  private void checkColumns(CsvFormat csv) {
    Header header = new Header(csv.columns(), Map.of());
    for (Mapping.ColumnUse use : readings.uses()) {
      if (!header.has(use.column())) {
        problems.add(
            use.line(),
            "csv.columns has no '" + use.column() + "'",
            Suggestion.among(use.column(), csv.columns()));
      }
    }
  }
}
