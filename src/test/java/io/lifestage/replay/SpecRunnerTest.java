package io.lifestage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.definition.Library;
import io.lifestage.definition.Source;
import io.lifestage.definition.Spec;
import io.lifestage.definition.SpecReader;
import io.lifestage.definition.Written;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a specification says of definitions that do so, and of definitions that do not. */
class SpecRunnerTest {
  private static final Library LIBRARY =
      Written.library(
          """
          journey: reminder
          service: true
          entry: {on: product_added}
          per: cart
          steps:
            - delay: 1h
            - emit: {kind: remind, template: t, items: cart, carry: [sku]}
          exit:
            - {on: order_placed, reason: ordered}
          """,
          """
          journey: thanks
          service: true
          entry: {on: order_placed}
          per: order
          steps:
            - emit: {kind: thank, template: t, carry: [payment_method]}
          """);

  private static final String CART =
      "{at: +0s, event: product_added, cart_id: c1, sku: mug, value: 5.00 EUR}";

  @Test
  void whatIsSaidAsExpectedPasses() {
    CaseResult result =
        played(
            "[%s]".formatted(CART),
            "triggers: [{at: +1h, journey: reminder, kind: remind, items: [mug], data: {sku: mug}}],"
                + " exits: [], stage: none");

    assertThat(result.differences()).isEmpty();
    assertThat(result.arrivals()).isEqualTo(2);
  }

  @Test
  void whatIsExpectedAndNotSaidIsShownBesideWhatIsSaid() {
    CaseResult result = played("[%s]".formatted(CART), "triggers: [{at: +2h, kind: remind}]");

    assertThat(result.differences())
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.what()).isEqualTo("triggers");
              assertThat(difference.missing()).containsExactly("{at=+2h, kind=remind}");
              assertThat(difference.unexpected())
                  .containsExactly("{at=+1h, journey=reminder, kind=remind, to=customer}");
            });
    assertThat(result.story())
        .anyMatch(line -> line.matches("\\+0s +event +product_added cart_id=c1 .*"))
        .anyMatch(line -> line.matches("\\+1h +trigger +reminder: remind \\[mug\\]"));
  }

  @Test
  void whatIsSaidAndNotExpectedFails() {
    assertThat(played("[%s]".formatted(CART), "triggers: []").passed()).isFalse();
    assertThat(played("[%s]".formatted(CART), "silent: reminder").passed()).isFalse();
    assertThat(played("[%s]".formatted(CART), "silent: thanks").passed()).isTrue();
  }

  @Test
  void anExitIsExpectedWithItsReason() {
    String events =
        "[%s, {at: +3s, event: order_placed, order_id: o1, value: 1.00 EUR}]".formatted(CART);

    assertThat(played(events, "exits: [{at: +3s, reason: ordered}]").passed()).isTrue();
    assertThat(played(events, "exits: [{at: +3s, reason: expired}]").passed()).isFalse();
  }

  /** An entry that many meet leaves the one to whom nothing else is left. */
  @Test
  void vagueEntriesDoNotTakeWhatPreciseOnesNeed() {
    String events = "[%s, {at: +1m, event: product_added, cart_id: c2, sku: pot}]".formatted(CART);

    assertThat(played(events, "triggers: [{kind: remind}, {instance: c1}]").passed()).isTrue();
    assertThat(played(events, "triggers: [{kind: remind}, {instance: c3}]").passed()).isFalse();
  }

  /** Thanks are sent when the order arrives, for whichever of two comes in first. */
  @Test
  void whatDependsOnTheOrderOfArrivalFails() {
    CaseResult result =
        played(
            """
            [{at: +0s, id: a, event: order_placed, order_id: o1, payment_method: card},
                 {at: +4s, id: b, event: order_placed, order_id: o1, payment_method: cash}]\
            """,
            "triggers: [{at: +0s, data: {payment_method: card}}]");

    assertThat(result.failedOrder()).startsWith("b");
    assertThat(result.differences())
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.what()).isEqualTo("order of arrival");
              assertThat(difference.missing())
                  .anyMatch(said -> said.contains("data.payment_method=card"));
              assertThat(difference.unexpected())
                  .anyMatch(said -> said.contains("data.payment_method=cash"));
            });
  }

  /** The negative twin: beyond the disorder bound there is but one order. */
  @Test
  void whatLiesFurtherApartArrivesInOrder() {
    CaseResult result =
        played(
            """
            [{at: +0s, id: a, event: order_placed, order_id: o1, payment_method: card},
                 {at: +5001ms, id: b, event: order_placed, order_id: o1, payment_method: cash}]\
            """,
            "triggers: [{at: +0s, data: {payment_method: card}}]");

    assertThat(result.differences()).isEmpty();
  }

  private static CaseResult played(String events, String expect) {
    String text =
        """
        spec: small
        cases:
          - case: it
            events: %s
            until: +3h
            expect: {%s}
        """
            .formatted(events, expect);
    Spec spec = SpecReader.read(List.of(new Source("small.yaml", text)), LIBRARY).get(0);
    return new SpecRunner(LIBRARY.definitions(), 1).run(spec, spec.cases().get(0));
  }
}
