package io.lifestage.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lifestage.console.Chromium.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser, over data that tries to break out of it. Where there is no Chromium
 * these are skipped: {@code apt-get install chromium}, or {@code -Dlifestage.chromium=PATH}.
 */
class ConsolePageIT {
  private static final String SKIPPED =
      "The console's page is NOT tested: there is no Chromium here. apt-get install chromium, or"
          + " -Dlifestage.chromium=PATH";

  private static Board board;
  private static Console console;
  private static Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      System.err.println(SKIPPED);
    }
    assumeTrue(program.isPresent(), SKIPPED);
    board = Shop.board();
    console = console(board, 0);
    new Shop(board, Instant.now(), true).past(600);
    chromium = new Chromium(program.get());
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
      console.close();
    }
  }

  private static Console console(Board board, int port) throws IOException {
    ConsoleOptions options = new ConsoleOptions(null, port, null, "", null, "lifestage");
    return new Console(options, board, new Shop.Archive(Instant.now()), InstantSource.system());
  }

  @ParameterizedTest
  @CsvSource({
    "lifecycle,Lifecycle,1440",
    "checkout,Purchase health,1440",
    "conversations,Conversations,1440",
    "triggers,Triggers,1440",
    "customer/c-1,Customer,1440",
    "customer/c-1?view=why&trigger=t-1,Customer,1440",
    "journeys,Journeys,1440",
    "job,Job,1440",
    "metrics,Metrics,1440",
    "lifecycle,Lifecycle,360",
    "checkout,Purchase health,360",
    "conversations,Conversations,360",
    "triggers,Triggers,360",
    "customer/c-1,Customer,360",
    "customer/c-1?view=why&trigger=t-1,Customer,360",
    "journeys,Journeys,360",
    "job,Job,360",
    "metrics,Metrics,360"
  })
  void everyViewStandsUpToItsData(String view, String title, int width) {
    try (Page page = chromium.open(width, 900).darkAndStill().go(console.address() + "#/" + view)) {
      awaitView(page, title);
      page.click("#reveal");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> page.value("document.querySelectorAll('main *').length").asInt() > 20);
      page.value("document.querySelectorAll('main details').forEach(d => d.open = true)");

      assertThat(page.value("document.title").asText()).isEqualTo(title + " · Lifestage");
      assertThat(page.value("document.images.length").asInt()).isEqualTo(1);
      assertThat(page.value("document.scripts.length").asInt()).isEqualTo(1);
      assertThat(page.value("document.documentElement.scrollWidth - innerWidth").asInt())
          .as("wider than the screen")
          .isLessThanOrEqualTo(0);
      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void hostileNamesAreTextAndNothingElse() {
    try (Page page = chromium.open(1440, 900).go(console.address() + "#/conversations")) {
      awaitView(page, "Conversations");
      page.click("#reveal");

      await()
          .untilAsserted(
              () ->
                  assertThat(page.text("main"))
                      .contains("<img src=x onerror=")
                      .contains("</script><script>")
                      .contains("__proto__"));
      assertThat(page.value("({}).polluted === undefined").asBoolean()).isTrue();
      assertThat(page.value("document.title").asText()).isEqualTo("Conversations · Lifestage");
    }
  }

  @Test
  void personalDataIsMaskedUntilAskedForAndAgainAfterwards() {
    try (Page page = chromium.open(1440, 900).go(console.address() + "#/conversations")) {
      awaitView(page, "Conversations");
      assertThat(page.text("main")).contains(Masking.MASK).doesNotContain("ada@example.org");

      page.click("#reveal");
      await().untilAsserted(() -> assertThat(page.text("main")).contains("ada@example.org"));

      page.go("about:blank").go(console.address() + "#/conversations");
      awaitView(page, "Conversations");
      assertThat(page.value("document.getElementById('reveal').checked").asBoolean()).isFalse();
      assertThat(page.text("main")).doesNotContain("ada@example.org");
    }
  }

  @Test
  void aMaskedNameLeadsToItsCustomer() {
    try (Page page = chromium.open(1440, 900).go(console.address() + "#/conversations")) {
      awaitView(page, "Conversations");
      page.value(
          "[...document.querySelectorAll('main a')].find(a => a.textContent === '•••').click()");

      await().untilAsserted(() -> assertThat(page.text("h2.person")).isEqualTo(Masking.MASK));
      assertThat(page.value("location.hash").asText()).contains("customer/~");
    }
  }

  @Test
  void whatHappensIsShownWithoutLoadingThePageAgain() throws IOException {
    Board own = Shop.board();
    own.note(health -> health.reached(0, 0));
    try (Console live = console(own, 0);
        Page page = chromium.open(1440, 900).go(live.address())) {
      await().untilAsserted(() -> assertThat(page.text("main")).contains("Nobody is here yet"));
      page.value("window.stays = true");

      String first = own.look(all -> all.rules.stages().stages().get(0));
      own.take(List.of(Told.profile("ada", first, Map.of()), Told.profile("bob", first, Map.of())));

      await().untilAsserted(() -> assertThat(page.text("main .lead")).startsWith("2 customers."));
      assertThat(page.text("svg.arc .label .count")).isEqualTo("2");
      assertThat(page.value("window.stays").asBoolean()).isTrue();
    }
  }

  @Test
  void whenTheConsoleIsGoneThePageSaysSoAndHeals() throws IOException {
    Board own = Shop.board();
    Console first = console(own, 0);
    int port = first.port();
    try (Page page = chromium.open(1440, 900).go(first.address())) {
      await().untilAsserted(() -> assertThat(page.text("#state")).contains("unknown"));
      first.close();
      await().untilAsserted(() -> assertThat(page.text("#troubles")).contains("does not answer"));

      try (Console second = console(own, port)) {
        assertThat(second.port()).isEqualTo(port);
        await()
            .atMost(Duration.ofSeconds(15))
            .untilAsserted(() -> assertThat(page.text("#troubles")).isEmpty());
      }
    } finally {
      first.close();
    }
  }

  @Test
  void theWayBackIsTheBrowsersOwn() {
    try (Page page = chromium.open(1440, 900).go(console.address() + "#/lifecycle?window=1h")) {
      awaitView(page, "Lifecycle");
      page.click("nav a[href*='triggers']");
      awaitView(page, "Triggers");
      assertThat(page.value("location.hash").asText()).contains("window=1h");

      page.value("history.back()");
      awaitView(page, "Lifecycle");
    }
  }

  @Test
  void theKeyboardAloneIsEnough() {
    try (Page page = chromium.open(1440, 900).go(console.address() + "#/lifecycle")) {
      awaitView(page, "Lifecycle");
      page.press("Tab");
      assertThat(page.value("document.activeElement.className").asText()).isEqualTo("skip");

      page.press("Tab").press("Tab").press("Tab");
      assertThat(page.value("document.activeElement.textContent").asText()).startsWith("Purchase");
      assertThat(page.value("getComputedStyle(document.activeElement).outlineStyle").asText())
          .isNotEqualTo("none");
    }
  }

  /** While numbers change under it, what somebody has opened and chosen stays. */
  @Test
  void newNumbersTakeNobodysFocus() {
    try (Page page = chromium.open(1440, 900).go(console.address() + "#/metrics")) {
      awaitView(page, "Metrics");
      page.value("document.querySelector('main details').open = true");
      page.value("document.querySelector('main summary').focus()");
      String before = page.text("main .metrics .value b");
      board.take(
          List.of(
              Told.metric(
                  "customers_lost", "stage", "x", "5m", Instant.now().plusSeconds(60), 777_777)));

      await()
          .untilAsserted(
              () -> assertThat(page.text("main .metrics .value b")).isNotEqualTo(before));
      assertThat(page.value("document.activeElement.tagName").asText()).isEqualTo("SUMMARY");
      assertThat(page.value("document.querySelector('main details').open").asBoolean()).isTrue();
    }
  }

  private static void awaitView(Page page, String title) {
    await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> {
              assertThat(page.text("main h1")).isEqualTo(title);
              assertThat(page.text("main"))
                  .doesNotContain("One moment")
                  .doesNotContain("Reading what");
            });
  }
}
