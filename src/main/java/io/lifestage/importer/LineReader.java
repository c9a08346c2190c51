package io.lifestage.importer;

import java.io.IOException;
import java.io.Reader;

/**
 * Lines of a text of any size, ended by LF, CRLF or CR. A line beyond {@link #MAX_LENGTH} is cut
 * off there and said to be so, for binary files can be one line.
 */
final class LineReader {
  static final int MAX_LENGTH = 1 << 20;

  private final Reader reader;
  private final char[] buffer = new char[1 << 16];
  private int position;
  private int limit;
  private boolean afterReturn;
  private boolean tooLong;

  LineReader(Reader reader) {
    this.reader = reader;
  }

  /** The next line without its end, or null at the end of the text. */
  String next() throws IOException {
    StringBuilder started = null;
    tooLong = false;
    while (true) {
      if (position == limit && !fill()) {
        return started == null ? null : started.toString();
      }
      if (afterReturn) {
        afterReturn = false;
        if (buffer[position] == '\n') {
          position++;
          continue;
        }
      }
      int end = position;
      while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
        end++;
      }
      boolean ended = end < limit;
      if (ended && started == null) {
        String line = new String(buffer, position, end - position);
        end(end);
        return line;
      }
      started = started == null ? new StringBuilder() : started;
      int room = MAX_LENGTH - started.length();
      tooLong |= end - position > room;
      started.append(buffer, position, Math.min(room, end - position));
      if (ended) {
        end(end);
        return started.toString();
      }
      position = end;
    }
  }

  /** Whether the line last returned is only the beginning of what stands in the file. */
  boolean tooLong() {
    return tooLong;
  }

  private void end(int end) {
    afterReturn = buffer[end] == '\r';
    position = end + 1;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, reader.read(buffer));
    return limit > 0;
  }
}
