package io.lifestage.explain;

import io.lifestage.wire.PrintedRecord;
import java.util.stream.Collectors;

/** Moves between stages, told. */
final class Stages {
  private Stages() {}

  /** The end of a sentence that begins with the customer. */
  static String told(PrintedRecord move, Evidence evidence) {
    String from = move.text("from");
    return "%s %s because of '%s', evidence %s"
        .formatted(
            from == null ? "came into" : "went from " + from + " to",
            move.text("to"),
            move.text("cause"),
            move.texts("evidence").isEmpty()
                ? "none"
                : move.texts("evidence").stream()
                    .map(evidence::cause)
                    .map(Places::told)
                    .collect(Collectors.joining(", ")));
  }
}
