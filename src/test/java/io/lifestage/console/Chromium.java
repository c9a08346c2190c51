package io.lifestage.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A browser without a window, led by its own protocol (Chrome DevTools): what a test needs of it is
 * little, and no driver has to be installed beside it.
 */
public final class Chromium implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> questions = new ConcurrentHashMap<>();
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  /** Where it is installed; {@code -Dlifestage.chromium} names another place. */
  public static Optional<Path> installed() {
    String named = System.getProperty("lifestage.chromium");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it. */
  public Chromium(Path program) throws IOException {
    profile = Files.createTempDirectory("chromium");
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("--headless=new");
    command.add("--remote-debugging-port=0");
    command.add("--user-data-dir=" + profile);
    command.add("--disable-gpu");
    command.add("--disable-dev-shm-usage");
    command.add("--no-first-run");
    if (System.getProperty("user.name").equals("root")) {
      // Its sandbox refuses to run for root, as builds in containers do.
      command.add("--no-sandbox");
    }
    command.add("about:blank");
    process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address()), new Ear())
            .join();
  }

  private String address() throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher matcher = LISTENS.matcher(line);
      if (matcher.find()) {
        drain(said);
        return matcher.group(1);
      }
      all.append(line).append('\n');
    }
    throw new IOException("Chromium did not start: " + all);
  }

  /** Else it would wait for somebody to read what it says. */
  private static void drain(BufferedReader said) {
    Thread thread = new Thread(() -> said.lines().forEach(line -> {}), "chromium-says");
    thread.setDaemon(true);
    thread.start();
  }

  /** An empty page of that size. */
  public Page open(int width, int height) {
    String target =
        ask(null, "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
    String session =
        ask(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    Page page = new Page(session, target);
    pages.put(session, page);
    for (String domain : List.of("Page", "Runtime", "Log")) {
      ask(session, domain + ".enable", Map.of());
    }
    ask(
        session,
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    return page;
  }

  private JsonNode ask(String session, String method, Map<String, Object> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    questions.put(id, answer);
    Map<String, Object> question =
        session == null
            ? Map.of("id", id, "method", method, "params", parameters)
            : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
    try {
      socket.sendText(JSON.writeValueAsString(question), true).join();
      JsonNode message = answer.get(20, TimeUnit.SECONDS);
      if (message.has("error")) {
        throw new IllegalStateException(method + ": " + message.path("error"));
      }
      return message.path("result");
    } catch (Exception e) {
      throw new IllegalStateException(method + " was not answered", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      try (Stream<Path> files = Files.walk(profile)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      // Its children may still be writing; what is left is in the temporary folder.
    }
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        hear(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void hear(String text) {
      try {
        JsonNode said = JSON.readTree(text);
        if (said.has("id")) {
          CompletableFuture<JsonNode> question = questions.remove(said.path("id").asInt());
          if (question != null) {
            question.complete(said);
          }
        } else if (pages.containsKey(said.path("sessionId").asText())) {
          pages.get(said.path("sessionId").asText()).hear(said);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One page of the browser. */
  public final class Page implements AutoCloseable {
    private final String session;
    private final String target;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Page(String session, String target) {
      this.session = session;
      this.target = target;
    }

    private void hear(JsonNode said) {
      JsonNode params = said.path("params");
      switch (said.path("method").asText()) {
        case "Runtime.exceptionThrown" ->
            complaints.add(params.path("exceptionDetails").toString());
        case "Log.entryAdded" -> {
          if (params.path("entry").path("level").asText().equals("error")) {
            complaints.add(params.path("entry").toString());
          }
        }
        case "Runtime.consoleAPICalled" -> {
          if (List.of("error", "warning").contains(params.path("type").asText())) {
            complaints.add(params.toString());
          }
        }
        default -> {
          // Of no interest.
        }
      }
    }

    /** What scripts and policies have complained of. */
    public List<String> complaints() {
      return complaints;
    }

    /** Goes to an address. */
    public Page go(String url) {
      ask(session, "Page.navigate", Map.of("url", url));
      return this;
    }

    /** The value of an expression of the page. */
    public JsonNode value(String expression) {
      JsonNode answer =
          ask(
              session,
              "Runtime.evaluate",
              Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
      if (answer.has("exceptionDetails")) {
        throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
      }
      return answer.path("result").path("value");
    }

    /** What an element says, nothing where there is none. */
    public String text(String selector) {
      return value("document.querySelector(%s)?.textContent ?? ''".formatted(quoted(selector)))
          .asText();
    }

    Page click(String selector) {
      value("document.querySelector(%s).click()".formatted(quoted(selector)));
      return this;
    }

    Page press(String key) {
      for (String type : List.of("rawKeyDown", "keyUp")) {
        int code = Map.of("Tab", 9, "Enter", 13).get(key);
        ask(
            session,
            "Input.dispatchKeyEvent",
            Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
      }
      return this;
    }

    Page darkAndStill() {
      ask(
          session,
          "Emulation.setEmulatedMedia",
          Map.of(
              "features",
              List.of(
                  Map.of("name", "prefers-color-scheme", "value", "dark"),
                  Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
      return this;
    }

    @Override
    public void close() {
      ask(null, "Target.closeTarget", Map.of("targetId", target));
      pages.remove(session);
    }

    private static String quoted(String text) {
      try {
        return JSON.writeValueAsString(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
