package io.lifestage.operator;

import static io.lifestage.operator.Shopping.NOON;
import static io.lifestage.operator.Shopping.placed;
import static io.lifestage.operator.Shopping.viewed;
import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Publication;
import io.lifestage.definition.Kind;
import io.lifestage.definition.Library;
import io.lifestage.definition.RetailPack;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions that are published while the job runs. */
@SuppressWarnings("try") // Flink's harness declares close() with every exception.
class PublishedDefinitionsTest {
  private static final String GREETING =
      """
      journey: greeting
      entry: {on: product_viewed}
      re-entry: every-time
      steps:
        - emit: {kind: greeting, template: hello, to: staff}
      """;

  @Test
  void aJourneyIsInForceFromItsMomentOn() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.publish(journey("greeting", 1, Duration.ofMinutes(10), GREETING, "b", 1))
          .arrive(viewed("ada", Duration.ofMinutes(9)), viewed("ada", Duration.ofMinutes(11)))
          .passTo(NOON + Duration.ofMinutes(20).toMillis());

      assertThat(slot.said(Topic.TRIGGERS, "kind")).containsExactly("greeting");
      assertThat(slot.said(Topic.TRIGGERS, "at"))
          .containsExactly(String.valueOf(NOON + Duration.ofMinutes(11).toMillis()));
    }
  }

  @Test
  void whatDoesNotWorkIsADeadLetterAndWhatHeldBeforeGoesOn() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.publish(
              journey("greeting", 1, Duration.ZERO, GREETING, "b1", 1),
              journey("greeting", 2, Duration.ZERO, GREETING.replace("kind", "kin"), "b2", 1))
          .arrive(viewed("ada", Duration.ofMinutes(1)))
          .passTo(NOON + Duration.ofMinutes(5).toMillis());

      assertThat(slot.said(Topic.TRIGGERS, "kind")).containsExactly("greeting");
      OutboundRecord letter = slot.records(Topic.DEAD_LETTERS).get(0);
      assertThat(letter.headers())
          .containsEntry("lifestage.reason", "invalid_definition")
          .hasEntrySatisfying(
              "lifestage.detail",
              detail ->
                  assertThat(detail).contains("journey/greeting@2:5:12", "did you mean 'kind'"));
    }
  }

  @Test
  void aVersionIsNeverChanged() throws Exception {
    try (Slot slot = Slot.fresh()) {
      Publication one = journey("greeting", 1, Duration.ZERO, GREETING, "b1", 1);
      slot.publish(one, one);
      assertThat(slot.records(Topic.DEAD_LETTERS)).isEmpty();

      slot.publish(journey("greeting", 1, Duration.ZERO, GREETING + "tags: [a]\n", "b2", 1));
      assertThat(slot.records(Topic.DEAD_LETTERS)).hasSize(1);
    }
  }

  @Test
  void aBatchTakesEffectAsAWholeOrNotAtAll() throws Exception {
    String needs =
        GREETING.replace("{on: product_viewed}", "{on: product_viewed, when: traits.t > 0}");
    Publication traits =
        new Publication(
            "traits",
            "more",
            1,
            NOON,
            "traits: more\ndefine: {t: {count: product_viewed}}\n",
            "b",
            2);
    try (Slot slot = Slot.fresh()) {
      slot.publish(journey("greeting", 1, Duration.ZERO, needs, "b", 2))
          .arrive(viewed("ada", Duration.ofMinutes(1)))
          .passTo(NOON + Duration.ofMinutes(2).toMillis());
      assertThat(slot.records(Topic.TRIGGERS)).isEmpty();
      assertThat(slot.records(Topic.DEAD_LETTERS)).isEmpty();

      slot.publish(traits)
          .arrive(viewed("ada", Duration.ofMinutes(3)))
          .passTo(NOON + Duration.ofMinutes(4).toMillis());
      assertThat(slot.records(Topic.TRIGGERS)).hasSize(1);
    }
    try (Slot slot = Slot.fresh()) {
      slot.publish(
          journey("greeting", 1, Duration.ZERO, GREETING, "b", 2),
          journey("other", 1, Duration.ZERO, "journey: other\n", "b", 2));
      assertThat(slot.records(Topic.DEAD_LETTERS)).hasSize(2);
      slot.arrive(viewed("ada", Duration.ofMinutes(1)))
          .passTo(NOON + Duration.ofMinutes(2).toMillis());
      assertThat(slot.records(Topic.TRIGGERS)).isEmpty();
    }
  }

  @Test
  void aSnapshotRemembersWhatWasPublished() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.publish(journey("greeting", 1, Duration.ZERO, GREETING, "b", 1));
      slot.arrive(placed("ada", "o1", Duration.ofMinutes(1)));
      var snapshot = slot.snapshot();
      try (Slot again = Slot.starting(new HashMapStateBackend(), Long.MAX_VALUE, 1, 0, snapshot)) {
        again
            .arrive(viewed("ada", Duration.ofMinutes(2)))
            .passTo(NOON + Duration.ofMinutes(5).toMillis());

        assertThat(again.said(Topic.TRIGGERS, "kind")).containsExactly("greeting");
      }
    }
  }

  @Test
  void whatTheJobWasFoundedOnIsKnownAndAnotherFoundingIsRefused() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.publish(
          RetailPack.sources().stream()
              .map(source -> founding(Library.title(source), source.text()))
              .toArray(Publication[]::new));
      assertThat(slot.records(Topic.DEAD_LETTERS)).isEmpty();

      slot.publish(founding(new Library.Title(Kind.JOURNEY, "greeting", 1, false), GREETING));
      assertThat(slot.records(Topic.DEAD_LETTERS)).hasSize(1);
    }
  }

  @Test
  void ofTwoWhoPublishAtOnceTheLaterIsRefusedWithAllOfTheirBatch() throws Exception {
    try (Slot slot = Slot.fresh()) {
      slot.publish(
          journey("greeting", 1, Duration.ZERO, GREETING, "one", 1),
          journey("third", 1, Duration.ZERO, GREETING.replace("greeting", "third"), "two", 3),
          journey("greeting", 1, Duration.ZERO, GREETING.replace("hello", "bye"), "two", 3),
          journey("other", 1, Duration.ZERO, GREETING.replace("greeting", "other"), "two", 3));

      assertThat(slot.records(Topic.DEAD_LETTERS)).hasSize(3);
      slot.publish(
              journey("third", 1, Duration.ZERO, GREETING.replace("greeting", "third"), "four", 1))
          .arrive(viewed("ada", Duration.ofMinutes(1)))
          .passTo(NOON + Duration.ofMinutes(2).toMillis());
      assertThat(slot.said(Topic.TRIGGERS, "journey"))
          .containsExactlyInAnyOrder("greeting", "third");
    }
  }

  private static Publication founding(Library.Title title, String text) {
    return new Publication(
        title.kind().word(), title.id(), title.version(), NOON, text, Publication.FOUNDING + 1, 9);
  }

  @Test
  void oneOfManySubtasksSaysThatSomethingIsRefused() throws Exception {
    Publication bad = journey("greeting", 1, Duration.ZERO, "journey: greeting\n", "b", 1);
    for (int index : List.of(0, 1)) {
      try (Slot slot = Slot.starting(new HashMapStateBackend(), Long.MAX_VALUE, 2, index, null)) {
        slot.publish(bad);
        assertThat(slot.records(Topic.DEAD_LETTERS)).hasSize(1 - index);
      }
    }
  }

  private static final String PATIENT =
      """
      journey: patient
      in-flight: migrate
      entry: {on: product_viewed}
      steps:
        - {name: rest, delay: %s}
        - emit: {kind: patient, template: hello, to: staff}
      """;

  @ParameterizedTest
  @MethodSource("io.lifestage.operator.CustomerLifecycleTest#backends")
  void whoWaitsHearsOfANewVersionAtItsMoment(StateBackend backend) throws Exception {
    Publication first = journey("patient", 1, Duration.ZERO, PATIENT.formatted("30d"), "b1", 1);
    Publication shorter =
        journey("patient", 2, Duration.ofHours(3), PATIENT.formatted("1h"), "b2", 1);
    OperatorSubtaskState snapshot;
    try (Slot slot = Slot.starting(backend, Long.MAX_VALUE, 1, 0, null)) {
      slot.publish(first);
      for (String customer : List.of("ada", "bob", "cem")) {
        slot.arrive(viewed(customer, Duration.ofMinutes(1)));
      }
      slot.arrive(placed("dan", "o1", Duration.ofMinutes(1)));
      slot.passTo(NOON + Duration.ofHours(2).toMillis());
      slot.publish(shorter);
      assertThat(slot.timers()).as("one for each customer").isEqualTo(4);
      snapshot = slot.snapshot();
    }
    try (Slot slot = Slot.starting(backend, Long.MAX_VALUE, 1, 0, snapshot)) {
      long moment = NOON + Duration.ofHours(3).toMillis();
      slot.passTo(moment - 1);
      assertThat(slot.records(Topic.TRIGGERS)).isEmpty();

      slot.passTo(moment);

      assertThat(slot.said(Topic.TRIGGERS, "customer"))
          .containsExactlyInAnyOrder("ada", "bob", "cem");
      assertThat(slot.said(Topic.TRIGGERS, "at")).containsOnly(String.valueOf(moment));
      assertThat(slot.said(Topic.DECISIONS, "outcome"))
          .containsExactlyInAnyOrder("MIGRATED", "FIRED", "MIGRATED", "FIRED", "MIGRATED", "FIRED");
      assertThat(slot.timers()).isEqualTo(4);
    }
  }

  private static Publication journey(
      String id, int version, Duration after, String text, String batch, int size) {
    return new Publication("journey", id, version, NOON + after.toMillis(), text, batch, size);
  }
}
