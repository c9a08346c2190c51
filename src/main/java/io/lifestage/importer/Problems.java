package io.lifestage.importer;

import io.lifestage.importer.MappingException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found in a mapping, gathered so that one run shows them all. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(int line, String what, String hint) {
    Problem problem = new Problem(file, line, what, hint);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line));
      throw new MappingException(found);
    }
  }
}
