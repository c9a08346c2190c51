package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in a specification is named where it stands, with what was probably meant. */
class SpecMistakesTest {
  private static final Library DEFINITIONS =
      Written.library(
          """
          journey: hello
          entry: {on: page_viewed}
          steps:
            - emit: {kind: hi, template: t, data: {plan: attributes.plan}}
          exit:
            - {on: order_placed, reason: left}
          """,
          "traits: t\nattributes: {plan: text, birthday: date}\n");

  private static final String SPEC =
      """
      spec: hello
      journey: hello
      given:
        - {at: -1d, event: page_viewed}
      cases:
        - case: one
          events:
            - {at: +1m, event: product_added, cart_id: c1, sku: mug, value: 5.00 EUR}
          until: +1h
          expect:
            triggers: [{at: +1m, journey: hello}]
            stage: here
      """;

  /** The negative twin of all below. */
  @Test
  void whatIsRightIsTaken() {
    assertThat(mistakes(SPEC)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          product_added | product_add | s.yaml:8:26: 'event' is 'product_add'; did you mean 'product_added'?
          cart_id: c1 | cartid: c1 | s.yaml:8:41: 'cartid' means nothing in product_added; did you mean 'cart_id'?
          sku: mug, | | s.yaml:8:9: product_added has no 'sku'; without it the event would be refused
          5.00 EUR | 5.00 | s.yaml:8:71: 'value' is '5.00'; write an amount with its currency: 5.00 EUR
          5.00 EUR | 5.001 EUR | s.yaml:8:71: 'value' is '5.001 EUR'; write an amount with its currency
          +1m, event | soon, event | s.yaml:8:14: 'at' is 'soon'; write an offset from the start like +10m
          +1m, event | -1m, event | s.yaml:8:14: 'at' is before the start; put it under 'given'
          -1d, event | +1d, event | s.yaml:4:10: 'at' is not before the start; write when it was, such as -1d
          until: +1h | until: +1s | s.yaml:9:12: 'until' is before the last event
          journey: hello} | journey: helo} | s.yaml:11:37: no journey is called 'helo'; did you mean 'hello'?
          triggers: | trigger: | s.yaml:11:7: 'trigger' means nothing in 'expect'; did you mean 'triggers'?
          stage: here | stage: her | s.yaml:12:14: 'stage' is 'her'; did you mean 'here'?
          expect: | expects: | s.yaml:10:5: 'expects' means nothing in a case; did you mean 'expect'?
          at: +1m, journey | at: +-1m, journey | s.yaml:11:23: 'at' is '+-1m'; write an offset
          journey: hello} | kind: hy} | s.yaml:11:34: 'kind' is 'hy', which nothing here says; did you mean 'hi'?
          journey: hello} | template: te} | s.yaml:11:38: 'template' is 'te', which nothing here says; did you mean 't'?
          journey: hello} | channel: emial} | s.yaml:11:37: 'channel' is 'emial', which nothing here says; did you mean 'email'?
          journey: hello} | to: staf} | s.yaml:11:32: 'to' is 'staf'; did you mean 'staff'?
          journey: hello} | data: {plam: x}} | s.yaml:11:35: no trigger here carries 'plam'; did you mean 'plan'?
          triggers: [{at: +1m, journey: hello}] | exits: [{reason: lft}] | s.yaml:11:24: 'reason' is 'lft', which nothing here says; did you mean 'left'?
          triggers: [{at: +1m, journey: hello}] | suppressions: [{reason: no_consnt}] | s.yaml:11:31: 'reason' is 'no_consnt', which nothing here says; did you mean 'no_consent'?
          triggers: [{at: +1m, journey: hello}] | decisions: [{step: emmit}] | s.yaml:11:26: 'step' is 'emmit', which nothing here says; did you mean 'emit'?
          triggers: [{at: +1m, journey: hello}] | transitions: [{to: her}] | s.yaml:11:26: 'to' is 'her'; did you mean 'here'?
          triggers: [{at: +1m, journey: hello}] | transitions: [{cause: cam}] | s.yaml:11:29: 'cause' is 'cam', which nothing here says; did you mean 'came'?
          event: page_viewed | event: customer_updated, attributes: {plam: gold} | s.yaml:4:53: no file of traits declares the attribute 'plam'; did you mean 'plan'?
          event: page_viewed | event: customer_updated, attributes: {birthday: 1.7.1980} | s.yaml:4:63: 'birthday' is '1.7.1980', and is declared as a time; write 1980-07-01
          spec: hello | hello: spec | s.yaml:1:1: 'hello' means nothing in a specification
          """)
  void aMistakeIsNamedAtItsPlace(String right, String wrong, String expected) {
    String text = SPEC.replace(right, wrong == null ? "" : wrong);

    assertThat(mistakes(text)).anySatisfy(said -> assertThat(said).startsWith(expected));
  }

  @Test
  void anEventOnTheWrongSideOfTheStartDelaysNothingElse() {
    assertThat(mistakes(SPEC.replace("-1d, event", "+9d, event"))).hasSize(1);
  }

  @Test
  void mistakesOfAllFilesAreSaidAtOnce() {
    Source one = new Source("a.yaml", "spec: a\n");
    Source other = new Source("b.yaml", "spec: b\ncases: [{case: x, expect: {}}]\n");

    DefinitionException wrong =
        catchThrowableOfType(
            DefinitionException.class, () -> SpecReader.read(List.of(one, other), DEFINITIONS));

    assertThat(wrong.problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            said -> assertThat(said).startsWith("a.yaml:1:1: a specification has no 'cases'"),
            said -> assertThat(said).startsWith("b.yaml:2:27: 'expect' expects nothing"));
  }

  private static List<String> mistakes(String text) {
    try {
      SpecReader.read(List.of(new Source("s.yaml", text)), DEFINITIONS);
      return List.of();
    } catch (DefinitionException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
