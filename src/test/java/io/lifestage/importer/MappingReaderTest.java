package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class MappingReaderTest {
  @TempDir private Path folder;

  @Test
  void everyMistakeIsToldAtOnceWithItsLineAndAHint() {
    String mapping =
        """
        name: shop
        tme: {column: at}
        time: {column: at, patterns: [yyyy-MM-dd], zone: Europe/Londn}
        money: {currency: {constant: Euro}}
        attributes: {customer_id: customer, custmer: x}
        events:
          - type: order_plced
            lines: {sku: sku}
          - type: product_added
            where: {column: a, start-with: C}
            attributes: {sku: sku}
        """;

    assertThat(problems(mapping))
        .containsExactly(
            "m.yaml:2: 'tme' means nothing in a mapping; did you mean 'time'?",
            "m.yaml:3: 'Europe/Londn' is no time zone; did you mean 'Europe/London'?",
            "m.yaml:4: 'currency' has to be a currency of ISO 4217, such as EUR",
            "m.yaml:5: 'custmer' is no attribute of these events; there are %d, such as %s"
                .formatted(
                    allAttributes().size(),
                    "customer_id, cart_id, channel, country, query, sender"),
            "m.yaml:7: there is no event type 'order_plced'; did you mean 'order_placed'?",
            "m.yaml:8: a line needs one of 'price' and 'total'; write 'price' for that of one piece,"
                + " 'total' for that of all of the line",
            "m.yaml:9: product_added needs the attribute 'cart_id'; add it under 'attributes'",
            "m.yaml:10: 'start-with' means nothing in the test; did you mean 'starts-with'?",
            "m.yaml:10: the test does not say what 'a' has to be; add one of is, is-not, starts-with,"
                + " ends-with, matches, empty, less-than, more-than, at-least, at-most");
  }

  @TestFactory
  Stream<DynamicTest> aMistakeIsNamed() {
    return Stream.of(
            new String[] {"", "the mapping is empty"},
            new String[] {"a: [", "this is not YAML"},
            new String[] {"just text", "has to be names with values"},
            new String[] {"name: a\nname: b", "'name' stands twice"},
            new String[] {"events: []", "has no 'events'"},
            new String[] {
              "events: {type: page_viewed, attributes: {customer_id: c}}", "has no 'at'"
            },
            new String[] {"events: {type: page_viewed, at: t}", "page_viewed is nobody's"},
            new String[] {"events: {type: {column: t}, at: t}", "needs 'values'"},
            new String[] {"events: {type: order_placed, at: t, value: v}", "has no 'money'"},
            new String[] {
              "events: {type: order_placed, at: {column: t, patterns: ['yyyy-bb']}}",
              "no pattern of a time"
            },
            new String[] {
              "events: {type: order_placed, at: {column: t, patterns: ['yyyy-MM-dd']}}",
              "the time has no zone"
            },
            new String[] {
              "events: {type: order_placed, at: {patterns: [iso]}}",
              "not clear where the text comes from"
            },
            new String[] {
              "events: {type: order_placed, at: t, where: {column: a}}",
              "does not say what 'a' has to be"
            },
            new String[] {
              "events: {type: order_placed, at: t, where: {column: a, matches: '('}}",
              "no regular expression"
            },
            new String[] {
              "events: {type: order_placed, at: t, where: {column: a, less-than: x}}",
              "has to be a number"
            },
            new String[] {
              "events: {type: conversation_started, at: t, value: v}",
              "about no products and no money"
            },
            new String[] {"csv: {header: false}", "either the first line names the columns"},
            new String[] {"csv: {delimiter: '::'}", "has to be one character"},
            new String[] {"csv: {charset: utf-99}", "is no charset"},
            new String[] {
              "csv: {header: false, columns: [a, b]}\nevents: {type: order_placed, at: c}",
              "csv.columns has no 'c'"
            },
            new String[] {"skip: {where: {column: a, is: b}}", "has no 'reason'"},
            new String[] {"name: [a]", "'name' has to be one text"})
        .map(
            mistake ->
                DynamicTest.dynamicTest(
                    mistake[1],
                    () ->
                        assertThat(problems(mistake[0]))
                            .anySatisfy(problem -> assertThat(problem).contains(mistake[1]))));
  }

  @Test
  void aColumnThatTheFileHasNotIsNamedWithTheLineOfTheMappingAndTheNearestName() {
    assertThatThrownBy(
            () -> new Imports(folder).run(Imports.SHOP, "at,Customer,order,sku,pieces,price\n"))
        .hasMessage("test.yaml:4: the file has no column 'customer'; did you mean 'Customer'?");
  }

  @Test
  void aHeaderOfOneCellSuggestsAnotherDelimiter() {
    assertThatThrownBy(
            () -> new Imports(folder).run(Imports.SHOP, "at;customer;order;sku;pieces;price\n"))
        .hasMessageContaining("csv.delimiter may be another character");
  }

  @Test
  void aColumnThatTheFileHasTwiceMeansNeither() {
    assertThatThrownBy(
            () ->
                new Imports(folder).run(Imports.SHOP, "at,customer,order,sku,pieces,price,price\n"))
        .hasMessageContaining("more than one column 'price'");
  }

  @TestFactory
  Stream<DynamicTest> everyMappingOfTheDocumentationIsRight() throws Exception {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of("deploy/mappings"))) {
      files = found.toList();
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> MappingReader.read(file)));
  }

  @Test
  void theMappingOnTheDocumentationsPageIsRight() throws Exception {
    String page = Files.readString(Path.of("deploy/import.md"));
    String mapping =
        page.substring(page.indexOf("    name: my-shop"), page.indexOf("Mistakes are found"));

    assertThat(MappingReader.read("import.md", mapping.indent(-4)).name()).isEqualTo("my-shop");
  }

  @Test
  void aFormatThatIsNotKnownIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> MappingReader.format("rees64"))
        .hasMessage("no format 'rees64'; did you mean 'rees46'?");
  }

  private static List<String> problems(String mapping) {
    MappingException wrong =
        catchThrowableOfType(MappingException.class, () -> MappingReader.read("m.yaml", mapping));
    return wrong.problems().stream().map(Object::toString).toList();
  }

  private static List<String> allAttributes() {
    return Vocabulary.types().stream()
        .flatMap(type -> Vocabulary.attributes(type).stream())
        .distinct()
        .sorted()
        .toList();
  }
}
