package io.lifestage.importer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The records of a CSV text, one after the other, with recovery: a record that can't be read costs
 * one line, whatever follows it.
 *
 * <p>A quoted cell may hold line ends (read as LF) for up to {@value #MAX_LINES} lines. A quote
 * that is not closed by then makes its first line a bad row, and reading goes on with the second.
 */
final class CsvRows {
  private static final int MAX_LINES = 200;

  /** A record, or a line that is none. Exactly one of {@code cells} and {@code fault} is given. */
  record CsvRecord(long line, String text, List<String> cells, BadRowException fault) {}

  private record Line(long number, String text, boolean tooLong) {}

  private final LineReader lines;
  private final CsvReader.CsvReaderBuilder strict;
  private final CsvReader.CsvReaderBuilder open;
  private final Deque<Line> pushedBack = new ArrayDeque<>();
  private long read;

  CsvRows(LineReader lines, CsvFormat format) {
    this.lines = lines;
    this.strict = parser(format).allowUnclosedQuote(false);
    this.open = parser(format).allowUnclosedQuote(true);
  }

  private static CsvReader.CsvReaderBuilder parser(CsvFormat format) {
    return CsvReader.builder()
        .fieldSeparator(format.delimiter())
        .quoteCharacter(format.quote())
        .skipEmptyLines(true)
        .detectBomHeader(false);
  }

  /** The next record that is not blank, or null at the end. */
  CsvRecord next() throws IOException {
    Line line = take();
    while (line != null && !line.tooLong && line.text.isBlank()) {
      line = take();
    }
    if (line == null) {
      return null;
    }
    if (line.tooLong) {
      return bad(line, "the line is longer than " + LineReader.MAX_LENGTH + " characters", "");
    }
    return record(line);
  }

  private CsvRecord record(Line first) throws IOException {
    StringBuilder text = new StringBuilder(first.text);
    Deque<Line> taken = new ArrayDeque<>();
    while (true) {
      String record = text.toString();
      try {
        return new CsvRecord(first.number, record, cells(strict, record), null);
      } catch (CsvParseException e) {
        if (!endsInsideQuotes(record)) {
          giveBack(taken);
          return bad(first, "text after the quote that closes a cell", "");
        }
      }
      Line more = taken.size() < MAX_LINES ? take() : null;
      if (more != null) {
        taken.addLast(more);
      }
      if (more == null
          || more.tooLong
          || text.length() + more.text.length() >= LineReader.MAX_LENGTH) {
        giveBack(taken);
        return bad(first, "a quote is opened and not closed", "");
      }
      text.append('\n').append(more.text);
    }
  }

  private boolean endsInsideQuotes(String text) {
    try {
      cells(open, text);
      return true;
    } catch (CsvParseException e) {
      return false;
    }
  }

  private static List<String> cells(CsvReader.CsvReaderBuilder parser, String text) {
    return parser.ofSingleCsvRecord(text).getFields();
  }

  private static CsvRecord bad(Line line, String reason, String detail) {
    return new CsvRecord(line.number, line.text, null, new BadRowException(reason, detail));
  }

  private void giveBack(Deque<Line> taken) {
    while (!taken.isEmpty()) {
      pushedBack.addFirst(taken.removeLast());
    }
  }

  private Line take() throws IOException {
    if (!pushedBack.isEmpty()) {
      return pushedBack.removeFirst();
    }
    String text = lines.next();
    return text == null ? null : new Line(++read, text, lines.tooLong());
  }
}
