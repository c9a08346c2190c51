package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
  private static final String ROW = "2024-05-01T10:00:00Z,ann,o1,pen,2,1.25\n";

  @TempDir private Path folder;
  private Imports imports;

  @BeforeEach
  void newImport() {
    imports = new Imports(folder);
  }

  @Test
  void usageExample() throws IOException {
    Summary summary = imports.shop(ROW);

    assertThat(imports.events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("order_placed");
              assertThat(event.at()).isEqualTo(1714557600000L);
              assertThat(event.customer()).isEqualTo("ann");
              assertThat(event.attributes()).containsEntry("order_id", "o1");
              assertThat(event.lines()).containsExactly(new Line("pen", 2, 125));
              assertThat(event.value()).isEqualTo(new Money(250, "EUR"));
            });
    assertThat(summary.used()).isEqualTo(1);
    assertThat(summary.customers()).isEqualTo(1);
  }

  @Test
  void rowsOfAGroupBecomeOneOrderWhereverTheyStand() throws IOException {
    String mapping = Imports.SHOP.replace("    lines:", "    group: order\n    lines:");

    imports.run(
        mapping,
        Imports.SHOP_HEADER
            + "2024-05-01T10:05:00Z,ann,o1,pen,2,0.333\n"
            + "2024-05-02T10:00:00Z,bob,o2,cup,1,3\n"
            + "2024-05-01T10:00:00Z,ann,o1,ink,1,0.333\n");

    assertThat(imports.events).extracting(Event::customer).containsExactly("ann", "bob");
    Event order = imports.events.get(0);
    assertThat(order.lines()).containsExactly(new Line("pen", 2, 33), new Line("ink", 1, 33));
    assertThat(order.value()).as("the exact sum, rounded once").isEqualTo(new Money(100, "EUR"));
    assertThat(order.at()).as("the earliest row").isEqualTo(1714557600000L);
  }

  @Test
  void severalEventsOfARowFollowEachOtherInTheOrderOfTheMapping() throws IOException {
    imports.run(
        Imports.SHOP.replace("order_placed", "[order_placed, order_paid, order_shipped]"),
        Imports.SHOP_HEADER + ROW);

    assertThat(imports.events)
        .extracting(Event::type)
        .containsExactly("order_placed", "order_paid", "order_shipped");
    assertThat(imports.events).extracting(Event::at).isSorted().doesNotHaveDuplicates();
    assertThat(imports.ids()).doesNotHaveDuplicates();
  }

  @Test
  void eventsAreSentInTheOrderOfTheirTimesWhateverTheOrderOfTheFile() throws IOException {
    imports.shop(
        """
        2024-05-03T10:00:00Z,ann,o3,pen,1,1
        2024-05-01T10:00:00Z,ann,o1,pen,1,1
        2024-05-02T10:00:00Z,ann,o2,pen,1,1
        """);

    assertThat(imports.events)
        .extracting(event -> event.get("order_id"))
        .containsExactly("o1", "o2", "o3");
  }

  @Test
  void moreThanMemoryHoldsGivesTheSameAndLeavesNothingBehind() throws IOException {
    String mapping = Imports.SHOP.replace("    lines:", "    group: order\n    lines:");
    List<String> rows = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      rows.add(
          "2024-05-%02dT10:00:00Z,c%d,o%d,s%d,1,1%n"
              .formatted(1 + i % 28, i % 10, i % 280, random.nextInt(9)));
    }
    String csv = Imports.SHOP_HEADER + String.join("", rows);
    imports.run(mapping, csv);
    List<Event> inMemory = List.copyOf(imports.events);

    Summary summary = imports.memory(8000).run(mapping, csv);

    assertThat(summary.spilled()).as("files, more than can be open at once").isGreaterThan(64);
    assertThat(imports.events).isEqualTo(inMemory).hasSize(280);
    try (var files = Files.list(folder)) {
      assertThat(files)
          .extracting(Path::getFileName)
          .extracting(Path::toString)
          .containsExactly("input");
    }
  }

  @Test
  void theSameFileTwiceGivesTheSameIds() throws IOException {
    imports.shop(ROW + ROW + "2024-05-01T10:00:00Z,ann,o2,pen,2,1.25\n");
    List<String> first = imports.ids();

    imports.shop(ROW + ROW + "2024-05-01T10:00:00Z,ann,o2,pen,2,1.25\n");

    assertThat(imports.ids()).isEqualTo(first).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void idsDependOnWhatRowsSayAndNotOnWhereTheyStand() throws IOException {
    String mapping = Imports.SHOP.replace("    lines:", "    group: order\n    lines:");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add("2024-05-01T10:00:00Z,ann,o%d,sku%d,1,1%n".formatted(i % 4, i));
    }
    imports.run(mapping, Imports.SHOP_HEADER + String.join("", rows));
    List<String> first = imports.ids();

    Collections.shuffle(rows, new Random(1));
    imports.run(mapping, Imports.SHOP_HEADER + String.join("", rows));

    assertThat(imports.ids()).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void anotherMappingsNameGivesOtherIds() throws IOException {
    imports.shop(ROW);
    List<String> first = imports.ids();

    imports.run(Imports.SHOP.replace("name: shop", "name: other"), Imports.SHOP_HEADER + ROW);

    assertThat(imports.ids()).doesNotContainAnyElementsOf(first);
  }

  @Test
  void anOrderOfNobodyIsAGuests() throws IOException {
    Summary summary = imports.shop(ROW.replace("ann", ""));

    assertThat(imports.events.get(0).customer()).isEqualTo("anonymous:guest:o1");
    assertThat(imports.events.get(0).get("anonymous_id")).isEqualTo("guest:o1");
    assertThat(summary.guests()).isEqualTo(1);
    assertThat(summary.customers()).isZero();
  }

  @Test
  void aCancellationIsReadWithoutSigns() throws IOException {
    imports.run(
        Imports.SHOP.replace("order_placed", "order_cancelled"),
        Imports.SHOP_HEADER + ROW.replace(",2,", ",-2,"));

    assertThat(imports.events.get(0).lines()).containsExactly(new Line("pen", 2, 125));
    assertThat(imports.events.get(0).value()).isEqualTo(new Money(250, "EUR"));
  }

  @Test
  void aBadRowIsToldWithItsLineAndReasonAndTheOthersGoOn() throws IOException {
    Summary summary =
        imports.shop(
            ROW
                + "not a date,ann,o2,pen,2,1.25\n"
                + "2024-05-01T10:00:00Z,ann,o3,pen,two,1.25\n"
                + "2024-05-01T10:00:00Z,ann,o4,pen,2,-1\n"
                + "2024-05-01T10:00:00Z,ann,o5,pen,0,1\n"
                + "2024-05-01T10:00:00Z,ann,,pen,2,1\n"
                + "1969-05-01T10:00:00Z,ann,o6,pen,2,1\n"
                + "too,few\n"
                + "2024-05-01T10:00:00Z,ann,o7,pen,2,1.25,more\n"
                + ",ann,o8,pen,2,1.25\n"
                + "2024-05-01T10:00:00Z,ann,o9,,2,1.25\n"
                + ROW);

    assertThat(imports.events).hasSize(2);
    assertThat(imports.badMessages())
        .containsExactly(
            "3: at is a time in none of the mapping's patterns: not a date",
            "4: pieces is not a number: two",
            "5: price is negative: -1",
            "6: pieces is not positive: 0",
            "7: order_placed without order_id",
            "8: at is a time before 1970: 1969-05-01T10:00:00Z",
            "9: fewer cells than the header: 2 instead of 6",
            "10: more cells than the header: 7 instead of 6",
            "11: at is empty, so the time is not known",
            "12: sku is empty");
    assertThat(summary.rows()).isEqualTo(12).isEqualTo(summary.used() + summary.badRows());
    assertThat(summary.bad()).containsEntry("price is negative", 1L);
  }

  @Test
  void aRowOfWhichOneEventIsBadGivesNone() throws IOException {
    String mapping = Imports.SHOP + "  - {type: order_shipped, at: customer}\n";

    imports.run(mapping, Imports.SHOP_HEADER + ROW);

    assertThat(imports.events).isEmpty();
    assertThat(imports.badMessages())
        .singleElement()
        .asString()
        .startsWith("2: customer is a time");
  }

  @Test
  void tooManyBadRowsEndTheImportBeforeAnythingIsSent() {
    assertThatThrownBy(() -> imports.maxBad(1).shop(ROW + "x\nx\n"))
        .isInstanceOf(TooManyBadRowsException.class)
        .hasMessageContaining("more than 1 bad rows");
    assertThat(imports.events).isEmpty();
  }

  @Test
  void rowsThatTheMappingLeavesOutAreCountedByItsReason() throws IOException {
    Summary summary =
        imports.run(
            Imports.SHOP + "skip: {reason: tests, where: {column: customer, is: [bob, eve]}}\n",
            Imports.SHOP_HEADER + ROW + ROW.replace("ann", "eve"));

    assertThat(summary.leftOut()).containsOnlyKeys("tests").containsValue(1L);
    assertThat(summary.badRows()).isZero();
    assertThat(imports.bad).singleElement().matches(BadRow::leftOut);
  }

  @Test
  void aRowThatNoRuleAppliesToIsBad() throws IOException {
    imports.run(
        Imports.SHOP.replace("    lines:", "    where: {column: pieces, more-than: 5}\n    lines:"),
        Imports.SHOP_HEADER + ROW);

    assertThat(imports.badMessages()).containsExactly("2: no rule of the mapping applies");
  }

  @Test
  void gzipIsToldByContent() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((Imports.SHOP_HEADER + ROW).getBytes(StandardCharsets.UTF_8));
    }

    imports.run(Imports.SHOP, bytes.toByteArray());

    assertThat(imports.events).hasSize(1);
  }

  @Test
  void aZipIsRefusedWithAHint() {
    assertThatThrownBy(() -> imports.run(Imports.SHOP, "PK\u0003\u0004"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unpack it");
  }

  @Test
  void byteOrderMarksDecideTheCharsetAndAreNoPartOfTheHeader() throws IOException {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      imports.run(
          Imports.SHOP,
          ("\uFEFF" + Imports.SHOP_HEADER + ROW.replace("ann", "zoë")).getBytes(charset));

      assertThat(imports.events)
          .as(charset.name())
          .extracting(Event::customer)
          .containsExactly("zoë");
    }
  }

  @Test
  void textInAnotherCharsetThanTheMappingsIsABadRowAndReadableOnceItIsNamed() throws IOException {
    byte[] csv =
        (Imports.SHOP_HEADER + ROW.replace("ann", "zoë")).getBytes(StandardCharsets.ISO_8859_1);

    imports.run(Imports.SHOP, csv);
    assertThat(imports.badMessages())
        .singleElement()
        .asString()
        .contains("no text in the file's charset");

    imports.run(Imports.SHOP + "csv: {charset: windows-1252}\n", csv);
    assertThat(imports.events).extracting(Event::customer).containsExactly("zoë");
  }

  @Test
  void aFileWithoutAHeaderWithSemicolonsDecimalCommasAndTheTimeInTwoColumns() throws IOException {
    String mapping =
        """
        name: german
        csv: {header: false, delimiter: ";", columns: [day, clock, who, no, art, n, eur], empty: ["NULL"]}
        numbers: {decimal: ","}
        money: {currency: {constant: EUR}}
        time: {columns: [day, clock], patterns: ["dd.MM.yyyy HH:mm", "dd.MM.yyyy"], zone: Europe/Berlin}
        attributes:
          customer_id: {column: who, trim-suffix: ".0", prefix: "de-"}
          order_id: no
        events:
          - type: order_placed
            lines: {sku: art, quantity: n, price: eur}
        """;

    imports.run(
        mapping, "01.05.2024;10:00;17.0;1;pen;2;1.234,50\r\n02.05.2024;NULL;18;2;pen;1;€ 0,99\r\n");

    assertThat(imports.events).extracting(Event::customer).containsExactly("de-17", "de-18");
    assertThat(imports.events)
        .extracting(Event::at)
        .containsExactly(1714550400000L, 1714600800000L);
    assertThat(imports.events)
        .extracting(Event::value)
        .containsExactly(new Money(246900, "EUR"), new Money(99, "EUR"));
  }

  @Test
  void currenciesOfAColumnDecideTheMinorUnits() throws IOException {
    imports.run(
        Imports.SHOP.replace("{constant: EUR}", "customer"),
        Imports.SHOP_HEADER
            + ROW.replace("ann", "JPY")
            + ROW.replace("ann", "KWD")
            + ROW.replace("ann", "Euro"));

    assertThat(imports.events)
        .extracting(Event::value)
        .containsExactlyInAnyOrder(new Money(3, "JPY"), new Money(2500, "KWD"));
    assertThat(imports.badMessages())
        .containsExactly("4: customer is not a currency of ISO 4217: Euro");
  }

  @Test
  void amountsInMinorUnitsStayAsTheyAre() throws IOException {
    imports.run(
        Imports.SHOP.replace("constant: EUR}", "constant: EUR}, units: minor"),
        Imports.SHOP_HEADER + ROW.replace("1.25", "125"));

    assertThat(imports.events.get(0).value()).isEqualTo(new Money(250, "EUR"));
  }

  @Test
  void aTypeFromATableAndTheTextsItDoesNotHave() throws IOException {
    String mapping =
        """
        name: clicks
        time: {column: ts, patterns: [epoch-millis]}
        attributes: {anonymous_id: v}
        events:
          - type: {column: e, values: {view: product_viewed, page: page_viewed}}
            attributes: {sku: item}
        """;

    imports.run(
        mapping,
        "ts,v,e,item\n1433221332117,7,view,i1\n1433221332118,7,page,\n1433221332119,7,jump,i1\n");

    assertThat(imports.events)
        .extracting(Event::type)
        .containsExactly("product_viewed", "page_viewed");
    assertThat(imports.events).extracting(Event::customer).containsOnly("anonymous:7");
    assertThat(imports.badMessages())
        .containsExactly("4: e has a text that the table of the mapping has not: jump");
  }

  @Test
  void assumedConsentComesOnceJustBeforeTheFirstEventOfACustomerAndNeverForAGuest()
      throws IOException {
    Summary summary =
        imports
            .assumeConsent()
            .shop(ROW + ROW.replace("o1", "o2").replace("10:00", "11:00") + ROW.replace("ann", ""));

    List<Event> consents =
        imports.events.stream().filter(event -> event.type().equals("consent_changed")).toList();
    assertThat(consents)
        .singleElement()
        .satisfies(
            consent -> {
              assertThat(consent.customer()).isEqualTo("ann");
              assertThat(consent.at()).isEqualTo(1714557600000L - 1);
              assertThat(consent.attributes())
                  .containsEntry("channel", "email")
                  .containsEntry("purpose", "marketing")
                  .containsEntry("granted", "true");
            });
    assertThat(summary.events()).containsEntry("consent_changed", 1L);
  }

  @Test
  void aGroupOfMoreRowsThanAnOrderHasIsCutAndToldSo() throws IOException {
    String rows = ROW.repeat(Groups.MAX_ROWS + 1);

    Summary summary =
        imports.run(
            Imports.SHOP.replace("    lines:", "    group: order\n    lines:"),
            Imports.SHOP_HEADER + rows);

    assertThat(summary.badRows()).isEqualTo(1);
    assertThat(imports.badMessages()).containsExactly("5002: a group has more than 5000 rows: o1");
  }

  @Test
  void anotherCurrencyWithinAGroupIsABadRow() throws IOException {
    String mapping =
        Imports.SHOP
            .replace("{constant: EUR}", "customer")
            .replace("    lines:", "    group: order\n    lines:");

    imports.run(
        mapping, Imports.SHOP_HEADER + ROW.replace("ann", "EUR") + ROW.replace("ann", "USD"));

    assertThat(imports.badMessages()).containsExactly("3: another currency than its group's: USD");
    assertThat(imports.events.get(0).value()).isEqualTo(new Money(250, "EUR"));
  }

  @Test
  void anEmptyFileSaysSo() {
    assertThatThrownBy(() -> imports.run(Imports.SHOP, ""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void aHeaderWithoutRowsIsAnImportOfNothing() throws IOException {
    Summary summary = imports.run(Imports.SHOP, Imports.SHOP_HEADER);

    assertThat(summary.rows()).isZero();
    assertThat(summary.sent()).isZero();
  }

  @Test
  void aFailingSinkEndsTheImport() throws IOException {
    Path file = Files.writeString(folder.resolve("in.csv"), Imports.SHOP_HEADER + ROW);
    Importer importer =
        new Importer(
            MappingReader.read("test.yaml", Imports.SHOP),
            new ImportOptions(folder, 1 << 20, false, 0),
            new ImportWatcher() {});

    assertThatThrownBy(
            () ->
                importer.run(
                    file,
                    event -> {
                      throw new IOException("the broker is gone");
                    }))
        .hasMessage("the broker is gone");
  }
}
