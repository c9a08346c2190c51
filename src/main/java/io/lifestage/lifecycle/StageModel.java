package io.lifestage.lifecycle;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A cyclic machine of lifecycle stages.
 *
 * @param id its name
 * @param version counted up with every change
 * @param stages the stages in the order in which people read them
 * @param activity the event types by which a customer shows a sign of life; what staff, carriers and
 *     mail servers do is none
 * @param moves tried in this order; the first that applies is taken, then the list is tried again
 *     from the stage reached, each stage entered at most once per event
 */
public record StageModel(
    String id, int version, List<String> stages, Set<String> activity, List<Move> moves) {

  public StageModel {
    stages = List.copyOf(stages);
    activity = Set.copyOf(activity);
    moves = List.copyOf(moves);
    Set<String> known = new HashSet<>(stages);
    for (Move move : moves) {
      if (!known.contains(move.to()) || !known.containsAll(move.from())) {
        throw new IllegalArgumentException(
            "stage model " + id + ": move " + move.from() + " -> " + move.to()
                + " names a stage that is not in " + stages);
      }
    }
  }
}
