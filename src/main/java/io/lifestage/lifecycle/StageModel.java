package io.lifestage.lifecycle;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A cyclic machine of lifecycle stages.
 *
 * @param id its name
 * @param version counted up with every change
 * @param stages the stages in the order in which people read them, the one of lost customers last
 * @param activity the event types by which a customer shows a sign of life; what staff, carriers
 *     and mail servers do is none
 * @param moves tried in this order; the first that applies is taken, then the list is tried again
 *     from the stage reached, each stage entered at most once per event
 */
public record StageModel(
    String id, int version, List<String> stages, Set<String> activity, List<Move> moves) {

  public StageModel {
    stages = List.copyOf(stages);
    activity = Set.copyOf(activity);
    moves = List.copyOf(moves);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("stage model " + id + " has no stage");
    }
    Set<String> known = new HashSet<>(stages);
    if (known.size() < stages.size()) {
      throw new IllegalArgumentException(
          "stage model " + id + ": a stage is named twice in " + stages);
    }
    for (Move move : moves) {
      if (!known.contains(move.to()) || !known.containsAll(move.from())) {
        throw new IllegalArgumentException(
            "stage model "
                + id
                + ": move "
                + move.from()
                + " -> "
                + move.to()
                + " names a stage that is not in "
                + stages);
      }
      if (move.when() instanceof Move.AfterSilence && silenceLeaves(moves, move.to())) {
        throw new IllegalArgumentException(
            "stage model "
                + id
                + ": silence leads to "
                + move.to()
                + ", and from there again; the same silence would never end");
      }
    }
    for (String stage : stages) {
      if (timeLeadsBack(moves, stage)) {
        throw new IllegalArgumentException(
            "stage model "
                + id
                + ": time alone leads from "
                + stage
                + " back to it; that would never end");
      }
    }
  }

  private static boolean silenceLeaves(List<Move> moves, String stage) {
    return moves.stream().anyMatch(m -> m.when() instanceof Move.AfterSilence && m.leaves(stage));
  }

  private static boolean timeLeadsBack(List<Move> moves, String stage) {
    Set<String> reached = new HashSet<>(Set.of(stage));
    boolean further = true;
    while (further) {
      further = false;
      for (Move move : moves) {
        boolean byTime =
            move.when() instanceof Move.AfterSilence || move.when() instanceof Move.AfterStay;
        if (byTime && move.from().stream().anyMatch(reached::contains)) {
          if (move.to().equals(stage)) {
            return true;
          }
          further |= reached.add(move.to());
        }
      }
    }
    return false;
  }

  /** The stage of customers who are lost. */
  public String lost() {
    return stages.get(stages.size() - 1);
  }

  /**
   * Whether a customer is lost by this move: to the stage of the lost, or back to an earlier one.
   */
  public boolean isLoss(String from, String to) {
    if (from.equals(lost())) {
      return false;
    }
    return to.equals(lost()) || stages.indexOf(to) < stages.indexOf(from);
  }

  /** Whether a customer goes on to a later stage by this move, within a cycle. */
  public boolean isAdvance(String from, String to) {
    return !to.equals(lost()) && stages.indexOf(to) > stages.indexOf(from);
  }
}
