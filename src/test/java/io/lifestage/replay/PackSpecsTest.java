package io.lifestage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Definitions;
import io.lifestage.definition.Library;
import io.lifestage.definition.Packs;
import io.lifestage.definition.Spec;
import io.lifestage.definition.Spec.Aspect;
import io.lifestage.definition.SpecReader;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packs do what their specifications say. */
class PackSpecsTest {
  private static final long SEED = 1;

  static List<String> packs() {
    return Packs.names();
  }

  @TestFactory
  Stream<DynamicTest> thePacksDoWhatTheirSpecificationsSay() {
    return packs().stream().flatMap(PackSpecsTest::casesOf);
  }

  private static Stream<DynamicTest> casesOf(String pack) {
    Definitions definitions = Packs.compiled(pack);
    SpecRunner runner = new SpecRunner(definitions, SEED);
    return specsOf(pack).stream()
        .flatMap(
            spec ->
                spec.cases().stream()
                    .map(
                        tested ->
                            DynamicTest.dynamicTest(
                                "%s, %s: %s".formatted(pack, spec.name(), tested.name()),
                                () -> passes(runner.run(spec, tested)))));
  }

  private static void passes(CaseResult result) {
    assertThat(result.differences())
        .as("seed %d, %s\n%s", SEED, result.failedOrder(), String.join("\n", result.story()))
        .isEmpty();
  }

  /** A journey without either is one of which nobody has said when it has to keep quiet. */
  @ParameterizedTest
  @MethodSource("packs")
  void everyJourneyHasACaseInWhichItFiresAndOneInWhichItDoesNot(String pack) {
    Set<String> fires = new TreeSet<>();
    Set<String> keepsQuiet = new TreeSet<>();
    for (Spec spec : specsOf(pack)) {
      for (Spec.Case tested : spec.cases()) {
        Set<String> expected = expectedToFire(tested);
        tested.journeys().forEach(id -> (expected.contains(id) ? fires : keepsQuiet).add(id));
      }
    }
    Set<String> journeys = new TreeSet<>(Packs.compiled(pack).journeys().keySet());

    assertThat(fires).isEqualTo(journeys);
    assertThat(keepsQuiet).isEqualTo(journeys);
  }

  private static Set<String> expectedToFire(Spec.Case tested) {
    String alone = tested.journeys().size() == 1 ? tested.journeys().iterator().next() : "";
    return tested.expectations().stream()
        .filter(expectation -> expectation.of().equals(Set.of(Aspect.TRIGGER)))
        .flatMap(expectation -> expectation.entries().stream())
        .map(entry -> entry.getOrDefault("journey", alone))
        .collect(Collectors.toSet());
  }

  private static List<Spec> specsOf(String pack) {
    return SpecReader.read(Packs.specsOf(pack), Library.of(Packs.of(pack)));
  }
}
