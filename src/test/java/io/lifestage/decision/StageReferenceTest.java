package io.lifestage.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.lifecycle.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The core's stages are those of a reference that shares no code with it. */
class StageReferenceTest {
  private static final int HISTORIES = 4000;

  @Test
  void theCoreMovesCustomersAsTheReferenceDoes() {
    Set<String> seen = new HashSet<>();
    for (long seed = 1; seed <= HISTORIES; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(60);
      List<Event> history =
          seed % 4 == 0 ? Histories.lively(random, size) : Histories.random(random, size);
      Runner runner = new Runner();
      history.forEach(runner::arrive);
      runner.leapTo(Long.MAX_VALUE);

      List<String> moves =
          runner.effects.transitions().stream()
              .map(
                  t ->
                      "%s > %s: %s, %d, %d"
                          .formatted(
                              t.from() == null ? "nobody" : t.from(),
                              t.to(),
                              t.cause(),
                              t.cycle(),
                              t.at()))
              .toList();
      assertThat(moves).as("seed %d", seed).isEqualTo(StageReference.moves(history));
      moves.forEach(move -> seen.add(move.substring(0, move.indexOf(','))));
    }
    assertThat(seen).as("every move of the model was made").hasSizeGreaterThanOrEqualTo(26);
  }
}
