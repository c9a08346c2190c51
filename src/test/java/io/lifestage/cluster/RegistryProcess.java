package io.lifestage.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A schema registry in a process of its own, with the jars and the settings of {@code
 * local-cluster} and its ids on disk. It can be killed and started again on the same address with
 * the same storage.
 */
public final class RegistryProcess implements AutoCloseable {

  private final int port = LocalCluster.freePort();
  private final JavaProcess process;

  private RegistryProcess(Path folder) {
    // H2 flushes each commit at once; its default waits, and a kill would take ids with it.
    String storage =
        "jdbc:h2:file:" + folder.resolve("registry").toAbsolutePath() + ";WRITE_DELAY=0";
    process =
        new JavaProcess(
            "registry",
            folder,
            List.of(
                "-Xmx256m",
                "-Dquarkus.config.locations=" + LocalCluster.config("registry.properties"),
                "-Dquarkus.http.port=" + port,
                "-Dapicurio.datasource.url=" + storage,
                "-jar",
                runner().toString()));
  }

  /**
   * Starts a registry and waits until it answers.
   *
   * @param folder for its storage and its log, on the disk that outlives the process
   */
  public static RegistryProcess start(Path folder) {
    RegistryProcess registry = new RegistryProcess(folder);
    registry.start();
    return registry;
  }

  /** What {@code schema.registry.url} has to be. */
  public String url() {
    return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
  }

  /** Starts it again after {@link #kill}. */
  public void start() {
    process.start(this::answers);
  }

  /** Ends it without a warning, as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }

  private static Path runner() {
    Path jars = LocalCluster.jars("registry");
    try (Stream<Path> files = Files.list(jars)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findAny()
          .orElseThrow(() -> new IllegalStateException("No registry in " + jars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() throws IOException, InterruptedException {
    HttpRequest subjects = HttpRequest.newBuilder(URI.create(url() + "/subjects")).build();
    return HttpClient.newHttpClient().send(subjects, BodyHandlers.discarding()).statusCode() == 200;
  }
}
