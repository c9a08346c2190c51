package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.journey.Entry;
import io.lifestage.journey.Journey;
import io.lifestage.lifecycle.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is well written and can never come to anything is a mistake; what says nothing a doubt. */
class ContradictionsTest {
  private static final String JOURNEY =
      """
      journey: hello
      entry: {on: product_viewed, when: event.sku != ''}
      per: product
      steps:
        - hold: {for: 3d, until: {on: product_added, same: true}}
        - emit: {kind: hello, template: hello, carry: sku}
      exit:
        - {on: product_reviewed, same: true, reason: reviewed}
        - {on: product_added, when: event.quantity > 3 && event.quantity < 9, reason: many}
      """;

  private static final String TRAITS =
      """
      traits: t
      attributes: {household: number, plan: text}
      define:
        views_7d: {count: product_viewed, window: 7d, at-most: 16}
        views: {count: product_viewed}
        skus: {unique: event.sku, on: product_viewed}
      segments:
        keen: {when: traits.views_7d >= 16}
      """;

  /** The negative twin of all below. */
  @Test
  void whatCanHoldIsTaken() {
    assertThat(Written.mistakes(JOURNEY, TRAITS)).isEmpty();
    assertThat(doubts(JOURNEY, TRAITS)).isEmpty();
  }

  /** The caret stands before the place that is named; without one it is the whole formula. */
  static List<Arguments> ofFormulas() {
    return List.of(
        Arguments.of("1 > 2", "'when' never holds, whatever comes; say when it has to"),
        Arguments.of("false && traits.views > 3", "'when' never holds, whatever comes"),
        Arguments.of("1 / 0 == 1", "'when' never holds, whatever comes"),
        Arguments.of("event.type == 'page_viewed'", "'when' never holds, whatever comes"),
        Arguments.of(
            "event.type == ^'page_view'",
            "'event.type' is never 'page_view'; did you mean 'page_viewed'?"),
        Arguments.of(
            "customer.stage == ^'ther'", "'customer.stage' is never 'ther'; did you mean 'there'?"),
        Arguments.of(
            "customer.stage in ['here', ^'ther']",
            "'customer.stage' is never 'ther'; did you mean 'there'?"),
        Arguments.of(
            "traits.views_7d >= ^20",
            "'traits.views_7d >= 20' never holds: it lies from 0 to 16; let the trait keep more with"
                + " 'at-most', or compare with less"),
        Arguments.of(
            "^20 < traits.views_7d", "'traits.views_7d > 20' never holds: it lies from 0 to 16"),
        Arguments.of("traits.skus > ^64", "'traits.skus > 64' never holds: it lies from 0 to 64"),
        Arguments.of("traits.views < ^0", "'traits.views < 0' never holds: it lies from 0 on"),
        Arguments.of(
            "customer.open_carts == -^1",
            "'customer.open_carts == -1' never holds: it lies from 0 on"),
        Arguments.of(
            "traits.views > 5 && traits.views < ^3",
            "'traits.views > 5' and 'traits.views < 3' never hold together; did you mean ||, or the"
                + " other way round?"),
        Arguments.of(
            "traits.views > 5 && attributes.plan == 'a' && traits.views < ^6",
            "'traits.views > 5' and 'traits.views < 6' never hold together"),
        Arguments.of(
            "attributes.plan == 'a' && attributes.plan == ^'b'",
            "'attributes.plan == 'a'' and 'attributes.plan == 'b'' never hold together"),
        Arguments.of(
            "consents[^'email']",
            "no consent is called 'email'; write channel and purpose: 'email:marketing'"),
        Arguments.of("^'marketing' in consents", "no consent is called 'marketing'"));
  }

  @ParameterizedTest
  @MethodSource("ofFormulas")
  void aFormulaThatNeverHoldsIsNamed(String marked, String expected) {
    String formula = marked.replace("^", "");
    int column = "entry: {on: product_viewed, when: ".length() + 1;
    int further = marked.contains("^") ? 1 + marked.indexOf('^') : 0;

    assertThat(Written.mistakes(TRAITS, JOURNEY.replace("event.sku != ''", quoted(formula))))
        .singleElement()
        .asString()
        .startsWith("f2.yaml:2:%d: %s".formatted(column + further, expected));
  }

