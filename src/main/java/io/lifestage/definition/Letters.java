package io.lifestage.definition;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Where each letter of a text stands in its file. YAML folds lines, strips margins and reads
 * escapes, but it keeps the order of all that is no blank, and adds none: the n-th such letter of
 * the value is the n-th of what is written. Offsets are counted in code points, as SnakeYAML and
 * the Common Expression Language count them.
 */
final class Letters {
  private static final String BREAKS = "\n\r\u0085\u2028\u2029";
  private static final String ESCAPED_BLANKS = "ntrvfNLP_ \t";

  private final int[] file;
  private final int[] value;
  private final ScalarStyle style;
  private final Place start;
  private final List<Place> written = new ArrayList<>();
  private int at;
  private int line;
  private int column;

  /**
   * A place in a file.
   *
   * @param line the first being 1
   * @param column the first being 1
   */
  record Place(int line, int column) {}

  /**
   * Reads what is written.
   *
   * @param file all of the file's text
   * @param node a part of it
   */
  Letters(String file, ScalarNode node) {
    this.file = file.codePoints().toArray();
    this.value = node.getValue().codePoints().toArray();
    this.style = node.getScalarStyle();
    this.at = node.getStartMark().getIndex();
    this.line = node.getStartMark().getLine() + 1;
    this.column = node.getStartMark().getColumn() + 1;
    this.start = here();
    int end = Math.min(node.getEndMark().getIndex(), this.file.length);
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      skipHeader(end);
    } else if (style != ScalarStyle.PLAIN) {
      step();
      end--;
    }
    while (at < end) {
      read();
    }
  }

  /** The place of a letter, or of where one would stand behind the last before it. */
  Place of(int offset) {
    int before = 0;
    for (int i = 0; i < Math.min(offset, value.length); i++) {
      before += isBlank(value[i]) ? 0 : 1;
    }
    boolean stands = offset >= 0 && offset < value.length && !isBlank(value[offset]);
    if (stands && before < written.size()) {
      return written.get(before);
    }
    if (before == 0 || before > written.size()) {
      return start;
    }
    Place last = written.get(before - 1);
    return new Place(last.line, last.column + 1);
  }

  /** The offset of a line and a column of the value, the first line being 1, the first column 0. */
  int offset(int ofLine, int ofColumn) {
    int from = 0;
    for (int i = 0, breaks = 1; i < value.length && breaks < ofLine; i++) {
      if (value[i] == '\n') {
        breaks++;
        from = i + 1;
      }
    }
    return from + Math.max(0, ofColumn);
  }

  private void skipHeader(int end) {
    while (at < end && BREAKS.indexOf(file[at]) < 0) {
      step();
    }
  }

  /** One letter as it is written: two or more signs where it is escaped. */
  private void read() {
    Place place = here();
    int letter = file[at];
    if (style == ScalarStyle.DOUBLE_QUOTED && letter == '\\') {
      step();
      letter = escaped();
    } else if (style == ScalarStyle.SINGLE_QUOTED && letter == '\'') {
      step();
    }
    step();
    if (!isBlank(letter)) {
      written.add(place);
    }
  }

  /** The letter that an escape stands for; goes on to the escape's last sign. */
  private int escaped() {
    int sign = at < file.length ? file[at] : ' ';
    if (BREAKS.indexOf(sign) >= 0 || ESCAPED_BLANKS.indexOf(sign) >= 0) {
      return ' ';
    }
    int digits = sign == 'x' ? 2 : sign == 'u' ? 4 : sign == 'U' ? 8 : 0;
    int letter = 0;
    for (int i = 0; i < digits && at + 1 < file.length; i++) {
      step();
      letter = letter * 16 + Character.digit(file[at], 16);
    }
    return digits == 0 ? sign : letter;
  }

  private Place here() {
    return new Place(line, column);
  }

  private void step() {
    int passed = file[at++];
    boolean isFirstOfTwo = passed == '\r' && at < file.length && file[at] == '\n';
    if (BREAKS.indexOf(passed) >= 0 && !isFirstOfTwo) {
      line++;
      column = 1;
    } else if (!isFirstOfTwo) {
      column++;
    }
  }

  private static boolean isBlank(int letter) {
    return Character.isWhitespace(letter)
        || Character.isSpaceChar(letter)
        || BREAKS.indexOf(letter) >= 0;
  }
}
