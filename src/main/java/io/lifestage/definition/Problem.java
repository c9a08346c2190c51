package io.lifestage.definition;

/**
 * One mistake in a definition.
 *
 * @param file where
 * @param line in the file, the first being 1
 * @param column in the line, the first being 1
 * @param what is wrong
 * @param hint what was probably meant, or how to mend it; may be empty
 */
public record Problem(String file, int line, int column, String what, String hint) {
  @Override
  public String toString() {
    String place = file + ":" + line + ":" + column + ": ";
    return place + what + (hint.isEmpty() ? "" : "; " + hint);
  }
}