  private static String quoted(String formula) {
    return '"' + formula + '"';
  }

  @ParameterizedTest
  @MethodSource("ofOther")
  void whatIsOtherwiseIsTaken(String formula) {
    String text = JOURNEY.replace("event.sku != ''", quoted(formula));

    assertThat(Written.mistakes(TRAITS, text)).isEmpty();
    assertThat(doubts(TRAITS, text)).isEmpty();
  }

  static List<String> ofOther() {
    return List.of(
        "customer.stage == ''",
        "customer.stage != 'here' || traits.views > 100",
        "traits.views > 5 && traits.views < 7",
        "traits.views > 5 && traits.skus < 3",
        "traits.views >= 5 && traits.views <= 5",
        "traits.views > 5 || traits.views < 3",
        "attributes.household > -2 && attributes.household < 0",
        "'email:marketing' in consents && !consents['email:marketing']",
        "event.skus.exists(s, s == 'a') || event.skus.exists(s, s == 'b')");
  }

  static List<Arguments> ofJourneys() {
    return List.of(
        Arguments.of(
            "carry: sku",
            "carry: [sku, order_id]",
            "f1.yaml:6:55: no field of what starts the run is called 'order_id'"),
        Arguments.of(
            "carry: sku",
            "data: {o: run.order_id}",
            "f1.yaml:6:52: 'run' has no 'order_id'; there are anonymous_id"),
        Arguments.of(
            "- {on: product_reviewed, same: true",
            "- {on: order_placed, same: true",
            "f1.yaml:8:30: 'same' never holds of order_placed, which has no 'sku'; write when:"
                + " run.sku in event.skus"),
        Arguments.of(
            "on: product_added, when: event.quantity > 3 && event.quantity < 9",
            "on: [product_added, product_viewed]",
            "f1.yaml:5:33: this is never waited for: the exit 'many' ends the run before; take one"
                + " of them out"),
        Arguments.of(
            "on: product_added, when: event.quantity > 3 && event.quantity < 9",
            "on: product_reviewed, same: true, when: event.rating > 2",
            "f1.yaml:9:10: this exit is never taken: 'reviewed' comes first; put it before, or give"
                + " that one a 'when'"),
        Arguments.of(
            "  - emit:",
            "  - branch: [{when: 1 < 2, steps: []}, {otherwise: []}]\n  - emit:",
            "f1.yaml:6:40: a branch behind one that always holds is never taken; put it before"),
        Arguments.of(
            "exit:",
            "in-flight: {migrate: {wait: emitt}}\nexit:",
            "f1.yaml:7:29: 'wait' leads to 'emitt', which is no step; did you mean 'emit'?"));
  }

  @ParameterizedTest
  @MethodSource("ofJourneys")
  void aJourneyThatCannotGoItsWayIsNamed(String right, String wrong, String expected) {
    assertThat(Written.mistakes(JOURNEY.replace(right, wrong)))
        .anySatisfy(said -> assertThat(said).startsWith(expected));
  }

  @Test
  void aRunThatNoEventStartsKnowsOfNone() {
    assertThat(
            Written.mistakes(
                """
                journey: hello
                entry: {stage: there}
                steps:
                  - emit: {kind: hello, template: hello, only-if: {when: run.sku != '', reason: none}}
                """))
        .singleElement()
        .asString()
        .startsWith(
            "f1.yaml:4:58: 'run' has no 'sku'; what starts this journey is no event that could say it");
  }

  @Test
  void whatIsOverBeforeTheChoiceIsNeverSent() {
    String guards = "guards: g\narbitration: 2h\n";
    String brief = JOURNEY.replace("carry: sku", "valid-for: 1h");

    assertThat(Written.mistakes(guards, brief))
        .singleElement()
        .asString()
        .startsWith(
            "f2.yaml:6:53: 'valid-for' is over before the better of two is chosen, after 2h");
    assertThat(Written.mistakes(guards, brief.replace("1h", "3h"))).isEmpty();
    assertThat(Written.mistakes(guards, brief + "service: true\n")).isEmpty();
    assertThat(Written.mistakes(guards, brief.replace("valid-for", "to: staff, valid-for")))
        .isEmpty();
  }

