package io.lifestage.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** The mistakes found in one file, gathered so that one run shows them all. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void add(Node node, String what, String hint) {
    add(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, what, hint);
  }

  void add(int line, int column, String what, String hint) {
    Problem problem = new Problem(file, line, column, what, hint);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** All of them, in the order of the file. */
  List<Problem> inOrder() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
