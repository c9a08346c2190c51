package io.lifestage.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A schema registry in a process of its own, with the jars and the settings of {@code
 * local-cluster} and its ids on disk. It can be killed and started again on the same address with
 * the same storage.
 */
public final class RegistryProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);

  private final Path folder;
  private final int port;
  private Process process;

  private RegistryProcess(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a registry and waits until it answers.
   *
   * @param folder for its storage and its log, on the disk that outlives the process
   */
  public static RegistryProcess start(Path folder) {
    RegistryProcess registry = new RegistryProcess(folder, freePort());
    registry.start();
    return registry;
  }

  /** What {@code schema.registry.url} has to be. */
  public String url() {
    return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
  }

  /** Starts it again after {@link #kill}. */
  public void start() {
    try {
      process =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await("registry, see " + log())
        .atMost(START)
        .failFast("the registry ended, see " + log(), () -> !process.isAlive())
        .until(this::answers);
  }

  /** Ends it without a warning, as a power cut would. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** H2 flushes each commit at once; its default waits, and a kill would take ids with it. */
  private List<String> command() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String storage = folder.resolve("registry").toAbsolutePath().toString();
    return List.of(
        java.toString(),
        "-Xmx256m",
        "-Dquarkus.config.locations=local-cluster/config/registry.properties",
        "-Dquarkus.http.port=" + port,
        "-Dapicurio.datasource.url=jdbc:h2:file:" + storage + ";WRITE_DELAY=0",
        "-jar",
        runner().toString());
  }

  private static Path runner() {
    Path jars = ClassPathList.resolve("registry");
    try (Stream<Path> files = Files.list(jars)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findAny()
          .orElseThrow(() -> new IllegalStateException("No registry in " + jars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    HttpRequest subjects = HttpRequest.newBuilder(URI.create(url() + "/subjects")).build();
    try {
      return HttpClient.newHttpClient().send(subjects, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Path log() {
    return folder.resolve("registry.log");
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
