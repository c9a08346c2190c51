package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Definitions;
import io.lifestage.decision.Publication;
import io.lifestage.journey.Journey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publications one after the other, and all at once. */
class ReleasesTest {
  private static final List<Source> PACK = Written.sources(journey("first", "page_viewed"));

  private static String journey(String id, String on) {
    return """
        journey: %s
        entry: {on: %s}
        steps:
          - emit: {kind: say, template: t, to: staff}
        """
        .formatted(id, on);
  }

  private static Publication publication(
      String kind, String id, int version, long at, String body) {
    return new Publication(kind, id, version, at, body, "batch-" + at, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void oneByOneOrAllAtOnceInAnyOrderTheyComeToTheSame(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> versions = new HashMap<>();
    List<Publication> all = new ArrayList<>();
    for (long at = 1; at <= 40; at++) {
      String id = random.nextInt(8) == 0 ? "traits" : "j" + random.nextInt(6);
      int version = versions.merge(id, 1, Integer::sum);
      String on = List.of("page_viewed", "product_viewed", "nonsense").get(random.nextInt(3));
      all.add(
          id.equals("traits")
              ? publication(
                  "traits",
                  "more",
                  version,
                  at,
                  "traits: more\ndefine: {t%d: {count: page_viewed}}\n".formatted(version))
              : publication("journey", id, version, at, journey(id, on)));
    }
    Releases oneByOne = Releases.of(PACK, List.of());
    for (Publication one : all) {
      assertThat(oneByOne.isFollowedBy(List.of(one))).isTrue();
      oneByOne = oneByOne.then(List.of(one));
    }
    Collections.shuffle(all, random);
    Releases atOnce = Releases.of(PACK, all);

    assertThat(oneByOne.refused()).isEqualTo(atOnce.refused()).isNotEmpty();
    assertThat(oneByOne.current()).isEqualTo(atOnce.current());
    for (long moment = 0; moment <= 41; moment++) {
      assertThat(versions(oneByOne.timeline().at(moment)))
          .as("in force at %d", moment)
          .isEqualTo(versions(atOnce.timeline().at(moment)));
    }
  }

  private static List<String> versions(Definitions definitions) {
    return definitions.journeys().values().stream().map(Journey::versioned).toList();
  }

  @Test
  void aJourneyIsCompiledOnceUnlessSomethingElseChanges() {
    Releases first = Releases.of(PACK, List.of());
    Releases second =
        first.then(
            List.of(publication("journey", "second", 1, 5, journey("second", "page_viewed"))));
    Releases third =
        second.then(
            List.of(
                publication(
                    "traits", "t", 1, 9, "traits: t\ndefine: {n: {count: page_viewed}}\n")));

    assertThat(journey(second)).isSameAs(journey(first));
    assertThat(journey(third)).isNotSameAs(journey(first));
  }

  private static Journey journey(Releases releases) {
    return releases.timeline().latest().journeys().get("first");
  }
}
