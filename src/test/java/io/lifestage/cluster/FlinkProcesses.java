package io.lifestage.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A Flink JobManager and its TaskManagers, each in a process of its own, with the jars and the
 * settings of {@code local-cluster}. A TaskManager can be killed and started again.
 */
public final class FlinkProcesses implements AutoCloseable {

  private static final String SUBMITTED = "Job has been submitted with JobID ";

  private final Path folder;
  private final String url;
  private final Map<String, String> settings;
  private final JavaProcess jobManager;
  private final List<JavaProcess> taskManagers = new ArrayList<>();

  private FlinkProcesses(Path folder) {
    int port = LocalCluster.freePort();
    this.folder = folder;
    url = "http://127.0.0.1:" + port;
    settings = settings(folder, port);
    jobManager =
        process(
            "jobmanager",
            resources("GET_JM_RESOURCE_PARAMS"),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
  }

  /**
   * Starts a JobManager and TaskManagers, and waits until they know each other.
   *
   * @param folder for configuration, checkpoints and logs
   */
  public static FlinkProcesses start(Path folder, int taskManagers) {
    FlinkProcesses flink = new FlinkProcesses(folder);
    flink.jobManager.start(() -> flink.get("/overview") != null);
    List<String> resources = flink.resources("GET_TM_RESOURCE_PARAMS");
    for (int index = 0; index < taskManagers; index++) {
      flink.taskManagers.add(
          flink.process(
              name(index),
              resources,
              "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
              "-D",
              "taskmanager.resource-id=" + name(index)));
      flink.startTaskManager(index);
    }
    return flink;
  }

  /** Starts a TaskManager again after {@link #killTaskManager}. */
  public void startTaskManager(int index) {
    taskManagers
        .get(index)
        .start(() -> get("/taskmanagers").findValuesAsText("id").contains(name(index)));
  }

  /** Ends a TaskManager without a warning, as {@code kill -9} does. */
  public void killTaskManager(int index) {
    taskManagers.get(index).kill();
  }

  /** Ends the JobManager without a warning; every job ends with it. */
  public void killJobManager() {
    jobManager.kill();
  }

  /** Starts the JobManager again, and waits until it knows its TaskManagers. It knows no job. */
  public void startJobManager() {
    jobManager.start(() -> get("/taskmanagers").path("taskmanagers").size() == taskManagers.size());
  }

  /** Cancels a job; its checkpoints stay. */
  public void cancel(String job) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/jobs/" + job + "?mode=cancel"))
            .method("PATCH", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 202) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
  }

