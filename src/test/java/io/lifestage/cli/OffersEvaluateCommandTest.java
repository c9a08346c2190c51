package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffersEvaluateCommandTest {
  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void writeShop() throws IOException {
    Random random = new Random(3);
    StringBuilder rows = new StringBuilder(HEADER);
    for (int invoice = 0; invoice < 300; invoice++) {
      int pair = random.nextInt(20);
      for (String sku : new String[] {"A" + pair, "B" + pair}) {
        rows.append(
            "%d,%s,X,1,2011-01-%02d %02d:00:00,1.00,17850,France\n"
                .formatted(invoice, sku, 1 + invoice / 20, invoice % 20));
      }
    }
    file = Files.writeString(folder.resolve("shop.csv"), rows + "broken\n");
  }

  @Test
  void theTableHasEveryMethod() {
    assertThat(run("--format", "online-retail", file.toString())).isZero();

    assertThat(out.toString())
        .contains("300  orders", "60  orders with two products or more")
        .containsPattern("live +1.0000 ± 0.0000")
        .contains("live, as of the cut", "table, by cosine", "bought most of late", "chance");
    assertThat(err.toString()).contains("line 602: fewer cells than the header: 1 instead of 8");
  }

  @Test
  void theFiguresCanBeJson() {
    assertThat(run("--format", "online-retail", "--json", file.toString())).isZero();

    assertThat(out.toString()).contains("\"asked\" : 60", "\"method\" : \"live\"");
  }

  @Test
  void theCutIsADayAMomentOrAShare() {
    assertThat(asked("2011-01-15")).contains("\"asked\" : 20");
    assertThat(asked("2011-01-15T12:00:00Z")).contains("\"asked\" : 8");
    assertThat(asked("50%")).contains("\"asked\" : 150");
  }

  private String asked(String cut) {
    out.getBuffer().setLength(0);
    assertThat(run("--format", "online-retail", "--json", "--cut", cut, file.toString())).isZero();
    return out.toString();
  }

  @Test
  void aFloorOfSupportThatNoPairReachesLeavesNothingToOffer() {
    run("--format", "online-retail", "--json", "--support", "301", file.toString());

    assertThat(out.toString())
        .containsPattern("\"live, as offered\",\\s+\"hit_rate\" : \\{\\s+\"value\" : 0.0");
    assertThat(run("--format", "online-retail", "--support", "0", file.toString())).isEqualTo(2);
    assertThat(
            run(
                "--format",
                "online-retail",
                "--measure",
                "lift",
                "--support",
                "3",
                file.toString()))
        .isEqualTo(2);
  }

  @Test
  void whereNothingCanBeAskedTheExitCodeSaysSo() {
    assertThat(run("--format", "online-retail", "--cut", "2012-01-01", file.toString()))
        .isEqualTo(3);
    assertThat(err.toString()).contains("after the cut has two products");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileWithoutOrdersIsSaidToHaveNone() throws IOException {
    Files.writeString(file, HEADER + "rubbish\n\u0000\n");

    assertThat(run("--format", "online-retail", file.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("has no orders, by this mapping");
  }

  @Test
  void anotherFilesHeaderIsRefusedWithWhatIsMissing() throws IOException {
    Files.writeString(file, "a,b\n1,2\n");

    assertThat(run("--format", "online-retail", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("the file has no column 'InvoiceNo'");
  }

  @Test
  void wrongUsageIsSaid() {
    for (String[] wrong :
        new String[][] {
          {"--cut", "soon"},
          {"--at", "0"},
          {"--measure", "magic"},
          {"--table", "magic"},
          {"--bound", "0"},
          {"--half-life", "0"}
        }) {
      assertThat(run("--format", "online-retail", wrong[0], wrong[1], file.toString()))
          .as(wrong[0])
          .isEqualTo(2);
    }
    assertThat(err.toString())
        .contains("'soon' is no cut", "--at has to be from 1", "no measure 'magic'");
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    assertThat(run("--format", "online-retail", folder.resolve("none.csv").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("There is no file");
  }

  private int run(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "offers";
    all[1] = "evaluate";
    System.arraycopy(args, 0, all, 2, args.length);
    return Lifestage.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
