package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody declares channels and tags: one that is alone and nearly another is doubted. */
class SharedWordsTest {
  private static final String GUARDS =
      """
      guards: g
      caps:
        - {name: a, channel: email, at-most: 2, per: day}
        - {name: b, tag: offer, at-most: 2, per: day}
      quiet-hours:
        - {channels: [sms, push], from: "21:00", to: "08:00"}
      """;

  private static final String JOURNEY =
      """
      journey: hello
      tags: [offer, news]
      entry: {on: page_viewed}
      steps:
        - branch:
            - when: customer.paid_orders > 0
              steps: [{emit: {kind: hello, template: hello, channel: letter}}]
            - otherwise: [{emit: {name: other, kind: hello, template: hello}}]
      """;

  @Test
  void aNewChannelIsWelcome() {
    assertThat(doubts(GUARDS, JOURNEY)).isEmpty();
    assertThat(doubts(GUARDS.replace("push", "letter"), JOURNEY)).isEmpty();
  }

  @Test
  void aChannelThatIsAloneAndNearlyAnotherIsDoubted() {
    assertThat(doubts(GUARDS, JOURNEY.replace("channel: letter", "channel: emial")))
        .containsExactly(
            "f2.yaml:7:64: no other file speaks of the channel 'emial'; did you mean 'email'?");
    assertThat(doubts(GUARDS.replace("channel: email", "channel: SMS"), JOURNEY))
        .containsExactly(
            "f1.yaml:3:24: no other file speaks of the channel 'SMS'; did you mean 'sms'?");
    assertThat(
            doubts(
                GUARDS.replace("push", "letter"),
                JOURNEY.replace("name: other,", "name: other, channel: lettre,")))
        .containsExactly(
            "f2.yaml:8:51: no other file speaks of the channel 'lettre'; did you mean 'letter'?");
  }

  @Test
  void aChannelThatOnlyGuardsSpeakOfIsDoubted() {
    assertThat(doubts(GUARDS.replace("push", "pigeon"), JOURNEY))
        .containsExactly(
            "f1.yaml:6:22: no journey sends over the channel 'pigeon'; there are email, letter,"
                + " phone, post, push, sms, task");
    assertThat(doubts(GUARDS.replace("push", "pigeon"))).isEmpty();
  }

  @Test
  void aCapOnATagThatNoJourneyHasCountsNothing() {
    assertThat(doubts(GUARDS.replace("tag: offer", "tag: offers"), JOURNEY))
        .containsExactly("f1.yaml:4:20: no journey has the tag 'offers'; did you mean 'offer'?");
  }

  private static List<String> doubts(String... texts) {
    return Written.library(texts).doubts().stream().map(Problem::toString).toList();
  }
}