  /** Nothing changes such a date; it is looked at whenever something is heard of the customer. */
  @Test
  void aDateThatIsTheSameForAllCanBeWaitedFor() {
    Journey journey =
        Written.with(
                """
                journey: new-year
                entry: {date: {of: "timestamp('2027-01-01T00:00:00Z')"}}
                steps:
                  - emit: {kind: hello, template: hello}
                """)
            .journeys()
            .get("new-year");

    assertThat(journey.entry())
        .isInstanceOfSatisfying(
            Entry.OnDate.class, date -> assertThat(date.changedBy()).isEqualTo(EventType.all()));
  }

  @Test
  void aSegmentOfNobodyIsNamed() {
    assertThat(Written.mistakes("traits: t\nsegments:\n  nobody: {when: 2 < 1}\n"))
        .singleElement()
        .asString()
        .startsWith("f1.yaml:3:18: 'when' never holds");
  }

  @Test
  void whatAlwaysHoldsIsDoubted() {
    assertThat(doubts("traits: t\nsegments:\n  everybody: {when: 1 < 2}\n"))
        .containsExactly("f1.yaml:3:21: 'when' always holds, whatever comes");
    assertThat(doubts(JOURNEY.replace("event.sku != ''", "event.type == 'product_viewed'")))
        .containsExactly("f1.yaml:2:35: 'when' always holds, whatever comes");
  }

  @Test
  void moneyThatIsWrittenWithADecimalPointIsDoubted() {
    assertThat(doubts(JOURNEY.replace("event.sku != ''", "event.value >= 20.00")))
        .containsExactly(
            "f1.yaml:2:50: 'event.value' is a whole number, and is compared with a decimal; money is"
                + " in minor units: fifty euros are 5000");
  }

  @Test
  void whatGuardsSayTwiceOrOfNobodyIsDoubted() {
    assertThat(
            doubts(
                """
                guards: g
                time-zone: {attribute: tine_zone}
                caps:
                  - {name: a, channel: email, at-most: 2, per: day}
                  - {name: a, at-most: 9, per: week}
                """,
                "traits: t\nattributes: {time_zone: text}\n"))
        .containsExactly(
            "f1.yaml:2:24: 'attribute' is 'tine_zone', which no file of traits declares; did you mean"
                + " 'time_zone'?",
            "f1.yaml:5:12: 'name' is 'a', as that of another cap");
  }

  @Test
  void whatSaysNothingIsDoubted() {
    assertThat(doubts(JOURNEY.replace("for: 3d", "for: 3d, at-most: 9d")))
        .containsExactly("f1.yaml:5:30: 'at-most' says nothing without 'reset'; take it out");
    assertThat(doubts(JOURNEY + "service: true\nholdout: 10%\n"))
        .containsExactly(
            "f1.yaml:11:10: 'holdout' says nothing in a journey that is a service; take it out");
    assertThat(
            doubts(
                "journey: h\nentry: {on: signed_up}\nsteps:\n  - emit: {kind: k, template: t}\n  - delay: 3d\n"))
        .containsExactly(
            "f1.yaml:5:5: nothing comes after this wait; the run only ends later; take it out");
    assertThat(
            doubts(JOURNEY.replace("on: product_reviewed", "on: [product_reviewed, order_placed]")))
        .singleElement()
        .asString()
        .startsWith("f1.yaml:8:50: 'same' never holds of order_placed");
  }

  @Test
  void aYearlyDateThatComesOnceIsDoubted() {
    String once =
        """
        journey: hello
        entry: {date: {of: customer.first_seen, yearly: true}}
        steps:
          - emit: {kind: hello, template: hello}
        """;
    assertThat(doubts(once))
        .containsExactly(
            "f1.yaml:2:49: 'yearly' comes once all the same; write 're-entry: after-exit'");
    assertThat(doubts(once + "re-entry: after-exit\n")).isEmpty();
    assertThat(doubts(once.replace("true", "false"))).isEmpty();
  }

  private static List<String> doubts(String... texts) {
    return Written.library(texts).doubts().stream().map(Problem::toString).toList();
  }
}
