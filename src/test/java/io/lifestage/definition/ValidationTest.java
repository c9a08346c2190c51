package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.decision.Definitions;
import io.lifestage.journey.Entry;
import io.lifestage.journey.InstanceKey;
import io.lifestage.journey.Journey;
import io.lifestage.journey.ReEntry;
import io.lifestage.journey.Step;
import io.lifestage.lifecycle.Condition;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Move;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.trait.Trait;
import io.lifestage.trait.Window;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Definitions that cannot work are refused when they are made, not when a customer meets them. */
class ValidationTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Step.Emit WORD = Step.Emit.email("word", "word", "word");

  @Test
  void theRetailPackIsSound() {
    assertThatCode(RetailPack::definitions).doesNotThrowAnyException();
    assertThat(RetailPack.journeys()).extracting(Journey::id).doesNotHaveDuplicates().hasSize(7);
  }

  @Test
  void onlyTheThankYouOfThePackIsDecidedOnArrival() {
    assertThat(RetailPack.journeys())
        .filteredOn(Journey::decidedOnArrival)
        .extracting(Journey::id)
        .containsExactly("thank-you");
  }

  @Test
  void aMoveNamesStagesOfItsModel() {
    refused(() -> model(move("a", "nowhere", DAY)), "names a stage that is not in");
    refused(() -> model(move("nowhere", "a", DAY)), "names a stage that is not in");
  }

  @Test
  void aModelHasStagesEachOnce() {
    refused(() -> new StageModel("m", 1, List.of(), Set.of(), List.of()), "has no stage");
    refused(() -> new StageModel("m", 1, List.of("a", "a"), Set.of(), List.of()), "named twice");
  }

  @Test
  void aMoveHappensForAReason() {
    refused(() -> model(silent("a", "b", Duration.ZERO)), "must be positive");
    refused(() -> model(move("a", "b", DAY.negated())), "must be positive");
    refused(
        () ->
            model(new Move(Set.of("a"), "b", new Move.On(Set.of(), Condition.ALWAYS), false, "x")),
        "no event type");
  }

  @Test
  void timeAloneLeadsNobodyInACircle() {
    refused(() -> model(silent("a", "b", DAY), silent("b", "c", DAY)), "would never end");
    refused(() -> model(move("a", "b", DAY), move("b", "a", DAY)), "would never end");
    refused(
        () -> model(silent("a", "b", DAY), move("b", "c", DAY), move("c", "a", DAY)),
        "would never end");
    assertThatCode(() -> model(move("a", "b", DAY), silent("b", "c", DAY)))
        .doesNotThrowAnyException();
  }

  @Test
  void aJourneyDoesSomething() {
    refused(() -> journey("j", 1), "has no step");
    refused(() -> journey("j", 1, WORD, WORD), "two steps are called word");
    refused(() -> new Entry.OnEvent(Set.of()), "no event type");
    refused(() -> new Entry.OnStage(Set.of()), "no stage");
    refused(() -> new Step.Delay(DAY.negated()), "must not be negative");
    refused(() -> Step.Hold.forSilence(Duration.ZERO, Set.of("x"), DAY), "must be positive");
    refused(() -> Step.Hold.forSilence(DAY, Set.of("x"), DAY.minusMillis(1)), "longer than it may");
  }

  @Test
  void journeysOfOneSetHaveTheirOwnNamesAndKnownStages() {
    refused(() -> set(journey("j", 1, WORD), journey("j", 1, WORD)), "two journeys are j@1");
    Journey lost =
        new Journey(
            "j",
            1,
            false,
            new Entry.OnStage(Set.of("nowhere")),
            Condition.ALWAYS,
            new InstanceKey.PerCycle(),
            new ReEntry.Once(),
            List.of(WORD),
            List.of());
    refused(() -> set(lost), "journey j waits for the stage nowhere");
  }

  @Test
  void traitsHaveTheirOwnNamesAndWhatTheyNeed() {
    Trait trait = Trait.count("t", Window.allTime(), 1, Set.of(EventType.PAGE_VIEWED));
    refused(
        () -> new Definitions(RetailPack.stages(), List.of(trait, trait), List.of()),
        "two traits are called t");
    refused(() -> Trait.count("t", Window.allTime(), 0, Set.of()), "atMost must be positive");
    refused(() -> Trait.unique("t", null, Window.allTime(), 1, Set.of()), "needs an attribute");
    refused(
        () ->
            Trait.count("t", Window.allTime(), 1, Set.of())
                .undoneBy(Set.of(EventType.PAGE_VIEWED), Condition.ALWAYS),
        "only a unique count");
  }

  private static void refused(ThrowingCallable definition, String why) {
    assertThatThrownBy(definition)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static StageModel model(Move... moves) {
    return new StageModel("m", 1, List.of("a", "b", "c"), Set.of(), List.of(moves));
  }

  private static Move move(String from, String to, Duration stay) {
    return new Move(Set.of(from), to, new Move.AfterStay(stay), false, "stay");
  }

  private static Move silent(String from, String to, Duration silence) {
    return new Move(Set.of(from), to, new Move.AfterSilence(silence), false, "silence");
  }

  private static Definitions set(Journey... journeys) {
    return new Definitions(RetailPack.stages(), RetailPack.traits(), List.of(journeys));
  }

  private static Journey journey(String id, int version, Step... steps) {
    return new Journey(
        id,
        version,
        false,
        new Entry.OnEvent(Set.of(EventType.PAGE_VIEWED)),
        Condition.ALWAYS,
        new InstanceKey.PerCustomer(),
        new ReEntry.Once(),
        List.of(steps),
        List.of());
  }
}