  /** Where the newest complete checkpoint of all jobs lies. */
  public String newestCheckpoint() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("checkpoints"))) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .map(file -> file.getParent().toUri().toString())
          .orElseThrow(() -> new IOException("No checkpoint is complete"));
    }
  }

  /** Where Flink's REST interface and web page are. */
  public String url() {
    return url;
  }

  /**
   * Submits a job and waits until it runs.
   *
   * @return its id
   */
  public String submit(Path jar, String mainClass, String... arguments) {
    return submitted(submission(jar, mainClass, arguments));
  }

  private String submitted(List<String> command) {
    String id =
        JavaProcess.run(environment(), command).stream()
            .filter(line -> line.startsWith(SUBMITTED))
            .map(line -> line.substring(SUBMITTED.length()))
            .findAny()
            .orElseThrow();
    await("job " + id + " to run, see " + folder)
        .atMost(Duration.ofMinutes(1))
        .until(() -> get("/jobs/" + id + "/status").path("status").asText().equals("RUNNING"));
    return id;
  }

  /**
   * Submits a job that refuses to start.
   *
   * @return all that the submission prints
   * @throws IllegalStateException if the job starts
   */
  public String refusal(Path jar, String mainClass, String... arguments) {
    return JavaProcess.failure(environment(), submission(jar, mainClass, arguments));
  }

  private Map<String, String> environment() {
    return Map.of("FLINK_CONF_DIR", folder.toString());
  }

  private List<String> submission(Path jar, String mainClass, String... arguments) {
    List<String> words = new ArrayList<>(List.of("run", "--detached", "--class", mainClass));
    words.add(jar.toString());
    words.addAll(List.of(arguments));
    return client(words);
  }

  private List<String> client(List<String> words) {
    List<String> command = new ArrayList<>(opens());
    command.addAll(
        List.of(
            LocalCluster.logging("log4j2-cli.properties"),
            "-cp",
            LocalCluster.classPath("flink"),
            "org.apache.flink.client.cli.CliFrontend"));
    command.addAll(words);
    return command;
  }

  /**
   * Stops a job as an upgrade does.
   *
   * @return where its savepoint lies
   */
  public String stopWithSavepoint(String job) {
    String said = "Savepoint completed. Path: ";
    return JavaProcess.run(environment(), client(List.of("stop", job))).stream()
        .filter(line -> line.startsWith(said))
        .map(line -> line.substring(said.length()).strip())
        .findAny()
        .orElseThrow();
  }

  /** Submits a job that goes on from a savepoint. */
  public String resume(String savepoint, Path jar, String mainClass, String... arguments) {
    List<String> words = new ArrayList<>(List.of("run", "--detached", "-s", savepoint));
    words.addAll(List.of("--class", mainClass, jar.toString()));
    words.addAll(List.of(arguments));
    return submitted(client(words));
  }

  /** A job's status, such as RUNNING or FINISHED. */
  public String status(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/status").path("status").asText();
  }

  /** How often a job was started again; waits for the JobManager to have gathered that number. */
  public int restarts(String job) {
    return await("the number of restarts of job " + job)
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> get("/jobs/" + job + "/metrics?get=numRestarts").path(0).path("value"),
            value -> !value.isMissingNode())
        .asInt();
  }

  /** What has made a job fail, so far; the names of the exceptions. */
  public List<String> failures(String job) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    get("/jobs/" + job + "/exceptions")
        .at("/exceptionHistory/entries")
        .forEach(entry -> names.add(entry.path("exceptionName").asText()));
    return names;
  }

  /** A TaskManager that runs tasks of a job. */
  public int workingTaskManager(String job) throws IOException, InterruptedException {
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      String path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/taskmanagers";
      for (JsonNode working : get(path).path("taskmanagers")) {
        String id = working.path("taskmanager-id").asText();
        for (int index = 0; index < taskManagers.size(); index++) {
          if (id.equals(name(index)) && working.at("/status-counts/RUNNING").asInt() > 0) {
            return index;
          }
        }
      }
    }
    throw new IllegalStateException("No TaskManager runs tasks of job " + job);
  }

  /** How many checkpoints of a job are complete. */
  public int completedCheckpoints(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints").at("/counts/completed").asInt();
  }

  /**
   * A checkpoint or a savepoint, as Flink counts it.
   *
   * @param triggeredAt when it began, epoch milliseconds
   * @param millis how long it took, of all tasks
   * @param bytes how large it is as a whole, also where only a part of it was written
   */
  public record Checkpoint(long id, long triggeredAt, long millis, long bytes) {}

  /** The last complete checkpoints of a job, as many as Flink remembers, without savepoints. */
  public List<Checkpoint> checkpoints(String job) throws IOException, InterruptedException {
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (JsonNode one : get("/jobs/" + job + "/checkpoints").path("history")) {
      if (one.path("status").asText().equals("COMPLETED")
          && !one.path("is_savepoint").asBoolean()) {
        checkpoints.add(
            new Checkpoint(
                one.path("id").asLong(),
                one.path("trigger_timestamp").asLong(),
                one.path("end_to_end_duration").asLong(),
                one.path("state_size").asLong()));
      }
    }
    return checkpoints;
  }

  /** How many bytes of a checkpoint or savepoint are of a task, by its name in Flink. */
  public long bytesOf(String job, long checkpoint, String task)
      throws IOException, InterruptedException {
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      if (vertex.path("name").asText().contains(task)) {
        return get("/jobs/" + job + "/checkpoints/details/" + checkpoint)
            .path("tasks")
            .path(vertex.path("id").asText())
            .path("state_size")
            .asLong();
      }
    }
    throw new IllegalStateException("Job " + job + " has no task " + task);
  }

  /**
   * Takes a savepoint: unlike a checkpoint it holds what is in the state and nothing else.
   *
   * @return its number
   */
  public long savepoint(String job) throws IOException, InterruptedException {
    JavaProcess.run(environment(), client(List.of("savepoint", job)));
    return get("/jobs/" + job + "/checkpoints").at("/latest/savepoint/id").asLong();
  }

  /** How often a job was restored from a checkpoint. */
  public int restores(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints").at("/counts/restored").asInt();
  }

  @Override
  public void close() {
    taskManagers.forEach(JavaProcess::kill);
    jobManager.close();
  }

  /** What Flink's REST interface answers. */
  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.statusCode() + " " + response.body());
    }
    return new ObjectMapper().readTree(response.body());
  }

  private JavaProcess process(
      String name, List<String> resources, String mainClass, String... arguments) {
    List<String> command = new ArrayList<>(List.of(resources.get(0).split(" ")));
    command.addAll(opens());
    command.addAll(
        List.of(
            LocalCluster.logging("log4j2.properties"),
            "-cp",
            LocalCluster.classPath("flink"),
            mainClass,
            "--configDir",
            folder.toString()));
    command.addAll(List.of(resources.get(1).split(" ")));
    command.addAll(List.of(arguments));
    return new JavaProcess(name, folder, command);
  }

  /**
   * How Flink divides the configured memory, as its start scripts ask for it: a line of options for
   * the JVM and a line of arguments for the process.
   */
  private List<String> resources(String command) {
    String mark = "BASH_JAVA_UTILS_EXEC_RESULT:";
    return JavaProcess.run(
            Map.of(),
            List.of(
                LocalCluster.logging("log4j2-cli.properties"),
                "-cp",
                LocalCluster.classPath("flink"),
                "org.apache.flink.runtime.util.bash.BashJavaUtils",
                command,
                "--configDir",
                folder.toString()))
        .stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .toList();
  }

  private List<String> opens() {
    return List.of(Objects.requireNonNull(settings.get("env.java.opts.all")).split(" "));
  }

  private static String name(int taskManager) {
    return "taskmanager-" + (taskManager + 1);
  }

  /** The deployed configuration with the local one over it, written to the folder. */
  private static Map<String, String> settings(Path folder, int port) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.putAll(read(Path.of("deploy/standalone/config.yaml")));
    settings.putAll(read(LocalCluster.config("flink.yaml")));
    settings.keySet().removeIf(key -> key.startsWith("metrics.reporter."));
    // One TaskManager carries two jobs.
    settings.put("taskmanager.numberOfTaskSlots", "4");
    settings.put("jobmanager.rpc.port", Integer.toString(LocalCluster.freePort()));
    settings.put("rest.port", Integer.toString(port));
    settings.put("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    settings.put(
        "execution.checkpointing.savepoint-dir", folder.resolve("savepoints").toUri().toString());
    settings.put("io.tmp.dirs", folder.resolve("tmp").toString());
    try {
      Files.createDirectories(folder.resolve("tmp"));
      Files.write(
          folder.resolve("config.yaml"),
          settings.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  private static Map<String, String> read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      Map<String, Object> content = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      Map<String, String> settings = new LinkedHashMap<>();
      content.forEach((key, value) -> settings.put(key, String.valueOf(value)));
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
