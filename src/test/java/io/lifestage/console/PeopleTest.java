package io.lifestage.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.console.People.Where;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> STAGES = List.of("new", "looking", "buying", "gone");

  private final People people = new People();

  /** Profiles in any order, erasures among them: the counts are those of a map of everybody. */
  @Test
  void countsAreThoseOfTheLastProfileOfEach() {
    long seed = 20260301;
    Random random = new Random(seed);
    Map<String, String> stageOf = new HashMap<>();
    Map<String, List<Where>> whereOf = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      String customer = "c-" + random.nextInt(9_000);
      if (random.nextInt(10) == 0) {
        people.take(customer, null);
        stageOf.remove(customer);
        whereOf.remove(customer);
      } else {
        String stage = STAGES.get(random.nextInt(4));
        // Some wait where many wait, and some in two steps in which hardly anybody else does.
        Where where = new Where("j-" + random.nextInt(5), 1, "s-" + random.nextInt(4));
        Where rare = new Where("k", 1, "s-" + random.nextInt(2_000));
        List<Where> waits =
            List.of(
                    whereOf.getOrDefault(customer, List.of()),
                    List.<Where>of(),
                    List.of(where),
                    List.of(where, rare))
                .get(random.nextInt(4));
        people.take(customer, profile(customer, stage, waits));
        stageOf.put(customer, stage);
        whereOf.put(customer, waits);
      }
    }

    assertThat(people.size()).as("seed %d", seed).isEqualTo(stageOf.size());
    for (String stage : STAGES) {
      assertThat(people.in(stage))
          .isEqualTo(stageOf.values().stream().filter(stage::equals).count());
    }
    Map<String, Long> waiting = new TreeMap<>();
    whereOf.values().forEach(all -> all.forEach(w -> waiting.merge(w.toString(), 1L, Long::sum)));
    Map<String, Long> counted = new TreeMap<>();
    people.waiting().forEach((where, count) -> counted.put(where.toString(), count));
    assertThat(counted).isEqualTo(waiting);
  }

  @Test
  void whoAloneWaitsInAStepStillWaitsWhenTheirProfileIsWrittenAgain() {
    Where step = new Where("abandoned-cart", 1, "remind");
    people.take("ada", profile("ada", "looking", List.of(step)));
    people.take("ada", profile("ada", "looking", List.of(step)));
    assertThat(people.waiting()).containsExactly(Map.entry(step, 1L));

    Where other = new Where("win-back", 1, "wait");
    people.take("bob", profile("bob", "gone", List.of(other)));
    people.take("ada", profile("ada", "buying", List.of()));
    assertThat(people.waiting()).containsExactly(Map.entry(other, 1L));
  }

  @Test
  void aConversationIsOpenUntilTheProfileSaysOtherwise() {
    Map<String, Object> chat = Told.chat("v-1", "sales", NOON, NOON.plusSeconds(5), null);
    people.take(
        "ada", Told.profile("ada", "new", Map.of("open_conversations", List.of(chat))).fields());
    assertThat(people.openChats())
        .singleElement()
        .satisfies(open -> assertThat(open.askedAt()).isEqualTo(NOON.plusSeconds(5)));

    people.take("ada", Told.profile("ada", "new", Map.of()).fields());
    assertThat(people.openChats()).isEmpty();
  }

  @Test
  void oneWhoHasNoStageIsCountedUnderNone() {
    people.take("ada", Told.profile("ada", null, Map.of()).fields());

    assertThat(people.in("")).isEqualTo(1);
    assertThat(people.stages()).isEmpty();
  }

  private static io.lifestage.wire.PrintedRecord profile(
      String customer, String stage, List<Where> waits) {
    List<Map<String, Object>> runs =
        waits.stream().map(where -> Told.run(where.journey(), 1, where.step())).toList();
    return Told.profile(customer, stage, Map.of("journeys", runs)).fields();
  }
}
