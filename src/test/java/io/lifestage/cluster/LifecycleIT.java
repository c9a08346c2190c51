package io.lifestage.cluster;

import static io.lifestage.wire.Topic.DEAD_LETTERS;
import static io.lifestage.wire.Topic.LATE_EVENTS;
import static io.lifestage.wire.Topic.METRICS;
import static io.lifestage.wire.Topic.TRIGGERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Metrics;
import io.lifestage.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged job on real processes: what goes in, and what somebody finds who has Kafka's console
 * consumer, plain Avro and the registry's HTTP, and nothing of ours.
 */
class LifecycleIT {
  /** So long the pack's triggers to customers wait for a better one. */
  private static final Duration ARBITRATION = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String NOT_PRINTED = "null";

  @AutoClose private static Installation installation;
  private static StockReader stock;
  private static String job;

  @BeforeAll
  static void startTheJob(@TempDir Path folder) throws Exception {
    installation = Installation.start(folder, 1);
    stock = new StockReader(installation.registry.url());
    job = installation.submitJob("--disorder", "1s");
    // Time has to stand at the wall's before anything can be late.
    installation.send("", List.of(Happenings.pageViewed("first", "first", Instant.now())));
    await("time to move while every topic is silent")
        .atMost(PATIENCE)
        .until(() -> !installation.committed(Topic.CLOCK.plainName()).isEmpty());
  }

  @Test
  void anOrderIsThankedForAndWhatIsLeftUnansweredFiresIntoTheSilence() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant cartTouched = now.minus(Duration.ofHours(1)).plusSeconds(20);
    Instant asked = now.minus(Duration.ofMinutes(5)).plusSeconds(20);
    installation.publish("", List.of(mug(now.minus(Duration.ofDays(1)))));
    installation.send(
        "",
        List.of(
            Happenings.orderPlaced("ada", "o-1", now),
            Happenings.consentGiven("ben", cartTouched.minusSeconds(1)),
            Happenings.putIntoCart("ben", "c-1", "mug", cartTouched),
            Happenings.salesQuestion("cleo", "v-1", asked)));

    Map<String, GenericRecord> triggers = new TreeMap<>();
    for (Printed printed : installation.broker.read(TRIGGERS.plainName(), 3)) {
      GenericRecord trigger = stock.read(printed.bytes());
      assertThat(printed.key()).isEqualTo(trigger.get("customer").toString());
      assertThat(triggers.put(trigger.get("journey").toString(), trigger)).isNull();
    }

