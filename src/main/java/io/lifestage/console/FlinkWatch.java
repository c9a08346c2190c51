package io.lifestage.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks Flink's REST interface how the job is doing. */
final class FlinkWatch {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final String url;
  private final String jobName;
  private final Board board;
  private final InstantSource clock;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param url where Flink's REST interface is, such as {@code http://127.0.0.1:8082}
   * @param jobName the name under which the job runs
   */
  FlinkWatch(String url, String jobName, Board board, InstantSource clock) {
    this.url = url.replaceAll("/+$", "");
    this.jobName = jobName;
    this.board = board;
    this.clock = clock;
  }

  /** Asks once, and notes the answer, or that there was none. */
  void ask() throws InterruptedException {
    try {
      Map<String, Object> job = job();
      board.note(
          health -> {
            health.flink.answered(clock.instant());
            health.job = job;
          });
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      board.note(
          health -> {
            health.flink.failed(clock.instant(), url + ": " + why);
            health.job = Map.of();
          });
    }
  }

  private Map<String, Object> job() throws IOException, InterruptedException {
    JsonNode newest = null;
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      boolean later =
          newest == null || job.path("start-time").asLong() > newest.path("start-time").asLong();
      if (job.path("name").asText().equals(jobName) && later) {
        newest = job;
      }
    }
    Map<String, Object> map = new LinkedHashMap<>();
    if (newest == null) {
      return map;
    }
    String id = newest.path("jid").asText();
    map.put("id", id);
    map.put("name", jobName);
    map.put("state", state(newest));
    map.put("since", time(newest.path("start-time").asLong()));
    map.put("page", url + "/#/job/running/" + id + "/overview");
    map.put("restarts", restarts(id));
    map.put("checkpoints", checkpoints(get("/jobs/" + id + "/checkpoints")));
    map.put("last_failure", lastFailure(get("/jobs/" + id + "/exceptions?maxExceptions=1")));
    return map;
  }

  /** Flink calls a job running also while its tasks are still being given their state. */
  private static String state(JsonNode job) {
    JsonNode tasks = job.path("tasks");
    boolean all = tasks.path("running").asInt() == tasks.path("total").asInt();
    String state = job.path("state").asText();
    return state.equals("RUNNING") && !all ? "STARTING" : state;
  }

  private Object restarts(String id) throws IOException, InterruptedException {
    JsonNode answer = get("/jobs/" + id + "/metrics?get=numRestarts");
    String value = answer.path(0).path("value").asText("");
    return value.matches("\\d{1,18}") ? (Object) Long.valueOf(value) : null;
  }

  private Map<String, Object> checkpoints(JsonNode answer) {
    Map<String, Object> map = new LinkedHashMap<>();
    JsonNode counts = answer.path("counts");
    map.put("completed", counts.path("completed").asLong());
    map.put("failed", counts.path("failed").asLong());
    map.put("restored", counts.path("restored").asLong());
    JsonNode last = answer.path("latest").path("completed");
    if (last.isObject()) {
      map.put("last_at", time(last.path("latest_ack_timestamp").asLong()));
      map.put("last_took_ms", last.path("end_to_end_duration").asLong());
      map.put("last_bytes", last.path("state_size").asLong());
    }
    return map;
  }

  private static Map<String, Object> lastFailure(JsonNode answer) {
    JsonNode entry = answer.path("exceptionHistory").path("entries").path(0);
    if (!entry.isObject()) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("at", time(entry.path("timestamp").asLong()));
    map.put("what", entry.path("stacktrace").asText("").lines().findFirst().orElse(""));
    return map;
  }

  private static String time(long millis) {
    return millis <= 0 ? null : Instant.ofEpochMilli(millis).toString();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER_WITHIN).build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return json.readTree(response.body());
  }
}
