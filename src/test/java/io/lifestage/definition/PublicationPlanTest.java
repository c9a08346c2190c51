package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lifestage.decision.Publication;
import io.lifestage.journey.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicationPlanTest {
  private static final Source STAGES = new Source("stages.yaml", Written.STAGES);
  private static final Source HELLO = journey("hello", "hello");
  private static final Source BYE = journey("bye", "bye");
  private static final List<Source> PACK = List.of(STAGES, HELLO, BYE);

  private final List<Publication> published = new ArrayList<>();

  @Test
  void onlyWhatIsNewOrChangedIsPublishedWithItsNextVersion() {
    PublicationPlan plan =
        plan().with(List.of(STAGES, journey("hello", "changed"), journey("new", "new")));

    assertThat(publish(plan)).containsExactly("journey/hello@2", "journey/new@1");
    assertThat(plan.unchanged()).containsExactly("stage-model/small");
    assertThat(publish(plan().with(List.of(journey("hello", "changed"))))).isEmpty();
    assertThat(publish(plan().with(List.of(HELLO)))).containsExactly("journey/hello@3");
  }

  @Test
  void whatIsNoLongerThereIsArchivedOnRequest() {
    assertThat(publish(plan().with(List.of(HELLO)).withoutOthers()))
        .containsExactly("journey/bye@2");
    assertThat(status("bye")).isEqualTo(Status.ARCHIVED);
    assertThat(status("hello")).isEqualTo(Status.ACTIVE);
    assertThat(publish(plan().with(List.of(HELLO)).withoutOthers())).isEmpty();
  }

  @Test
  void aJourneyIsPausedAndResumedAndRolledBack() {
    publish(plan().withStatus("hello", Status.PAUSED));
    assertThat(status("hello")).isEqualTo(Status.PAUSED);
    publish(plan().withStatus("hello", Status.ACTIVE));
    assertThat(status("hello")).isEqualTo(Status.ACTIVE);
    publish(plan().with(List.of(journey("hello", "changed"))));
    assertThat(publish(plan().withRollback("hello", 1))).containsExactly("journey/hello@5");
    assertThat(published.get(published.size() - 1).body()).isEqualTo(HELLO.text());
    assertThat(publish(plan().withRollback("hello", 0))).containsExactly("journey/hello@6");
    assertThat(published.get(published.size() - 1).body()).contains("kind: changed");
  }

  @Test
  void whatThereIsNotIsNamed() {
    assertThatThrownBy(() -> plan().withStatus("helo", Status.PAUSED))
        .hasMessageContaining("no journey is called 'helo'");
    assertThatThrownBy(() -> plan().withRollback("hello", 7))
        .hasMessageContaining("has no version 7; the newest is 1");
  }

  @Test
  void nothingIsPublishedThatWouldNotWorkWithTheRest() {
    Source wrong = new Source("my/hello.yaml", HELLO.text().replace("page_viewed", "page_view"));
    DefinitionException refused =
        catchThrowableOfType(DefinitionException.class, () -> publish(plan().with(List.of(wrong))));

    assertThat(refused.problems())
        .singleElement()
        .extracting(Problem::file)
        .isEqualTo("my/hello.yaml");
    Source otherStages =
        new Source("s.yaml", Written.STAGES.replace("stage-model: small", "stage-model: big"));
    assertThatThrownBy(() -> publish(plan().with(List.of(otherStages))))
        .hasMessageContaining("a second stage-model");
  }

  @Test
  void anotherPackIsFollowedByWhatIsDifferentInIt() {
    assertThat(publishPack(STAGES, HELLO, BYE)).isEmpty();
    assertThat(publishPack(STAGES, journey("hello", "changed"), journey("new", "new")))
        .containsExactly("journey/hello@2", "journey/new@1", "journey/bye@2");
    assertThat(status("bye")).isEqualTo(Status.ARCHIVED);
    assertThat(publishPack(STAGES, journey("hello", "changed"), journey("new", "new"))).isEmpty();
    assertThat(publishPack(STAGES, HELLO, BYE))
        .containsExactly("journey/hello@3", "journey/bye@3", "journey/new@2");
    assertThat(status("bye")).isEqualTo(Status.ACTIVE);
  }

  @Test
  void whatSomebodyPublishedOverThePackStays() {
    publish(plan().with(List.of(journey("hello", "mine"))));
    assertThat(publishPack(STAGES, HELLO, BYE)).isEmpty();

    PublicationPlan plan = plan().withPack(List.of(STAGES, journey("hello", "theirs")));

    assertThat(publish(plan)).containsExactly("journey/bye@2");
    assertThat(plan.kept()).containsExactly("journey/hello");
    assertThat(publish(plan().withPack(List.of(STAGES)))).isEmpty();
  }

  @Test
  void whatIsNoJourneyAndNoLongerThereSaysNothingAnyMore() {
    Source traits = new Source("t.yaml", "traits: t\ndefine: {n: {count: page_viewed}}\n");
    Source guards = new Source("g.yaml", "guards: g\narbitration: 30s\n");
    assertThat(publishPack(STAGES, HELLO, BYE, traits, guards))
        .containsExactly("traits/t@1", "guards/g@1");
    assertThat(publishPack(STAGES, HELLO, BYE)).containsExactly("guards/g@2", "traits/t@2");
    assertThat(publishPack(STAGES, HELLO, BYE)).isEmpty();
  }

  @Test
  void aJourneyThatWasPausedAndResumedFollowsThePackAgain() {
    publish(plan().withStatus("hello", Status.PAUSED));
    publish(plan().withStatus("hello", Status.ACTIVE));

    assertThat(publishPack(STAGES, journey("hello", "theirs"), BYE))
        .containsExactly("journey/hello@4");
  }

  @Test
  void anotherStageModelIsNoChangeOfAPack() {
    Source other =
        new Source("s.yaml", Written.STAGES.replace("stage-model: small", "stage-model: big"));
    assertThatThrownBy(() -> plan().withPack(List.of(other, HELLO, BYE)))
        .hasMessageContaining("the stage model is not 'small' any more");
  }

  private List<String> publishPack(Source... pack) {
    PublicationPlan plan = plan().withPack(List.of(pack));
    long at = 1_000L * (published.size() + 1);
    return publish(plan, PublicationPlan.packBatch(Instant.ofEpochMilli(at)));
  }

  private PublicationPlan plan() {
    return new PublicationPlan(PACK, published);
  }

  private Status status(String journey) {
    return Releases.of(PACK, published)
        .timeline()
        .latest()
        .journeys()
        .get(journey)
        .terms()
        .status();
  }

  /** Publishes at the next moment, and says what was. */
  private List<String> publish(PublicationPlan plan) {
    return publish(plan, "batch-" + published.size());
  }

  private List<String> publish(PublicationPlan plan, String name) {
    long at = 1_000L * (published.size() + 1);
    List<Publication> batch = plan.publications(at, name);
    published.addAll(batch);
    assertThat(Releases.of(PACK, published).refused()).isEmpty();
    return batch.stream().map(Publication::key).toList();
  }

  private static Source journey(String id, String kind) {
    String text =
        """
        journey: %s
        entry: {on: page_viewed}
        steps:
          - emit: {name: say, kind: %s, template: t}
        """;
    return new Source(id + ".yaml", text.formatted(id, kind));
  }
}
