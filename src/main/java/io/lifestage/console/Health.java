package io.lifestage.console;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How what the console depends on is doing, and how far the reading has come. */
final class Health {

  /** One of the things around. */
  static final class Part {
    private Boolean answers;
    private Instant since;
    private String trouble = "";

    /** It answers, from that moment on if it did not before. */
    void answered(Instant now) {
      if (!Boolean.TRUE.equals(answers)) {
        answers = true;
        since = now;
        trouble = "";
      }
    }

    /** It does not, and why. */
    void failed(Instant now, String why) {
      if (!Boolean.FALSE.equals(answers)) {
        answers = false;
        since = now;
      }
      trouble = why == null ? "" : why;
    }

    boolean isDown() {
      return Boolean.FALSE.equals(answers);
    }

    boolean isUp() {
      return Boolean.TRUE.equals(answers);
    }

    Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("state", answers == null ? "unknown" : answers ? "up" : "down");
      map.put("since", since == null ? null : since.toString());
      map.put("trouble", trouble);
      return map;
    }
  }

  final Part kafka = new Part();
  final Part registry = new Part();
  final Part flink = new Part();

  /** What Flink says of the job; empty where it was not asked or does not answer. */
  Map<String, Object> job = Map.of();

  /** Records appended to each input topic per second, of late. */
  final Map<String, Double> arriving = new TreeMap<>();

  private long read;
  private long toRead;
  private boolean whole;
  private long records;
  private long unreadable;
  private Instant lastWrittenAt;

  /** How far the topics have been read, in offsets; once whole it stays so. */
  void reached(long done, long all) {
    read = done;
    toRead = all;
    whole |= done >= all;
  }

  void counted(long more, long undecodable, Instant newest) {
    records += more;
    unreadable += undecodable;
    if (newest != null && (lastWrittenAt == null || newest.isAfter(lastWrittenAt))) {
      lastWrittenAt = newest;
    }
  }

  /** Whether all that was in the topics at the start has been read. */
  boolean isWhole() {
    return whole;
  }

  long records() {
    return records;
  }

  /** When the job last wrote anything, by the broker's clock; null before the first record. */
  Instant lastWrittenAt() {
    return lastWrittenAt;
  }

  /** Whether nothing comes in: then nothing has to be caught up with. */
  boolean isSilent() {
    return lastWrittenAt == null || kafka.isDown();
  }

  /** What is wrong, in sentences for people; empty where nothing is. */
  List<String> troubles(Instant now) {
    List<String> troubles = new ArrayList<>();
    if (kafka.isDown()) {
      troubles.add(
          "Kafka has not answered since %s: what is shown is what was known then. The console tries again by itself. %s"
              .formatted(seconds(kafka.since), kafka.trouble));
    }
    if (registry.isDown()) {
      troubles.add(
          "The schema registry has not answered since %s. Records of known schemas are still read. %s"
              .formatted(seconds(registry.since), registry.trouble));
    }
    if (flink.isDown()) {
      troubles.add(
          "Flink has not answered since %s: whether the job runs is not known. %s"
              .formatted(seconds(flink.since), flink.trouble));
    } else if (flink.isUp() && !"RUNNING".equals(job.get("state"))) {
      troubles.add(
          job.get("state") == null
              ? "The job is not running: nothing new is decided."
              : "The job is %s: nothing new is decided until it runs again."
                  .formatted(String.valueOf(job.get("state")).toLowerCase(Locale.ROOT)));
    }
    if (!flink.isUp() && kafka.isUp() && whole && lastWrittenAt != null) {
      Duration silence = Duration.between(lastWrittenAt, now);
      if (silence.compareTo(Duration.ofMinutes(2)) > 0) {
        troubles.add(
            "The job has written nothing for %d minutes; either it does not run, or nothing happens."
                .formatted(silence.toMinutes()));
      }
    }
    return troubles;
  }

  private static Instant seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  Map<String, Object> asMap(Instant now) {
    Map<String, Object> reading = new LinkedHashMap<>();
    reading.put("whole", whole);
    reading.put("done", Math.min(read, toRead));
    reading.put("all", toRead);
    reading.put("records", records);
    reading.put("unreadable", unreadable);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("reading", reading);
    map.put("kafka", kafka.asMap());
    map.put("registry", registry.asMap());
    map.put("flink", flink.asMap());
    map.put("job_state", job.get("state"));
    map.put("last_written_at", lastWrittenAt == null ? null : lastWrittenAt.toString());
    map.put("troubles", troubles(now));
    return map;
  }
}