    assertThat(triggers).containsOnlyKeys("thank-you", "abandoned-cart", "unanswered-sales-chat");
    assertTrigger(triggers.get("thank-you"), "ada", "o-1", now);
    assertTrigger(
        triggers.get("abandoned-cart"),
        "ben",
        "c-1",
        cartTouched.plus(Duration.ofHours(1)).plus(ARBITRATION));
    assertThat(triggers.get("abandoned-cart").get("items").toString()).contains("Enamel mug");
    assertTrigger(
        triggers.get("unanswered-sales-chat"), "cleo", "v-1", asked.plus(Duration.ofMinutes(5)));
  }

  @Test
  void theRegistryListsEverySubject() throws Exception {
    List<String> expected =
        Arrays.stream(Topic.values())
            .filter(topic -> topic.schema() != null)
            .map(topic -> topic.plainName() + "-value")
            .toList();
    assertThat(stock.subjects()).containsAll(expected);
  }

  @Test
  void garbageIsADeadLetterWithItsReasonAndEveryRecordIsAccountedFor() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    int before = installation.committed(DEAD_LETTERS.plainName()).size();
    List<Garbage> garbage = Garbage.ofEveryKind(installation.schemaIds(""), now);
    Map<Topic, Long> sent = new TreeMap<>();
    for (Topic topic : Topic.values()) {
      if (topic.carriesEvents()) {
        List<Event> events = goodTwiceAndLate(topic, now);
        installation.send("", events);
        sent.merge(topic, (long) events.size(), Long::sum);
      }
    }
    write(garbage);
    garbage.forEach(one -> sent.merge(one.topic(), 1L, Long::sum));

    Map<String, Long> expected =
        garbage.stream().collect(groupingBy(one -> one.topic() + " " + one.reason(), counting()));
    List<Printed> letters =
        installation.broker.read(DEAD_LETTERS.plainName(), before + garbage.size());
    assertThat(letters.stream().collect(groupingBy(LifecycleIT::reason, counting())))
        .isEqualTo(expected);
    assertThat(letters.stream().map(Printed::value))
        .containsExactlyInAnyOrderElementsOf(garbage.stream().map(LifecycleIT::printed).toList());
    await("every record to be accounted for")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(accountedFor()).isEqualTo(sent));
    assertThat(installation.flink.restarts(job)).isZero();
    assertThat(installation.flink.failures(job)).isEmpty();
    assertThat(installation.flink.status(job)).isEqualTo("RUNNING");
  }

  @Test
  void aMissingTopicIsNamedAndTheJobDoesNotStart() {
    assertThat(installation.refusalOfJob("--space", "nowhere"))
        .contains("topics are missing", "nowhere.clickstream", "lifestage topics apply");
  }

  @Test
  void aTransactionThatTheBrokerWouldNotLetLiveIsRefusedWithBothTimes() {
    assertThat(installation.refusalOfJob("--transaction-timeout", "1h"))
        .contains("PT15M", "transaction.max.timeout.ms", "PT1H");
  }

  @Test
  void aRegistryThatDoesNotAnswerIsNamedAndTheJobDoesNotStart() {
    String nobody = "http://127.0.0.1:" + LocalCluster.freePort();
    assertThat(installation.refusalOfJob("--schema-registry-url", nobody))
        .contains("the schema registry at " + nobody + " does not answer");
  }

  /** At the end of a history time runs on, as far as the longest window. */
  @Test
  void everyRollingWindowOfAnEndedHistoryHasFallenToZero() throws Exception {
    Instant then = Instant.parse("2026-03-01T12:00:00Z");
    installation.createTopics("past.");
    installation.send(
        "past.",
        List.of(
            Happenings.putIntoCart("ada", "c-9", "mug", then),
            Happenings.orderPlaced("ben", "o-9", then.plusSeconds(30)),
            Happenings.salesQuestion("cleo", "v-9", then.plusSeconds(60))));

    String history = installation.submitJob("--space", "past", "--bounded", "true");

    await("the history to end")
        .atMost(PATIENCE)
        .until(() -> installation.flink.status(history).equals("FINISHED"));
    Map<String, Long> last = new TreeMap<>();
    Map<String, Long> most = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> written : installation.committed("past.metrics")) {
      GenericRecord point = stock.read(written.value());
      String window = point.get("window").toString();
      if (!window.equals("now")) {
        last.put(new String(written.key(), UTF_8), (Long) point.get("count"));
        most.merge(window, (Long) point.get("count"), Math::max);
      }
    }
    assertThat(last.values()).isNotEmpty().containsOnly(0L);
    assertThat(most).containsOnlyKeys("1m", "5m", "1h", "24h");
    assertThat(most.values()).allMatch(count -> count > 0);
  }

  private static void assertTrigger(
      GenericRecord trigger, String customer, String instance, Instant at) {
    assertThat(trigger.get("customer")).hasToString(customer);
    assertThat(trigger.get("instance_key")).hasToString(instance);
    assertThat(trigger.get("status")).hasToString("ACTIVE");
    assertThat(Instant.ofEpochMilli((Long) trigger.get("at"))).isEqualTo(at);
  }

  private static Product mug(Instant from) {
    return new Product(
        "mug",
        from.toEpochMilli(),
        "Enamel mug",
        "kitchen",
        new Money(450, "EUR"),
        true,
        List.of());
  }

  /**
   * Three events, the first of them twice more, and one too late. The late one is not the last:
   * after an event of the past the job waits a minute for the rest of that past.
   */
  private static List<Event> goodTwiceAndLate(Topic topic, Instant now) {
    String id = topic.plainName() + "-";
    String customer = "dora";
    Event first = Happenings.oneOf(topic, customer, id + 1, now);
    return List.of(
        first,
        Happenings.oneOf(topic, customer, id + "late", now.minus(Duration.ofHours(2))),
        first,
        Happenings.oneOf(topic, customer, id + 2, now),
        Happenings.oneOf(topic, customer, id + 3, now),
        first);
  }

  private static void write(List<Garbage> garbage) throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            installation.connection(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Garbage one : garbage) {
        producer.send(one.record()).get();
      }
    }
  }

  private static String reason(Printed letter) {
    return Topic.named(letter.headers().get("lifestage.topic"), "")
        + " "
        + letter.headers().get("lifestage.reason");
  }

  private static String printed(Garbage garbage) {
    byte[] value = garbage.record().value();
    return value == null ? NOT_PRINTED : Bytes.wrap(value).toString();
  }

  /**
   * By input topic: events decided and duplicates by what the metrics say, dead letters and late
   * events by their records.
   */
  private static Map<Topic, Long> accountedFor() throws Exception {
    Map<Topic, Long> records = new TreeMap<>();
    for (Topic refused : List.of(DEAD_LETTERS, LATE_EVENTS)) {
      for (ConsumerRecord<byte[], byte[]> one : installation.committed(refused.plainName())) {
        String origin = new String(one.headers().lastHeader("lifestage.topic").value(), UTF_8);
        records.merge(Topic.named(origin, ""), 1L, Long::sum);
      }
    }
    Map<String, Long> inOneMinute = inOneMinute();
    for (Topic topic : Topic.values()) {
      if (topic.carriesEvents()) {
        String type = Happenings.oneOf(topic, "anybody", "any", Instant.now()).type();
        for (String series :
            List.of(
                String.join("/", Metrics.EVENTS, "type", type, "1m"),
                String.join("/", Metrics.DUPLICATES, "topic", topic.plainName(), "1m"))) {
          records.merge(topic, inOneMinute.getOrDefault(series, 0L), Long::sum);
        }
      }
    }
    return records;
  }

  /** The most that each series has counted in a minute. */
  private static Map<String, Long> inOneMinute() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> points = installation.committed(METRICS.plainName());
    List<Map.Entry<String, Long>> counts = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> point : points) {
      counts.add(
          Map.entry(new String(point.key(), UTF_8), (Long) stock.read(point.value()).get("count")));
    }
    return counts.stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max));
  }
}
