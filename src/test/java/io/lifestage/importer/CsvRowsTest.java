package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsvRowsTest {

  @Test
  void everyKindOfLineEndEndsARow() throws IOException {
    assertThat(rows("a,b\nc,d\r\ne,f\rg,h"))
        .containsExactly("1[a, b]", "2[c, d]", "3[e, f]", "4[g, h]");
  }

  @Test
  void blankLinesAreNoRowsAndAreCountedAsLines() throws IOException {
    assertThat(rows("a\n\n  \nb\n")).containsExactly("1[a]", "4[b]");
  }

  @Test
  void aQuotedCellHoldsDelimitersQuotesAndLineEnds() throws IOException {
    assertThat(rows("\"a,\"\"b\"\"\",\"c\r\nd\"\ne,f\n"))
        .containsExactly("1[a,\"b\", c\nd]", "3[e, f]");
  }

  @Test
  void aQuoteWithinACellThatDoesNotBeginWithOneIsText() throws IOException {
    assertThat(rows("5\" pipe,6\nx,y\n")).containsExactly("1[5\" pipe, 6]", "2[x, y]");
  }

  @Test
  void aQuoteThatIsNotClosedCostsOneLine() throws IOException {
    assertThat(rows("a,\"b\nc,d\ne,f\n"))
        .containsExactly("1 a quote is opened and not closed", "2[c, d]", "3[e, f]");
  }

  @Test
  void aQuoteThatIsClosedTooFarAwayCostsOneLine() throws IOException {
    String far = "a,\"b\n" + "c,d\n".repeat(300) + "e,\"f\n";

    assertThat(rows(far)).hasSize(302).startsWith("1 a quote is opened and not closed", "2[c, d]");
  }

  @Test
  void textAfterAClosingQuoteCostsOneLine() throws IOException {
    assertThat(rows("\"a\"b,c\nd,e\n"))
        .containsExactly("1 text after the quote that closes a cell", "2[d, e]");
  }

  @Test
  void aLineLongerThanAllLinesMayBeCostsOneLine() throws IOException {
    String huge = "x".repeat(3 * LineReader.MAX_LENGTH);

    assertThat(rows("a,b\n" + huge + "\nc,d\n"))
        .containsExactly("1[a, b]", "2 the line is longer than 1048576 characters", "3[c, d]");
  }

  private static List<String> rows(String text) throws IOException {
    CsvFormat format =
        new CsvFormat(',', '"', StandardCharsets.UTF_8, List.of(), Map.of(), Set.of());
    CsvRows reader = new CsvRows(new LineReader(new StringReader(text)), format);
    List<String> rows = new ArrayList<>();
    for (CsvRows.CsvRecord row = reader.next(); row != null; row = reader.next()) {
      rows.add(
          row.line()
              + (row.fault() == null ? row.cells().toString() : " " + row.fault().getMessage()));
    }
    return rows;
  }
}
