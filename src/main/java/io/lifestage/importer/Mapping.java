package io.lifestage.importer;

import io.lifestage.definition.Suggestion;
import java.util.List;

/**
 * What the columns of a CSV mean. Read and checked by {@link MappingReader}; the language is
 * described in {@code deploy/import.md}.
 *
 * @param file where it was read from, for messages
 * @param name goes into the id of every event, so that two data sets never share ids
 * @param skips rows that are no events, tried before the rules
 * @param rules how rows become events; every rule that applies to a row is followed
 * @param uses every place where the mapping names a column
 */
public record Mapping(
    String file,
    String name,
    CsvFormat csv,
    MoneyReading money,
    List<Skip> skips,
    List<EventRule> rules,
    List<ColumnUse> uses) {

  /**
   * Rows that the mapping leaves out on purpose.
   *
   * @param reason what they are, in the summary and beside every such row
   */
  record Skip(RowTest where, String reason) {}

  /**
   * A column that the mapping names.
   *
   * @param line where in the mapping, the first line being 1
   */
  record ColumnUse(String column, int line) {}

  /**
   * Holds the mapping against a file's header.
   *
   * @throws MappingException if the mapping names a column that the file has not, or has twice
   */
  void check(Header header) {
    Problems problems = new Problems(file);
    for (ColumnUse use : uses) {
      if (!header.has(use.column)) {
        problems.add(
            use.line,
            "the file has no column '" + use.column + "'",
            Suggestion.among(use.column, header.names()) + delimiterHint(header));
      } else if (header.isDoubled(use.column)) {
        problems.add(
            use.line,
            "the file has more than one column '" + use.column + "'",
            "give the columns names of their own with csv.header: false and csv.columns");
      }
    }
    problems.throwIfAny();
  }

  private static String delimiterHint(Header header) {
    String first = header.names().get(0);
    return header.size() == 1 && first.matches("(?s).*[,;\t|].*")
        ? "; its header is one cell, so csv.delimiter may be another character"
        : "";
  }
}
