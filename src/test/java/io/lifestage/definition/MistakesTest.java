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
        mistake(
            "journy: hello\n",
            "f1.yaml:1:1: this says not what it defines; did you mean 'journey'?"),
        mistake("journey: hello\n  entry: {\n", "f1.yaml:"));
  }

  /** In words of who writes and not of who parses. */
  static List<Arguments> ofFormulas() {
    return List.of(
        mistake("event.sku = 'a'", "f1.yaml:2:45: '=' does not fit here; write == for equality"),
        mistake(
            "event.sku == 'a' and true", "f1.yaml:2:52: 'and' does not fit here; write && for and"),
        mistake("event.sku == 'a", "f1.yaml:2:48: the quote that begins here is not closed"),
        mistake("event.sku ==", "f1.yaml:2:47: the formula breaks off here"),
        mistake("''", "f1.yaml:2:35: the formula is empty"),
        mistake(
            "event.sku.matches('(')",
            "f1.yaml:2:53: '(' is no pattern; a sign that means itself is written [(]"),
        mistake(
            "event.value > 99999999999999999999",
            "f1.yaml:2:49: there is no whole number as large as this; the largest is"
                + " 9223372036854775807"),
        mistake(
            "(".repeat(900) + "true" + ")".repeat(900),
            "f1.yaml:2:35: the formula goes too deep; split it into traits"),
        mistake(
            "event.sku.startswith('a')",
            "f1.yaml:2:55: there is no function 'startswith'; did you mean 'startsWith'?"),
        mistake(
            "now - event.at > 3",
            "f1.yaml:2:50: '>' does not go with a duration and a whole number; a span of time is"
                + " days(3) or duration('90m')"),
        mistake(
            "now - event.at > 3d",
            "f1.yaml:2:53: 'd' does not fit here; a span of time is days(3)"),
        mistake(
            "event.at > '2026-03-01'",
            "f1.yaml:2:44: '>' does not go with a time and a text; a time is written"
                + " timestamp('2026-03-01T00:00:00Z')"),
        mistake(
            "event.sku != null",
            "f1.yaml:2:45: '!=' does not go with a text and nothing; what is not known is an empty"
                + " text, 0, or false"),
        mistake(
            "event.quantity.size() > 3", "f1.yaml:2:54: 'size' does not go with a whole number"),
        mistake(
            "\"event.value > 3 ? true : 'a'\"",
            "f1.yaml:2:52: what stands beside ':' is of two types"),
        mistake("sku == 'a'", "f1.yaml:2:35: 'sku' is not known; did you mean 'event.sku'?"),
        mistake("event.sku == mug", "f1.yaml:2:48: 'mug' is not known; a text stands in quotes"),
        mistake(
            "event.sku == customer",
            "f1.yaml:2:48: 'customer' alone says nothing; write customer.<name>, or 'customer' in"
                + " quotes for a text"),
        mistake(
            "\"event.skus.exist(s, s == 'a')\"",
            "f1.yaml:2:52: there is no function 'exist'; did you mean 'exists'?"),
        mistake(
            "event.at > timestamp('2026-03-01')",
            "f1.yaml:2:56: '2026-03-01' is no time; write timestamp('2026-03-01T00:00:00Z')"),
        mistake(
            "now - event.at > duration('3d')",
            "f1.yaml:2:61: '3d' is no span of time; write duration('90m'), or days(3)"),
        mistake("!cart.empty", "f1.yaml:2:35: what begins with '!' is a tag of YAML"),
        mistake(
            "!cart.empty && cart.exists", "f1.yaml:2:35: what begins with '!' is a tag of YAML"));
  }

  /** Between braces a comma ends the value. */
  @Test
  void aFormulaWithACommaNeedsQuotesBetweenBraces() {
    String text =
        JOURNEY.replace("on: page_viewed}", "on: order_paid, when: size(event.skus, 3) > 1}");

    assertThat(Written.mistakes(text))
        .contains(
            "f1.yaml:2:46: the formula breaks off here; between braces, a formula with a comma in it"
                + " needs quotes around all of it");
  }

  @ParameterizedTest
  @MethodSource("ofFormulas")
  void aFormulaIsCorrectedInPlainWordsAndOnce(String formula, String expected) {
    String text = JOURNEY.replace("page_viewed}", "product_viewed, when: " + formula + "}");

    assertThat(Written.mistakes(text)).singleElement().asString().startsWith(expected);
  }

  /** One mistake has one message: what follows from it is no mistake of its own. */
  static List<Arguments> ofOnes() {
    return List.of(
        Arguments.of(
            "steps:",
            "step:",
            "f1.yaml:3:1: 'step' means nothing in a journey; did you mean 'steps'?"),
        Arguments.of(
            "{on: page_viewed}", "page_viewed", "f1.yaml:2:8: 'entry' has to be names with values"),
        Arguments.of(
            "{on: page_viewed}",
            "{on: page_view, when: event.page != ''}",
            "f1.yaml:2:13: no event type is called 'page_view'"),
        Arguments.of(
            "- emit",
            "- hold: {for: 1d, until: {onn: page_viewed, when: event.page != ''}}\n  - emit",
            "f1.yaml:4:29: 'onn' means nothing in 'until'; did you mean 'on'?"),
        Arguments.of(
            "- emit",
            "- branch: [{when: run.mett, steps: []}]\n  - emit",
            "f1.yaml:4:21: 'run' has no 'mett'; did you mean 'met'?"),
        Arguments.of(
            "{on: page_viewed}",
            "{on: [page_viewed signed_up]}",
            "f1.yaml:2:14: 'page_viewed signed_up' is one text; a list has brackets and commas: [a, b]"),
        Arguments.of(
            "steps:", "tags: a, b\nsteps:", "f1.yaml:3:7: 'a, b' is one text; a list has brackets"),
        Arguments.of(
            "{on: page_viewed}",
            "{on: []}",
            "f1.yaml:2:13: 'on' is empty; name at least one event type"),
        Arguments.of(
            "{on: page_viewed}",
            "{on: page_veiwed}",
            "f1.yaml:2:13: no event type is called 'page_veiwed'; did you mean 'page_viewed'?"),
        Arguments.of(
            "{on: page_viewed}",
            "{on: [page_viewed}",
            "f1.yaml:2:25: ',' or ']' is missing before this; the '[' begins in line 2, column 13"),
        Arguments.of(
            "steps:", "\tsteps:", "f1.yaml:3:1: there is a tab here; write blanks to indent"),
        Arguments.of(
            "  - emit",
            "  - delay: 1d\n   - emit",
            "f1.yaml:5:4: this stands in another column than what it belongs to"),
        Arguments.of(
            "template: hello}",
            "template: \"hello}",
            "f1.yaml:5:1: a quote is not closed; it begins in line 4, column 35"),
        Arguments.of(
            "steps:",
            "per: order\nsteps:",
            "f1.yaml:3:6: 'per' is 'order', which page_viewed does not say"));
  }

  @ParameterizedTest
  @MethodSource("ofOnes")
  void oneMistakeHasOneMessage(String right, String wrong, String expected) {
    assertThat(Written.mistakes(JOURNEY.replace(right, wrong)))
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @Test
  void ofWhatCouldNotBeReadNobodyComplainsElsewhere() {
    String asks = JOURNEY.replace("page_viewed}", "page_viewed, when: traits.views > 1}");
    String enters =
        JOURNEY.replace("hello\n", "other\n").replace("on: page_viewed", "enters: keen");
    String traits =
        """
        traits: t
        define:
          views: {count: page_viewed}
        segments:
          keen: {when: traits.views > 3}
        """;
    assertThat(Written.mistakes(asks, enters, traits)).isEmpty();

    assertThat(Written.mistakes(asks, enters, traits.replace("traits: t", "trait: t")))
        .containsExactly("f3.yaml:1:1: this says not what it defines; did you mean 'traits'?");
    assertThat(Written.mistakes(asks, enters, traits.replace("define:", "defines:")))
        .singleElement()
        .asString()
        .startsWith("f3.yaml:2:1: 'defines' means nothing in a file of traits");
    assertThat(Written.mistakes(asks, enters, traits.replace("page_viewed", "page_view")))
        .singleElement()
        .asString()
        .startsWith("f3.yaml:3:18: no event type is called 'page_view'");
    assertThat(Written.mistakes(asks, enters, traits.replace("traits.views > 3", "traits.views >")))
        .containsExactly("f3.yaml:5:30: the formula breaks off here");
  }

  @Test
  void aTraitThatStandsFurtherDownIsNotThereYet() {
    assertThat(
            Written.mistakes(
                "traits: t\ndefine:\n  more: {value: traits.views + 1}\n  views: {count: page_viewed}\n"))
        .containsExactly(
            "f1.yaml:3:17: 'traits.views' is not there yet; put it above what asks for it");
  }

  @Test
  void whatAMoveWaitsForIsNoSegmentThatAJourneyCouldEnter() {
    List<Source> sources =
        List.of(
            new Source(
                "s.yaml",
                Written.STAGES
                    + "  - {from: there, to: here, when: customer.paid_orders > 3, cause: many}\n"),
            new Source("j.yaml", JOURNEY.replace("on: page_viewed", "enters: small-move-1")));

    assertThat(mistakesOf(sources))
        .containsExactly("j.yaml:2:17: no segment is called 'small-move-1'; there is none");
  }

  @Test
  void aListOfStagesHasBrackets() {
    List<Source> sources =
        List.of(new Source("s.yaml", Written.STAGES.replace("[here, there, gone]", "here, there")));

    assertThat(mistakesOf(sources))
        .containsExactly(
            "s.yaml:2:9: 'here, there' is one text; a list has brackets and commas: [a, b]");
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
  void whatIsNoTextOrNoTreeIsNamedWhereItBegins() {
    assertThat(Written.mistakes(JOURNEY.replace("template: hello", "template: he\0llo")))
        .singleElement()
        .asString()
        .startsWith("f1.yaml:4:37: the letter U+0000 cannot stand in a text; take it out");
    assertThat(Written.mistakes(JOURNEY + "goal: " + "[".repeat(5_000) + "]".repeat(5_000) + "\n"))
        .containsExactly("f1.yaml:5:56: this goes too deep");
    assertThat(Written.mistakes(JOURNEY + "goal: " + "[".repeat(49) + "1" + "]".repeat(49)))
        .noneMatch(said -> said.contains("deep"));
    assertThat(Written.mistakes(JOURNEY + "goal: " + "[".repeat(50) + "1" + "]".repeat(50)))
        .anyMatch(said -> said.contains("this goes too deep"));
    assertThat(Written.mistakes(JOURNEY + "---\n" + JOURNEY))
        .containsExactly(
            "f1.yaml:5:1: a second definition begins here; one file has one; put it into another"
                + " file");
    assertThat(Written.mistakes(JOURNEY + "description: '" + "x".repeat(1 << 20) + "'\n"))
        .containsExactly("f1.yaml:1:1: the file is too long; it may have 1048576 letters");
  }

  @Test
  void anAnchorIsNotTakenThoughNothingOrOnlyATextRefersToIt() {
    assertThat(Written.mistakes(JOURNEY.replace("entry: {", "entry: &e {")))
        .singleElement()
        .asString()
        .startsWith("f1.yaml:2:8: ")
        .contains("anchors and aliases are not taken");
    assertThat(
            Written.mistakes(JOURNEY.replace("hello, template: hello", "&k hello, template: *k")))
        .singleElement()
        .asString()
        .startsWith("f1.yaml:4:18: ")
        .contains("anchors and aliases are not taken");
  }

  @Test
  void aReasonOfTheEngineIsNoReasonOfAJourney() {
    String says = "', which the engine itself says; choose another word";
    assertThat(Written.mistakes(JOURNEY + "exit: [{on: order_placed, reason: no_consent}]\n"))
        .containsExactly("f1.yaml:5:35: 'reason' is 'no_consent" + says);
    assertThat(
            Written.mistakes(
                JOURNEY.replace(
                    "hello}", "hello, only-if: [{when: customer.cycle > 1, reason: holdout}]}")))
        .containsExactly("f1.yaml:4:87: 'reason' is 'holdout" + says);
    assertThat(
            Written.mistakes(
                "guards: g\npause:\n  - {reason: cap, when: customer.open_chats > 0}\n"))
        .containsExactly("f1.yaml:3:14: 'reason' is 'cap" + says);
    assertThat(Written.mistakes(JOURNEY + "exit: [{on: order_placed, reason: ordered}]\n"))
        .isEmpty();
  }

  @Test
  void noStageIsCalledByAWordOfItsMoves() {
    String stages = Written.STAGES.replace("[here, there, gone]", "[any, none, here, there, gone]");
    assertThat(mistakesOf(List.of(new Source("a.yaml", stages))))
        .containsExactly(
            "a.yaml:2:10: 'any' is what moves say of every stage; choose another name",
            "a.yaml:2:15: 'none' is what moves say of a customer without one; choose another name");
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

  @Test
  void whatIsDueIsKnownWhereARunIsAboutAProduct() {
    String journey =
        """
        journey: again
        entry: {date: {of: run.due, offset: -3d}}
        per: %s
        steps:
          - emit: {kind: again, template: t, items: due}
        """;
    assertThat(Written.mistakes(journey.formatted("product"))).isEmpty();
    assertThat(Written.mistakes(journey.formatted("customer")))
        .anyMatch(said -> said.contains("there is no run here"))
        .anyMatch(said -> said.contains("is 'due', and the run is about no product"));
    assertThat(Written.mistakes(journey.formatted("order"))).isNotEmpty();
  }
}
