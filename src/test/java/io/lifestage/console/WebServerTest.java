package io.lifestage.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TOKEN = "correct-horse-battery";

  private static final Board BOARD = Shop.board();
  private static Console open;

  private final HttpClient client = HttpClient.newHttpClient();
  private Console console = open;

  @BeforeAll
  static void start() throws IOException {
    open = console(null, null);
  }

  @AfterAll
  static void stop() {
    open.close();
  }

  @AfterEach
  void stopAnother() {
    if (console != open) {
      console.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lifecycle",
        "checkout",
        "conversations",
        "triggers",
        "journeys",
        "job",
        "metrics",
        "status"
      })
  void everyDocumentIsAnswered(String name) throws Exception {
    HttpResponse<String> answer = get("/api/" + name + "?window=1h");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(new ObjectMapper().readTree(answer.body()).isObject()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/console.js", "/api/status", "/metrics", "/no/such/page"})
  void everyAnswerForbidsWhatIsNotOurs(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../pom.xml", "/uplot/../../Console.class", "/uplot/LICENSE", "/%2e%2e/x"})
  void nothingButThePageIsServed(String path) throws Exception {
    assertThat(raw("GET " + path, "127.0.0.1")).startsWith("HTTP/1.1 404");
  }

  @Test
  void aWindowThatDoesNotExistIsRefusedWithTheOnesThatDo() throws Exception {
    assertThat(get("/api/lifecycle?window=2m").body()).contains("1m, 5m, 1h or 24h");
  }

  @Test
  void nothingIsTakenOnlyTold() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/api/status").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
  }

  // --- Who asks ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", ""})
  void aNameThatIsNotThisMachinesIsTurnedAway(String host) throws Exception {
    assertThat(raw("GET /api/status", host)).startsWith("HTTP/1.1 421");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:9000", "127.0.0.1:8080", "[::1]:8080"})
  void thisMachinesNamesAreLetIn(String host) throws Exception {
    assertThat(raw("GET /api/status", host)).startsWith("HTTP/1.1 200");
  }

  @Test
  void aPageOfElsewhereIsNotTold() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/api/status").header("Sec-Fetch-Site", "cross-site").build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void withATokenNothingIsToldWithoutIt() throws Exception {
    reopen("127.0.0.1", TOKEN);

    for (String path : List.of("/api/status", "/api/live", "/api/customer?id=ada", "/metrics")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(get("/").body()).doesNotContain("console.js");
    assertThat(get("/?token=wrong").statusCode()).isEqualTo(401);
    assertThat(bearer("wrong").statusCode()).isEqualTo(401);
    assertThat(bearer(TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void aBrowserGetsACookieForTheTokenWhichIsNotTheToken() throws Exception {
    reopen("127.0.0.1", TOKEN);

    HttpResponse<String> entered = get("/?token=" + TOKEN);
    assertThat(entered.statusCode()).isEqualTo(303);
    assertThat(entered.headers().firstValue("Location")).contains("/");
    String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);

    HttpResponse<String> answer =
        client.send(
            request("/api/status")
                .header("Cookie", cookie.substring(0, cookie.indexOf(";")))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void openToOtherMachinesItAlwaysNeedsAToken() throws Exception {
    reopen("0.0.0.0", null);

    assertThat(console.address()).contains("?token=");
    assertThat(get("/api/status").statusCode()).isEqualTo(401);
  }

  @Test
  void aPortThatIsTakenIsSaidWithWhatToDo() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ConsoleOptions options =
          new ConsoleOptions(null, other.getLocalPort(), null, "", null, "lifestage");

      assertThatExceptionOfType(BindException.class)
          .isThrownBy(
              () -> new Console(options, BOARD, new Shop.Archive(NOON), InstantSource.system()))
          .withMessageContaining(other.getLocalPort() + "")
          .withMessageContaining("--port");
    }
  }

  // --- What is told ------------------------------------------------------------------------------

  @Test
  void personalDataIsShownToWhomAsksForItAlone() throws Exception {
    String id = URLEncoder.encode("ada@example.org", UTF_8);

    assertThat(get("/api/customer?id=" + id).body())
        .contains("\"email\":\"•••\"")
        .doesNotContain("ada@example.org");
    assertThat(get("/api/customer?reveal=true&id=" + id).body()).contains("ada@example.org");
  }

  @Test
  void aTraitThatIsATimeIsSaidToBeOne() throws Exception {
    assertThat(get("/api/customer?id=c-1").body()).contains("\"last_paid\":\"time\"");
  }

  @Test
  void aTriggerOpensToWhy() throws Exception {
    assertThat(get("/api/why?id=c-1&trigger=t-1").body()).contains("as much as a cap lets through");
    assertThat(get("/api/why?id=c-1&trigger=t-9").body()).contains("\"run\":null");
  }

  @Test
  void aLabelCannotBreakOutOfThePrometheusFormat() throws Exception {
    BOARD.take(
        Told.all(Told.metric("customers_lost", "stage", "a\"} 1\nevil{x=\"\\", "1m", NOON, 3)));

    assertThat(get("/metrics").body())
        .contains(
            "lifestage_customers_lost{dimension=\"stage\",label=\"a\\\"} 1\\nevil{x=\\\"\\\\\",window=\"1m\"} 3\n")
        .doesNotContain("\nevil");
  }

  @Test
  void estimatesAreForPrometheusToo() throws Exception {
    BOARD.take(Told.all(Told.quantities("dwell", "stage", "s", "1h", NOON, 3, 5_000)));

    assertThat(get("/metrics").body())
        .contains("lifestage_dwell_p50{dimension=\"stage\",label=\"s\",window=\"1h\"} 5000\n")
        .contains("# TYPE lifestage_reach_distinct gauge\n");
  }

  /** A thousand changes are two or three letters, and the last one says what is. */
  @Test
  void aStreamSaysTheLastStateHoweverMuchComesIn() throws Exception {
    reopen(null, null);
    List<String> letters = Collections.synchronizedList(new ArrayList<>());
    Thread reading =
        new Thread(
            () -> {
              try {
                HttpResponse<java.io.InputStream> stream =
                    client.send(
                        request("/api/live?view=lifecycle&window=5m").build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
                  lines
                      .lines()
                      .filter(line -> line.contains("\"customers\""))
                      .forEach(letters::add);
                }
              } catch (IOException | InterruptedException e) {
                // The console ends before its reader.
              }
            });
    reading.start();
    await().until(() -> letters.size() == 1);
    for (int i = 1; i <= 1_000; i++) {
      BOARD.take(Told.all(Told.profile("c-" + i, "s", Map.of())));
    }

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> letters.get(letters.size() - 1).contains("\"customers\":1000,"));
    assertThat(letters.size()).isLessThan(6);
    console.close();
    reading.join(5_000);
    assertThat(reading.isAlive()).isFalse();
  }

  @Test
  void readersBeyondTheBoundAreTurnedAway() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < Streams.READERS; i++) {
        open.add(open("GET /api/live", "127.0.0.1"));
      }
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> get("/api/live?view=job").statusCode() == 503);
      assertThat(get("/api/status").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  // --- Hands -------------------------------------------------------------------------------------

  private void reopen(String host, String token) throws IOException {
    console = console(host, token);
  }

  private static Console console(String host, String token) throws IOException {
    ConsoleOptions options = new ConsoleOptions(host, 0, token, "", null, "lifestage");
    return new Console(options, BOARD, new Shop.Archive(NOON), InstantSource.system());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + console.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> get(String path) throws Exception {
    if (path.startsWith("/api/live")) {
      return client
          .sendAsync(request(path).build(), info -> HttpResponse.BodySubscribers.replacing(""))
          .get(10, java.util.concurrent.TimeUnit.SECONDS);
    }
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> bearer(String token) throws Exception {
    return client.send(
        request("/api/status").header("Authorization", "Bearer " + token).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The status line that a request gets as no client would write it. */
  private String raw(String request, String host) throws IOException {
    try (Socket socket = open(request, host);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      return lines.readLine();
    }
  }

  private Socket open(String request, String host) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.port());
    OutputStream out = socket.getOutputStream();
    out.write("%s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(request, host).getBytes(UTF_8));
    out.flush();
    return socket;
  }
}
