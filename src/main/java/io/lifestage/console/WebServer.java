package io.lifestage.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lifestage.console.CustomerArchive.Dossier;
import io.lifestage.console.Views.Query;
import io.lifestage.metric.RollingWindow;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page, the API, the live stream and the metrics. The server is the JDK's own: a dozen
 * paths and a stream need no more, and a larger one would bring other versions of the logging
 * interface into a jar that also goes to a Flink cluster.
 */
final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /**
   * Nothing but what this server sends: no script or style in the page itself, nothing from
   * elsewhere.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String JSON = "application/json";
  private static final int LOOKUPS_AT_A_TIME = 2;
  private static final int LONGEST_ID = 1_000;
  private static final int LONGEST_FORM = 4_096;

  static {
    // Else an answer in two writes waits for the other side's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Nobody keeps a thread by sending a request byte by byte.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          4,
          Streams.READERS + 32,
          60,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          WebServer::thread);
  private final PageFiles files = new PageFiles();
  private final Board board;
  private final Views views;
  private final Streams streams;
  private final Masking masking;
  private final CustomerArchive archive;
  private final Semaphore lookups = new Semaphore(LOOKUPS_AT_A_TIME);
  private Access access;

  /** What is answered instead of what was asked for. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  /**
   * Listens, and answers after {@link #start}.
   *
   * @throws java.net.BindException if the port is taken
   */
  WebServer(
      InetSocketAddress address,
      Board board,
      Views views,
      Streams streams,
      Masking masking,
      CustomerArchive archive)
      throws IOException {
    this.server = HttpServer.create(address, 100);
    this.board = board;
    this.views = views;
    this.streams = streams;
    this.masking = masking;
    this.archive = archive;
  }

  int port() {
    return server.getAddress().getPort();
  }

  void start(Access who) {
    access = who;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @Override
  public void close() {
    streams.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "console-web");
    thread.setDaemon(true);
    return thread;
  }

  // --- Every request -----------------------------------------------------------------------------

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      secure(exchange.getResponseHeaders());
      try {
        answer(exchange);
      } catch (Refusal refusal) {
        refuse(exchange, refusal.status, refusal.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.error("{} was not answered", exchange.getRequestURI().getPath(), e);
        refuse(exchange, 500, "The console failed; its log says where");
      }
    } catch (IOException e) {
      // The other side is gone.
      LOG.debug("{} was not read to its end", exchange.getRequestURI().getPath(), e);
    }
  }

  private static void secure(Headers headers) {
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  private void answer(HttpExchange exchange) throws IOException, Refusal, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (!access.isAskedByName(exchange)) {
      throw new Refusal(
          421, "The console answers to localhost only; --host opens it to others, with a token");
    }
    if (path.equals("/enter") && method.equals("POST")) {
      enter(exchange);
      return;
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new Refusal(405, "The console only tells; ask with GET");
    }
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    if (path.equals("/") && asked.containsKey("token") && access.needsToken()) {
      admit(exchange, asked.get("token"));
      return;
    }
    PageFiles.PageFile file = files.at(path);
    if (file != null) {
      // Without the token there is a page that asks for it, and the looks of it.
      boolean open = access.isOpenTo(exchange) || path.endsWith(".css") || path.endsWith(".svg");
      send(exchange, open ? file : files.at("/enter.html"));
      return;
    }
    if (!access.isOpenTo(exchange)) {
      throw new Refusal(401, "A token is needed: Authorization: Bearer, or open /?token=");
    }
    if (Access.isFromElsewhere(exchange)) {
      throw new Refusal(403, "Pages of elsewhere are not told");
    }
    tell(exchange, path, asked);
  }

  private void tell(HttpExchange exchange, String path, Map<String, String> asked)
      throws IOException, Refusal, InterruptedException {
    String view = path.startsWith("/api/") ? path.substring("/api/".length()) : "";
    if (path.equals("/metrics")) {
      String page = board.look(PrometheusPage::of);
      send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", page.getBytes(UTF_8));
    } else if (view.equals("status")) {
      send(exchange, 200, JSON, views.status());
    } else if (view.equals("live") && exchange.getRequestMethod().equals("GET")) {
      stream(exchange, query(asked.getOrDefault("view", "lifecycle"), asked));
    } else if (view.equals("customer")) {
      send(exchange, 200, JSON, customer(asked));
    } else if (view.equals("why")) {
      send(exchange, 200, JSON, why(asked));
    } else if (Views.LIVE.contains(view)) {
      send(exchange, 200, JSON, views.document(query(view, asked)));
    } else {
      throw new Refusal(404, "There is no " + (view.isEmpty() ? "such page" : "such document"));
    }
  }

  private static Query query(String view, Map<String, String> asked) throws Refusal {
    RollingWindow window = MetricBook.windowNamed(asked.getOrDefault("window", "5m"));
    if (!Views.LIVE.contains(view)) {
      throw new Refusal(404, "There is no such document");
    }
    if (window == null || window.length() == 0) {
      throw new Refusal(400, "window has to be 1m, 5m, 1h or 24h");
    }
    String outcome = asked.get("outcome");
    return new Query(
        view,
        window,
        reveals(asked),
        outcome == null || outcome.isEmpty() ? null : outcome.toUpperCase(Locale.ROOT));
  }

  private static boolean reveals(Map<String, String> asked) {
    return "true".equals(asked.get("reveal"));
  }

  // --- The token ---------------------------------------------------------------------------------

  private void enter(HttpExchange exchange) throws IOException, Refusal {
    byte[] form = exchange.getRequestBody().readNBytes(LONGEST_FORM);
    admit(exchange, parameters(new String(form, UTF_8)).getOrDefault("token", ""));
  }

  private void admit(HttpExchange exchange, String token) throws IOException, Refusal {
    if (!access.opens(token)) {
      throw new Refusal(401, "That is not the token. The console printed it when it started");
    }
    exchange.getResponseHeaders().set("Set-Cookie", access.setCookie());
    exchange.getResponseHeaders().set("Location", "/");
    exchange.sendResponseHeaders(303, -1);
  }

  // --- One customer ------------------------------------------------------------------------------

  private byte[] customer(Map<String, String> asked) throws Refusal, InterruptedException {
    String id = id(asked);
    Map<String, Object> map =
        new LinkedHashMap<>(CustomerView.of(id, dossier(id), masking.eye(reveals(asked))));
    map.put("trait_types", board.look(WebServer::traitTypes));
    return views.bytes(map);
  }

  /** A profile has times and spans as numbers; the definitions know which they are. */
  private static Map<String, String> traitTypes(Board board) {
    Map<String, String> types = new TreeMap<>();
    board
        .rules
        .definitions()
        .traits()
        .byName()
        .forEach(
            (name, trait) ->
                types.put(name, trait.measure().type().name().toLowerCase(Locale.ROOT)));
    return types;
  }

  private byte[] why(Map<String, String> asked) throws Refusal, InterruptedException {
    String id = id(asked);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("customer", masking.eye(reveals(asked)).customer(id));
    map.put(
        "run",
        CustomerView.why(
            id,
            dossier(id),
            asked.get("trigger"),
            asked.get("journey"),
            asked.get("at"),
            masking.eye(reveals(asked))));
    return views.bytes(map);
  }

  private String id(Map<String, String> asked) throws Refusal {
    String reference = asked.getOrDefault("id", "").strip();
    if (reference.isEmpty() || reference.length() > LONGEST_ID) {
      throw new Refusal(400, "id has to be a customer's id, or anonymous: and a visitor's");
    }
    String id = masking.resolve(reference);
    if (id == null) {
      throw new Refusal(
          410, "This link was to a customer whose id is masked, and is too old; find them by id");
    }
    return id;
  }

  private Dossier dossier(String id) throws Refusal, InterruptedException {
    if (!lookups.tryAcquire(20, TimeUnit.SECONDS)) {
      throw new Refusal(503, "Others are being looked up; try again");
    }
    try {
      return archive.read(id);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("A customer could not be read", e);
      throw new Refusal(503, "The topics could not be read: " + e.getMessage());
    } finally {
      lookups.release();
    }
  }

  // --- Answers -----------------------------------------------------------------------------------

  private void stream(HttpExchange exchange, Query query)
      throws IOException, Refusal, InterruptedException {
    if (streams.readers() >= Streams.READERS) {
      throw new Refusal(503, "Too many are looking; the documents can be asked for one by one");
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      streams.serve(query, out);
    }
  }

  private static void send(HttpExchange exchange, PageFiles.PageFile file) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-cache");
    headers.set("ETag", file.tag());
    if (file.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      send(exchange, 200, file.type(), file.content());
    }
  }

  private void refuse(HttpExchange exchange, int status, String message) throws IOException {
    if (exchange.getResponseCode() == -1) {
      send(exchange, status, JSON, views.bytes(Map.of("error", message)));
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] content)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : content.length);
    if (!head) {
      exchange.getResponseBody().write(content);
    }
  }

  private static Map<String, String> parameters(String query) throws Refusal {
    Map<String, String> parameters = new LinkedHashMap<>();
    try {
      for (String pair : query == null ? new String[0] : query.split("&")) {
        String[] parts = pair.split("=", 2);
        parameters.put(
            URLDecoder.decode(parts[0], UTF_8),
            parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "The question is not encoded as one: " + e.getMessage());
    }
    return parameters;
  }
}
