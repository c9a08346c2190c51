package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is named where it stands, with what was probably meant. */
class MistakesTest {
  private static final String JOURNEY =
      """
      journey: hello
      entry: {on: page_viewed}
      steps:
        - emit: {kind: hello, template: hello}
      """;

  /** The negative twin of all below. */
  @Test
  void whatIsRightIsTaken() {
    assertThat(Written.mistakes(JOURNEY)).isEmpty();
  }

  static List<Arguments> ofJourneys() {
    return List.of(
        mistake(
            "journey: hello\nentri: {on: page_viewed}\n",
            "f1.yaml:2:1: 'entri' means nothing in a journey; did you mean 'entry'?"),
        mistake(
            JOURNEY.replace("page_viewed", "page_view"),
            "f1.yaml:2:13: no event type is called 'page_view'; did you mean 'page_viewed'?"),
        mistake(
            JOURNEY.replace("page_viewed}", "product_viewed, when: event.skuu == 'a'}"),
            "f1.yaml:2:35: 'event' of product_viewed has no 'skuu'; did you mean 'sku'?"),
        mistake(
            JOURNEY.replace("page_viewed}", "product_viewed, when: event.sku == 3}"),
            "f1.yaml:2:45: '==' does not go with a text and a whole number"),
        mistake(
            JOURNEY.replace("page_viewed}", "product_viewed, when: event.sku}"),
            "f1.yaml:2:35: 'when' has to be true or false, and is a text; compare it with something"),
        mistake(
            JOURNEY.replace("page_viewed}", "page_viewed, when: traits.views > 3}"),
            "f1.yaml:2:32: 'traits' has no 'views'; none is declared"),
        mistake(
            JOURNEY.replace("page_viewed}", "page_viewed, when: custmer.stage == 'here'}"),
            "f1.yaml:2:32: 'custmer' is not known; did you mean 'customer'?"),
        mistake(
            JOURNEY.replace("page_viewed}", "page_viewed, when: run.sku == 'a'}"),
            "f1.yaml:2:32: there is no run here; ask the event or the customer"),
        mistake(
            JOURNEY.replace("{on: page_viewed}", "{stage: ther}"),
            "f1.yaml:2:16: no stage is called 'ther'; did you mean 'there'?"),
        mistake(
            JOURNEY.replace("{on: page_viewed}", "{absence: {of: page_viewed}}"),
            "f1.yaml:2:18: 'absence' has no 'for'; an absence without a bound never comes: say how"
                + " long, such as 60d"),
        mistake(
            "journey: hello\nentry: {on: page_viewed}\nsteps:\n  - delay: 1d\n",
            "f1.yaml:4:3: 'steps' emit nothing: the journey can never fire; add a step 'emit'"),
        mistake(
            JOURNEY + "  - hold: {reset: page_viewed}\n",
            "f1.yaml:5:11: 'hold' has no 'for'; a wait without a bound never ends: say how long at"
                + " most, such as 3d"),
        mistake(
            JOURNEY + "  - hold: {for: 1h, reset: page_viewed}\n",
            "f1.yaml:5:11: 'hold' has no 'at-most'; what starts the wait again could do so for"
                + " ever: say how long at most"),
        mistake(
            JOURNEY + "  - delay: three days\n",
            "f1.yaml:5:12: 'delay' is 'three days'; write a span of time like 30s, 5m, 1h30m or"
                + " 90d"),
        mistake(
            JOURNEY + "  - emit: {kind: hello}\n",
            "f1.yaml:5:11: 'emit' has no 'template'; say which text to use"),
        mistake(
            JOURNEY + "per: cart\nexit:\n  - {on: order_placed, same: yes, reason: x}\n",
            "f1.yaml:7:30: 'same' has to be true or false"),
        mistake(
            JOURNEY + "per: conversation\n",
            "f1.yaml:5:6: 'per' is 'conversation', which page_viewed does not say"),
        mistake(
            JOURNEY + "  - split: [{share: 50%, steps: []}, {share: 40%, steps: []}]\n",
            "f1.yaml:5:12: 'split' adds up to 90.0%; the shares have to be 100%"),
        mistake(
            JOURNEY + "status: sleeping\n",
            "f1.yaml:5:9: 'status' is 'sleeping'; there are active, archived, paused"),
        mistake("journey: Hello!\n", "f1.yaml:1:10: 'Hello!' is no name; a name has small letters"),
        mistake("hello: world\n", "f1.yaml:1:1: this says not what it defines; begin with"),
        mistake("journey: hello\n  entry: {\n", "f1.yaml:"));
  }

  @ParameterizedTest
  @MethodSource("ofJourneys")
  void aMistakeIsNamedAtItsPlace(String text, String expected) {
    assertThat(Written.mistakes(text)).anySatisfy(said -> assertThat(said).startsWith(expected));
  }

  @Test
  void aFormulaInABlockIsNamedByItsOwnLine() {
    String text =
        """
        journey: hello
        entry:
          on: product_viewed
          when: |
            event.sku == 'a' &&
            event.skuu == 'b'
        steps:
          - emit: {kind: hello, template: hello}
        """;

    assertThat(Written.mistakes(text)).singleElement().asString().startsWith("f1.yaml:6:");
  }

