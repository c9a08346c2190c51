package io.lifestage.importer;

import java.util.List;

/** A mapping that can't be used; says every mistake with its file, line and a hint. */
public final class MappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One mistake.
   *
   * @param line in the mapping, the first being 1
   * @param hint how to mend it
   */
  public record Problem(String file, int line, String what, String hint) {
    @Override
    public String toString() {
      return file + ":" + line + ": " + what + (hint.isEmpty() ? "" : "; " + hint);
    }
  }

  private final transient List<Problem> problems;

  MappingException(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(Problem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
