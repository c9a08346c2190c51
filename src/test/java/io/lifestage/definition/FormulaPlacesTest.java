package io.lifestage.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake in a formula is named at its letter, in whatever style of YAML it is written. */
class FormulaPlacesTest {
  private static final String WRONG = "skuu";

  static List<Arguments> styles() {
    return List.of(
        style("plain", "event.sku == 'a' && event.skuu == 'b'"),
        style(
            "plain, over lines",
            """
            event.sku == 'a' &&

                event.skuu == 'b'
                && event.sku != ''\
            """),
        style("in double quotes", "\"event.sku == 'a' && event.skuu == 'b'\""),
        style(
            "in double quotes, with escapes",
            "\"event.sku == \\\"\\\\\\\\\\\" && event.skuu == ''\""),
        style(
            "in double quotes, with a code",
            "\"event.sku == '\\x41\\u00e9\\t' && event.skuu == ''\""),
        style(
            "in double quotes, over lines",
            """
            "event.sku == 'a' &&
                event.sku != 'b\\
                c' &&

                event.skuu == 'b'"\
            """),
        style("in single quotes", "'event.sku == ''a'' && event.skuu == ''b'''"),
        style(
            "in single quotes, over lines",
            """
            'event.sku == ''a''
               && event.skuu == ''b'''\
            """),
        style(
            "a block",
            """
            |
                event.sku == 'a' &&
                  event.skuu == 'b'\
            """),
        style(
            "a block that says how it ends, with an empty line",
            """
            |-  # two fields

                event.sku == 'a' &&

                event.skuu == 'b'\
            """),
        style(
            "folded",
            """
            >-
                event.sku == 'a'
                && event.skuu == 'b'\
            """),
        style(
            "folded, with lines that are not",
            """
            >
                event.sku == 'a'

                  && event.sku != ''
                && event.skuu == 'b'\
            """),
        style("with letters of two chars", "event.sku == '\uD83D\uDE00' && event.skuu == 'b'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("styles")
  void aNameThatThereIsNotIsNamedWhereItStands(String style, String formula) {
    String text =
        "journey: hello\nentry:\n  on: product_viewed\n  when: "
            + formula
            + "\nsteps:\n  - emit: {kind: hello, template: hello}\n";

    assertThat(Written.mistakes(text))
        .singleElement()
        .asString()
        .startsWith(placeOf(text, "event." + WRONG) + ": 'event' of product_viewed has no 'skuu'");
  }

  /** The checker of types says line and column, where the names are found by their offset. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("styles")
  void aComparisonThatDoesNotFitIsNamedWhereItStands(String style, String formula) {
    String text =
        "journey: hello\nentry:\n  on: product_viewed\n  when: "
            + formula.replace("event.skuu ==", "event.quantity ==")
            + "\nsteps:\n  - emit: {kind: hello, template: hello}\n";

    assertThat(Written.mistakes(text))
        .singleElement()
        .asString()
        .startsWith(
            placeOf(text, "event.quantity ==", "event.quantity ".length())
                + ": '==' does not go with a whole number and a text");
  }

  @Test
  void whatBreaksOffIsNamedBehindItsLastLetter() {
    assertThat(
            Written.mistakes(
                """
                journey: hello
                entry:
                  on: product_viewed
                  when: |
                    event.sku ==
                steps:
                  - emit: {kind: hello, template: hello}
                """))
        .containsExactly("f1.yaml:5:17: the formula breaks off here");
  }

  @Test
  void linesMayEndAsOtherSystemsEndThem() {
    String text =
        """
        journey: hello
        entry:
          on: product_viewed
          when: >-
            event.sku != '' &&
            event.skuu == 'b'
        steps:
          - emit: {kind: hello, template: hello}
        """;

    assertThat(Written.mistakes(text.replace("\n", "\r\n")))
        .singleElement()
        .asString()
        .startsWith("f1.yaml:6:5: ");
  }

  private static Arguments style(String name, String formula) {
    return Arguments.of(name, formula);
  }

  private static String placeOf(String text, String part) {
    return placeOf(text, part, 0);
  }

  /** Counts lines and letters of the text, and knows nothing of YAML. */
  private static String placeOf(String text, String part, int further) {
    String before = text.substring(0, text.indexOf(part) + further);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    String ofLine = before.substring(before.lastIndexOf('\n') + 1);
    return "f1.yaml:" + line + ":" + (1 + ofLine.codePointCount(0, ofLine.length()));
  }
}
