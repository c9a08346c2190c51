package io.lifestage.importer;

import java.util.List;
import java.util.Set;

/**
 * One record of the file.
 *
 * @param line where it begins in the file, the first line being 1
 * @param header the names of its cells
 * @param cells as many as the header has names
 * @param empty texts that stand for an empty cell, such as NULL
 */
record Row(long line, Header header, List<String> cells, Set<String> empty) {

  /** Longer texts are no ids, names or amounts, and would not fit into a Kafka record. */
  private static final int MAX_LENGTH = 4096;

  /** The text of a column without the space around it; empty where the cell has none. */
  String get(String column) throws BadRowException {
    String text = cells.get(header.index(column)).strip();
    if (text.length() > MAX_LENGTH) {
      throw new BadRowException(column + " is longer than " + MAX_LENGTH + " characters", text);
    }
    if (text.indexOf('\uFFFD') >= 0) {
      throw new BadRowException(
          column + " holds bytes that are no text in the file's charset", text);
    }
    return empty.contains(text) ? "" : text;
  }
}
