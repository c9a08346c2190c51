package io.lifestage.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The mistakes found in one file, gathered so that one run shows them all; and its doubts: what
 * works, and was hardly meant so.
 */
final class Problems {
  private final Source source;
  private final List<Problem> found = new ArrayList<>();
  private final List<Problem> doubts = new ArrayList<>();

  Problems(Source source) {
    this.source = source;
  }

  /** For who only looks something up: what is wrong there is noted where it is read. */
  static Problems unheard() {
    return new Problems(new Source("", ""));
  }

  void add(Node node, String what, String hint) {
    note(found, place(node), what, hint);
  }

  /** Notes a mistake at a letter of a text, counted in code points of its value. */
  void add(ScalarNode node, int offset, String what, String hint) {
    note(found, new Letters(source.text(), node).of(offset), what, hint);
  }

  /** Notes a mistake at a line and a column of a text's value, the first being 1 and 0. */
  void add(ScalarNode node, int line, int column, String what, String hint) {
    Letters letters = new Letters(source.text(), node);
    note(found, letters.of(letters.offset(line, column)), what, hint);
  }

  void add(int line, int column, String what, String hint) {
    note(found, new Letters.Place(line, column), what, hint);
  }

  /** Notes what works, and was hardly meant so. */
  void doubt(Node node, String what, String hint) {
    note(doubts, place(node), what, hint);
  }

  /** Notes the like at a letter of a text, counted in code points of its value. */
  void doubt(ScalarNode node, int offset, String what, String hint) {
    note(doubts, new Letters(source.text(), node).of(offset), what, hint);
  }

  private static Letters.Place place(Node node) {
    return new Letters.Place(
        node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }

  private void note(List<Problem> where, Letters.Place place, String what, String hint) {
    Problem problem = new Problem(source.file(), place.line(), place.column(), what, hint);
    if (!where.contains(problem)) {
      where.add(problem);
    }
  }

  /** Whether this letter stands in the file where the text ends. */
  boolean isFollowedBy(ScalarNode node, char letter) {
    int end = source.text().offsetByCodePoints(0, node.getEndMark().getIndex());
    return end < source.text().length() && source.text().charAt(end) == letter;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** All mistakes, in the order of the file. */
  List<Problem> inOrder() {
    return inOrder(found);
  }

  /** All doubts, in the order of the file. */
  List<Problem> doubts() {
    return inOrder(doubts);
  }

  private static List<Problem> inOrder(List<Problem> problems) {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
