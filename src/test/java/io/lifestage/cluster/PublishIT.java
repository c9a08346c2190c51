package io.lifestage.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lifestage.decision.Publication;
import io.lifestage.wire.DefinitionEncoder;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions change while the packaged job runs on real processes. */
class PublishIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String GREETING =
      """
      journey: greeting
      entry: {on: page_viewed}
      re-entry: every-time
      steps:
        - emit: {name: say, kind: %s, template: hello, to: staff}
      """;

  @AutoClose private static Installation installation;
  @TempDir private static Path folder;
  private static StockReader stock;
  private static String job;
  private int visits;

  @BeforeAll
  static void startTheJob(@TempDir Path processes) throws Exception {
    installation = Installation.start(processes, 1);
    stock = new StockReader(installation.registry.url());
    job = installation.submitJob("--disorder", "1s");
  }

  @Test
  void aJourneyIsPublishedChangedPausedAndExplainedWithoutARestart() throws Exception {
    publish("hello");
    awaitGreeting("hello", "1");
    publish("good-day");
    awaitGreeting("good-day", "2");
    putIntoTheTopic(journey(9, "journey: greeting\nentry: {on: page_view}\n"));
    await("the refusal")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(refusals()).containsExactly("invalid_definition"));
    awaitGreeting("good-day", "2");
    assertThatEveryVisitWasGreetedOnce();

    installation.lifestage("journeys", "pause", "greeting");
    List<String> listed = installation.lifestage("journeys");
    String explained = String.join("\n", installation.lifestage("explain", "--customer", "fay"));

    // The number of a version that was refused is not given again.
    assertThat(listed).anyMatch(line -> line.matches("greeting +version 10 +paused.*"));
    assertThat(explained).contains("greeting");
    for (GenericRecord trigger : greetings()) {
      String cause = ((List<?>) trigger.get("causes")).get(0).toString();
      String place = places(trigger).get(cause);
      assertThat(explained).contains(place);
      assertThat(eventIdAt(place)).isEqualTo(cause);
    }
    assertThat(installation.flink.restarts(job)).isZero();
    assertThat(installation.flink.failures(job)).isEmpty();
  }

  private static void publish(String kind) throws Exception {
    Path file = folder.resolve("greeting.yaml");
    Files.writeString(file, GREETING.formatted(kind));
    assertThat(installation.lifestage("publish", file.toString()))
        .last()
        .asString()
        .startsWith("Published 1; in force from ");
  }

  /** Somebody comes until they are greeted in this way. */
  private void awaitGreeting(String kind, String version) throws Exception {
    int before = (int) greetings().stream().filter(t -> says(t, kind, version)).count();
    await("a greeting " + kind)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              String id = "visit-" + ++visits;
              installation.send("", List.of(Happenings.pageViewed("fay", id, Instant.now())));
              return greetings().stream().filter(t -> says(t, kind, version)).count() > before;
            });
  }

  /** From the first that was, through both changes and the refusal, to the last. */
  private void assertThatEveryVisitWasGreetedOnce() throws Exception {
    await("the last greeting")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(greeted()).contains("visit-" + visits));
    int first =
        greeted().stream().mapToInt(id -> Integer.parseInt(id.substring(6))).min().orElse(0);
    assertThat(greeted())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(first, visits).mapToObj(i -> "visit-" + i).toList());
  }

  /** The visits that were greeted, each as often as it was. */
  private static List<String> greeted() throws Exception {
    return greetings().stream().map(t -> ((List<?>) t.get("causes")).get(0).toString()).toList();
  }

  private static boolean says(GenericRecord trigger, String kind, String version) {
    return trigger.get("kind").toString().equals(kind)
        && trigger.get("journey_version").toString().equals(version);
  }

  private static List<GenericRecord> greetings() throws Exception {
    List<GenericRecord> greetings = new java.util.ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : installation.committed("triggers")) {
      greetings.add(stock.read(record.value()));
    }
    return greetings;
  }

  private static Map<String, String> places(GenericRecord record) {
    Map<String, String> places = new java.util.HashMap<>();
    ((Map<?, ?>) record.get("cause_places"))
        .forEach((id, place) -> places.put(id.toString(), place.toString()));
    return places;
  }

  /** The id of the event that Kafka has at a place. */
  private static String eventIdAt(String place) throws Exception {
    String topic = place.substring(0, place.lastIndexOf('-'));
    for (ConsumerRecord<byte[], byte[]> record : installation.committed(topic)) {
      String here = record.topic() + "-" + record.partition() + "@" + record.offset();
      if (here.equals(place)) {
        return stock.read(record.value()).get("event_id").toString();
      }
    }
    return "nothing at " + place;
  }

  private static List<String> refusals() {
    return installation.committed(Topic.DEAD_LETTERS.plainName()).stream()
        .map(letter -> new String(letter.headers().lastHeader("lifestage.reason").value(), UTF_8))
        .toList();
  }

  private static Publication journey(int version, String text) {
    long now = System.currentTimeMillis();
    return new Publication("journey", "greeting", version, now, text, "by-hand", 1);
  }

  /** Past the command that would have refused it. */
  private static void putIntoTheTopic(Publication publication) throws Exception {
    OutboundRecord record =
        new DefinitionEncoder("", installation.schemaIds("")).encode(publication);
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            installation.connection(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(record.topic(), record.key(), record.value())).get();
    }
  }
}