  @Test
  void allMistakesOfAllFilesAreSaidAtOnce() {
    assertThat(
            Written.mistakes(
                JOURNEY.replace("kind: hello, ", "") + "per: nothing\n",
                JOURNEY.replace("hello", "other").replace("page_viewed", "nothing")))
        .hasSize(3);
  }

  @Test
  void twoJourneysOfOneNameAreOneTooMany() {
    assertThat(Written.mistakes(JOURNEY, JOURNEY))
        .singleElement()
        .asString()
        .contains("f2.yaml:1:1: two journeys are called 'hello'");
  }

  @Test
  void aStageThatNothingLeadsToIsNamed() {
    List<Source> sources =
        List.of(
            new Source("s.yaml", Written.STAGES.replace("there, gone]", "there, gone, lonely]")));

    assertThat(mistakesOf(sources))
        .singleElement()
        .asString()
        .contains("no move leads to 'lonely'");
  }

  @Test
  void aStageModelHasToBeThereOnce() {
    assertThat(mistakesOf(List.of(new Source("j.yaml", JOURNEY))))
        .anySatisfy(said -> assertThat(said).contains("there is no stage model beside it"));
    assertThat(
            mistakesOf(
                List.of(
                    new Source("a.yaml", Written.STAGES), new Source("b.yaml", Written.STAGES))))
        .singleElement()
        .asString()
        .startsWith("b.yaml:1:1: there is a second stage-model beside a.yaml");
  }

  @Test
  void aSegmentIsNotAskedForTheMoment() {
    assertThat(
            Written.mistakes(
                "traits: t\nsegments:\n  quiet: {when: now - customer.last_activity > days(3)}\n"))
        .singleElement()
        .asString()
        .startsWith("f1.yaml:3:17: 'now' cannot stand here");
  }

  @Test
  void aSegmentDoesNotRestOnWhatTimeAloneChanges() {
    assertThat(
            Written.mistakes(
                """
                traits: t
                define:
                  seen: {last: event.at, on: page_viewed}
                  recency: {value: now - traits.seen}
                segments:
                  quiet: {when: traits.recency > days(3)}
                """))
        .singleElement()
        .asString()
        .startsWith("f1.yaml:6:17: 'traits.recency' cannot stand here");
  }

  @Test
  void whatWouldEndTheReaderIsAMistakeLikeAnyOther() {
    assertThat(Written.mistakes("traits: t\ndefine:\n  a: {unique: event.skus, on: order_paid}\n"))
        .singleElement()
        .asString()
        .contains("'unique' has to be a text, and is a list or a map");
    assertThat(
            Written.mistakes(
                JOURNEY.replace("steps:", "steps: &s")
                    + "  - branch: [{when: 'true', steps: *s}]\n"))
        .anySatisfy(said -> assertThat(said).contains("anchors and aliases are not taken"));
    assertThat(Written.mistakes(JOURNEY + "  - delay: " + "1d".repeat(50_000) + "\n")).hasSize(1);
    assertThat(
            Written.mistakes(
                JOURNEY.replace(
                    "page_viewed}", "page_viewed, when: " + "!".repeat(5_000) + "true}")))
        .isNotEmpty();
  }

  @Test
  void aTraitSaysWhatItIsOnce() {
    assertThat(
            Written.mistakes("traits: t\ndefine:\n  a: {count: page_viewed, sum: event.value}\n"))
        .singleElement()
        .asString()
        .contains("'count' and 'sum' exclude each other in the trait 'a'");
    assertThat(Written.mistakes("traits: t\ndefine:\n  a: {sum: event.sku, on: product_viewed}\n"))
        .singleElement()
        .asString()
        .contains("'sum' has to be a whole number, and is a text");
  }

  @Test
  void guardsSayWhatTheyMean() {
    assertThat(
            Written.mistakes(
                """
                guards: g
                time-zone: {otherwise: Europe/Lundon}
                caps: [{name: a, at-most: 0, per: day}]
                quiet-hours: [{from: 9pm, to: "08:00"}]
                holdout: {share: 5}
                """))
        .satisfiesExactly(
            said -> assertThat(said).contains("did you mean 'Europe/London'?"),
            said -> assertThat(said).contains("f1.yaml:3:27").contains("from 1 to 100"),
            said -> assertThat(said).contains("write a time of day in quotes"),
            said -> assertThat(said).contains("write a share of all, like 5% or 12.5%"));
  }

  @Test
  void thePacksAreSound() {
    for (String pack : Packs.names()) {
      assertThat(Packs.compiled(pack).journeys()).as(pack).isNotEmpty();
    }
    assertThat(Packs.names()).containsExactly("banking", "retail");
  }

  private static List<String> mistakesOf(List<Source> sources) {
    try {
      Library.compile(sources);
      return List.of();
    } catch (DefinitionException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }

  private static Arguments mistake(String text, String expected) {
    return Arguments.of(text, expected);
  }
}
