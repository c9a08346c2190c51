package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    file =
        Files.writeString(
            folder.resolve("Shop 1.csv"),
            HEADER + "1,A,CUP,6,2010-12-01 08:26:00,2.55,17850,France\nbroken\n");
  }

  @Test
  void aDryRunPrintsEventsAsJsonAndTheSummaryBeside() {
    assertThat(run("--format", "online-retail", "--dry-run", file.toString())).isZero();

    assertThat(out.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("\"type\":\"order_placed\"", "\"value_minor\":1530");
    assertThat(err.toString())
        .contains("line 3: fewer cells than the header: 1 instead of 8", "1  customers");
  }

  @Test
  void theSummaryCanBeJson() {
    run("--format", "online-retail", "--dry-run", "--json", file.toString());

    assertThat(err.toString()).contains("\"rows\":2,\"used\":1", "\"customers\":1");
  }

  @Test
  void badRowsAreKeptWithLineAndReason() throws IOException {
    Path kept = folder.resolve("bad.csv");

    run("--format", "online-retail", "--dry-run", "--bad-rows", kept.toString(), file.toString());

    assertThat(kept).content().contains("3,bad,fewer cells than the header: 1 instead of 8,broken");
  }

  @Test
  void moreBadRowsThanAllowedHaveAnExitCodeOfTheirOwn() {
    assertThat(run("--format", "online-retail", "--dry-run", "--max-bad", "0", file.toString()))
        .isEqualTo(3);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theLiveSpaceIsRefused() {
    for (String live : new String[] {"", "live"}) {
      assertThat(run("--format", "online-retail", "--space", live, file.toString())).isEqualTo(2);
    }
    assertThat(err.toString()).contains("history never goes into the live space");
  }

  @Test
  void aSpaceWhoseNameCanBeNoPrefixIsRefused() {
    assertThat(run("--format", "online-retail", "--space", "My Space", file.toString()))
        .isEqualTo(2);
  }

  @Test
  void anUnknownFormatIsWrongUsage() {
    assertThat(run("--format", "rees64", "--dry-run", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean 'rees46'?");
  }

  @Test
  void formatAndMappingTogetherAreWrongUsage() {
    assertThat(run("--format", "rees46", "--mapping", "m.yaml", file.toString())).isEqualTo(2);
    assertThat(run(file.toString())).isEqualTo(2);
  }

  @Test
  void aMappingWithMistakesFailsWithAllOfThem() throws IOException {
    Path mapping = Files.writeString(folder.resolve("m.yaml"), "nme: x\nevents: {type: bought}\n");

    assertThat(run("--mapping", mapping.toString(), "--dry-run", file.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("m.yaml:1: 'nme' means nothing", "m.yaml:2: there is no event type 'bought'");
  }

  @Test
  void assumedConsentIsSaidLoudly() {
    run("--format", "online-retail", "--dry-run", "--assume-consent", file.toString());

    assertThat(err.toString()).contains("ASSUMING that every customer agreed");
    assertThat(out.toString()).contains("consent_changed");
  }

  private int run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "import";
    System.arraycopy(args, 0, all, 1, args.length);
    return Lifestage.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }
}
