package io.lifestage.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** The console in a process of its own. It can be killed and started again at the same address. */
final class ConsoleProcess implements AutoCloseable {
  private final String url;
  private final JavaProcess process;

  private ConsoleProcess(Path folder, Installation over) {
    int port = LocalCluster.freePort();
    url = "http://127.0.0.1:" + port;
    process =
        new JavaProcess(
            "console",
            folder,
            List.of(
                "-Xmx256m",
                LocalCluster.logging("log4j2-cli.properties"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.lifestage.cli.Lifestage",
                "console",
                "--port",
                Integer.toString(port),
                "--flink-url",
                over.flink.url(),
                "--bootstrap-servers",
                over.broker.bootstrapServers(),
                "--schema-registry",
                over.registry.url()));
  }

  /** Starts one that reads what this installation writes, and waits until it answers. */
  static ConsoleProcess start(Path folder, Installation over) {
    ConsoleProcess console = new ConsoleProcess(folder, over);
    console.start();
    return console;
  }

  /** Starts it again after {@link #kill}. */
  void start() {
    process.start(() -> get("/api/status") != null);
  }

  /** Ends it without a warning, as {@code kill -9} does. */
  void kill() {
    process.kill();
  }

  String url() {
    return url;
  }

  /** What it answers. */
  String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.close();
  }
}
