package io.lifestage.importer;

import io.lifestage.definition.Suggestion;
import io.lifestage.importer.Mapping.ColumnUse;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads from a mapping how texts and times are got from a row; notes the columns it meets. */
final class Readings {
  private static final List<String> TEXT_KEYS =
      List.of(
          "column",
          "columns",
          "join",
          "constant",
          "trim-prefix",
          "trim-suffix",
          "prefix",
          "values",
          "otherwise");
  private static final List<String> TIME_KEYS =
      List.of(
          "column",
          "columns",
          "join",
          "trim-prefix",
          "trim-suffix",
          "otherwise",
          "patterns",
          "zone",
          "locale");
  private final Problems problems;
  private final List<ColumnUse> uses = new ArrayList<>();

  Readings(Problems problems) {
    this.problems = problems;
  }

  /** The columns met so far. */
  List<ColumnUse> uses() {
    return uses;
  }

  /** A column's name alone, or a section that says more. */
  TextReading text(String what, Node node) {
    if (node instanceof ScalarNode scalar) {
      use(scalar.getValue(), Section.line(node));
      return TextReading.column(scalar.getValue());
    }
    return text(Section.of(problems, what, node, TEXT_KEYS));
  }

  private TextReading text(Section section) {
    List<String> columns = new ArrayList<>();
    for (String key : List.of("column", "columns")) {
      for (String column : section.texts(key)) {
        use(column, section.line(key));
        columns.add(column);
      }
    }
    if (columns.isEmpty() != section.has("constant")) {
      problems.add(
          section.line(),
          "it is not clear where the text comes from",
          "write either 'column', 'columns' or 'constant'");
    }
    return new TextReading(
        List.copyOf(columns),
        section.text("join", " "),
        section.text("constant", ""),
        section.text("trim-prefix", ""),
        section.text("trim-suffix", ""),
        section.text("prefix", ""),
        section.table("values"),
        section.has("otherwise") ? text("'otherwise'", section.node("otherwise")) : null);
  }

  /**
   * A time, with what it does not say itself taken from the mapping's own.
   *
   * @param common the mapping's {@code time}, or null
   */
  TimeReading time(Node node, Node common) {
    Section usual =
        common == null || common instanceof ScalarNode
            ? null
            : Section.of(problems, "'time'", common, TIME_KEYS);
    if (node instanceof ScalarNode) {
      return time(text("'at'", node), node, usual, usual);
    }
    Section own = Section.of(problems, "the time", node, TIME_KEYS);
    return time(text(own), node, own, usual);
  }

  private TimeReading time(TextReading text, Node node, Section own, Section usual) {
    Locale locale = Locale.forLanguageTag(said("locale", own, usual, "en"));
    List<TimeReading.Pattern> patterns = new ArrayList<>();
    Section patterned = own != null && own.has("patterns") ? own : usual;
    List<String> written = patterned == null ? List.of() : patterned.texts("patterns");
    for (String pattern : written.isEmpty() ? List.of(TimeReading.ISO) : written) {
      try {
        patterns.add(TimeReading.Pattern.of(pattern, locale));
      } catch (IllegalArgumentException e) {
        problems.add(
            patterned.line("patterns"),
            "'" + pattern + "' is no pattern of a time: " + e.getMessage(),
            "write one like 'yyyy-MM-dd HH:mm:ss', or iso, epoch-seconds, epoch-millis");
      }
    }
    String name = said("zone", own, usual, "");
    ZoneId zone = zone(name, node);
    if (name.isEmpty() && patterns.stream().anyMatch(TimeReading.Pattern::needsZone)) {
      problems.add(
          Section.line(node),
          "the time has no zone",
          "write 'zone: Europe/London', or wherever the shop's clock hangs");
    }
    return new TimeReading(text, patterns, zone);
  }

  private ZoneId zone(String name, Node node) {
    try {
      return name.isEmpty() ? null : ZoneId.of(name);
    } catch (DateTimeException e) {
      problems.add(
          Section.line(node),
          "'" + name + "' is no time zone",
          name.length() < 4 ? "write one like Europe/London" : zoneHint(name));
      return null;
    }
  }

  private static String zoneHint(String name) {
    return Suggestion.among(name, ZoneId.getAvailableZoneIds()).startsWith("did")
        ? Suggestion.among(name, ZoneId.getAvailableZoneIds())
        : "write one like Europe/London";
  }

  private static String said(String key, Section own, Section usual, String otherwise) {
    String common = usual == null ? otherwise : usual.text(key, otherwise);
    return own == null ? common : own.text(key, common);
  }

  /** Notes that the mapping names a column. */
  void use(String column, int line) {
    uses.add(new ColumnUse(column, line));
  }
}
