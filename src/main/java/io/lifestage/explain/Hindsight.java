package io.lifestage.explain;

import io.lifestage.wire.PrintedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What late events that came in after a moment have changed of what was before it. Only the
 * decisions that they took back say when they came; a late event that took none back leaves no
 * trace of when that was.
 */
final class Hindsight {
  private final Set<String> events = new HashSet<>();

  /** Of when the decisions are that they took back, and nobody else did before. */
  private final Set<Instant> moments = new HashSet<>();

  private Hindsight() {}

  /**
   * Looks at what was taken back.
   *
   * @param decisions all there are
   * @param known those that were written up to the moment
   */
  static Hindsight of(List<PrintedRecord> decisions, List<PrintedRecord> known) {
    Hindsight hindsight = new Hindsight();
    for (TakenBack gone : takenBack(decisions)) {
      hindsight.events.add(gone.by().text("decided_by"));
      hindsight.moments.add(gone.what().time("at"));
    }
    for (TakenBack gone : takenBack(known)) {
      hindsight.events.remove(gone.by().text("decided_by"));
      hindsight.moments.remove(gone.what().time("at"));
    }
    return hindsight;
  }

  private static List<TakenBack> takenBack(List<PrintedRecord> decisions) {
    return decisions.stream().map(TakenBack::by).filter(Objects::nonNull).toList();
  }

  /** Whether one of these events made the engine decide: also what it was decided on arrival. */
  boolean hasDecided(PrintedRecord decision) {
    String by = decision.text("decided_by");
    return by != null && events.contains(by);
  }

  /**
   * The moves without what these events changed of them. What is withdrawn stands before what comes
   * in its place, which names the event; a decision of the same moment tells the stage, and was
   * taken back together with the move.
   */
  List<PrintedRecord> without(List<PrintedRecord> moves) {
    List<PrintedRecord> known = new ArrayList<>();
    List<PrintedRecord> withdrawn = new ArrayList<>();
    for (PrintedRecord move : moves) {
      if (move.flag("withdrawn") && moments.contains(move.time("at"))) {
        return known;
      } else if (move.flag("withdrawn")) {
        withdrawn.add(move);
      } else if (move.texts("evidence").stream().anyMatch(events::contains)) {
        return known;
      } else {
        known.addAll(withdrawn);
        withdrawn.clear();
        known.add(move);
      }
    }
    known.addAll(withdrawn);
    return known;
  }
}
