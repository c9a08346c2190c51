package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.decision.Publication;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import io.lifestage.definition.Written;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a job is founded on, and what becomes of it when the job is started again. */
class FoundationTest {
  private static final Source STAGES = new Source("stages.yaml", Written.STAGES);

  /** The topic of definitions, of which writing may break off. */
  private static final class Paper implements Foundation.Topic {
    private final List<Publication> written = new ArrayList<>();
    private int breaksOffAfter = Integer.MAX_VALUE;

    @Override
    public List<Publication> read() {
      return List.copyOf(written);
    }

    @Override
    public void write(List<Publication> batch) throws IOException {
      for (Publication one : batch) {
        if (breaksOffAfter-- == 0) {
          throw new IOException("the broker is gone");
        }
        written.add(one);
      }
    }
  }

  private final Paper topic = new Paper();
  private long starts;

  private static Source journey(String id, String kind) {
    return new Source(
        id + ".yaml",
        """
        journey: %s
        entry: {on: page_viewed}
        steps:
          - emit: {kind: %s, template: t, to: staff}
        """
            .formatted(id, kind));
  }

  private List<String> start(Source... pack) throws StartRefusedException {
    List<Source> founding = Foundation.agree(List.of(pack), topic, Instant.ofEpochSecond(++starts));
    Releases releases = Releases.of(founding, topic.written);
    assertThat(releases.refused()).isEmpty();
    return releases.timeline().latest().journeys().values().stream()
        .map(journey -> journey.versioned() + " " + journey.terms().status().word())
        .toList();
  }

  private void startThatBreaksOffAfter(int records, Source... pack) {
    topic.breaksOffAfter = records;
    assertThatThrownBy(() -> start(pack))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("the broker is gone");
    topic.breaksOffAfter = Integer.MAX_VALUE;
  }

  @Test
  void aJobStartedAgainWithTheSamePackPublishesNothing() throws Exception {
    assertThat(start(STAGES, journey("hello", "a"))).containsExactly("hello@1 active");
    int written = topic.written.size();
    assertThat(start(STAGES, journey("hello", "a"))).containsExactly("hello@1 active");
    assertThat(topic.written).hasSize(written);
  }

  @Test
  void aFoundingThatWasBrokenOffFoundedNothing() throws Exception {
    startThatBreaksOffAfter(
        1, journey("old", "a"), new Source("s.yaml", Written.STAGES.replace("small", "other")));
    assertThat(start(STAGES, journey("hello", "a"))).containsExactly("hello@1 active");
    assertThat(start(STAGES, journey("hello", "a"))).containsExactly("hello@1 active");
  }

  @Test
  void aPackWhoseDifferenceWasBrokenOffIsPublishedWholeAtTheNextStart() throws Exception {
    start(STAGES, journey("hello", "a"), journey("bye", "a"));
    startThatBreaksOffAfter(1, STAGES, journey("hello", "b"), journey("bye", "b"));
    assertThat(start(STAGES, journey("hello", "b"), journey("bye", "b")))
        .containsExactlyInAnyOrder("hello@3 active", "bye@2 active");
  }

  @Test
  void aJourneyGoesTogetherWithTheTraitThatItAsksFor() throws Exception {
    Source traits = new Source("t.yaml", "traits: t\ndefine: {views: {count: page_viewed}}\n");
    Source asks =
        new Source(
            "asks.yaml",
            journey("asks", "a")
                .text()
                .replace("{on: page_viewed}", "{on: page_viewed, when: traits.views > 1}"));
    Source hello = journey("hello", "a");
    start(STAGES, traits, asks, hello);

    assertThat(start(STAGES, hello)).containsExactly("hello@1 active");
    assertThat(start(STAGES, hello, journey("more", "a")))
        .containsExactlyInAnyOrder("hello@1 active", "more@1 active");
  }

  @Test
  void whatIsPublishedAndDoesNotGoWithThePackIsSaid() throws Exception {
    start(STAGES);
    Source other =
        new Source("s.yaml", Written.STAGES.replace("stage-model: small", "stage-model: big"));
    assertThatThrownBy(() -> start(other))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("the stage model is not 'small' any more");
  }
}
