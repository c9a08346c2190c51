package io.lifestage.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.lifestage.importer.BadRow;
import io.lifestage.importer.ImportWatcher;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** Shows how an import goes, and keeps the rows that gave no event. */
final class ImportProgress implements ImportWatcher, Closeable {
  private static final int SHOWN = 10;
  private static final long EVERY_NANOS = 500_000_000;

  private final PrintWriter err;
  private final CsvWriter rows;
  private final boolean terminal = Ansi.AUTO.enabled();
  private final long since = System.nanoTime();
  private long sendingSince;
  private long shownAt;
  private int bad;

  /**
   * What is shown and kept.
   *
   * @param badRows file for the rows that gave no event, or null
   */
  ImportProgress(PrintWriter err, Path badRows) throws IOException {
    this.err = err;
    this.rows = badRows == null ? null : CsvWriter.builder().build(badRows);
    if (rows != null) {
      rows.writeRecord("line", "kind", "reason", "beginning of the row");
    }
  }

  @Override
  public void reading(long read, long badSoFar, double share) {
    if (isDue(share == 1)) {
      show(
          "%,d rows read, %,.0f/s, %d %%, %,d bad"
              .formatted(read, rate(read, since), Math.round(share * 100), badSoFar));
    }
  }

  @Override
  public void sending(long sent, long events) {
    if (sendingSince == 0) {
      sendingSince = System.nanoTime();
    }
    if (sent > 0 && isDue(sent == events)) {
      show("%,d of %,d events sent, %,.0f/s".formatted(sent, events, rate(sent, sendingSince)));
    }
  }

  @Override
  public void bad(BadRow row) {
    if (rows != null) {
      rows.writeRecord(
          String.valueOf(row.line()),
          row.leftOut() ? "left out" : "bad",
          row.message(),
          row.text());
    }
    if (row.leftOut()) {
      return;
    }
    bad++;
    if (bad <= SHOWN) {
      clear();
      err.printf("line %d: %s%n", row.line(), row.message());
    } else if (bad == SHOWN + 1) {
      clear();
      err.printf("more bad rows follow%s%n", rows == null ? "; --bad-rows FILE keeps them" : "");
    }
    err.flush();
  }

  /** Leaves a clean line for what comes next. */
  void end() {
    clear();
    err.flush();
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
  }

  private boolean isDue(boolean last) {
    long now = System.nanoTime();
    if (!last && now - shownAt < (terminal ? EVERY_NANOS : 20 * EVERY_NANOS)) {
      return false;
    }
    shownAt = now;
    return true;
  }

  private void show(String text) {
    err.print(terminal ? "\r\033[K" + text : text + System.lineSeparator());
    err.flush();
  }

  private void clear() {
    if (terminal) {
      err.print("\r\033[K");
    }
  }

  private static double rate(long count, long since) {
    return count * 1e9 / Math.max(1, System.nanoTime() - since);
  }
}
