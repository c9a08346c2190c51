package io.lifestage.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.lifecycle.Cause;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.InMemoryRegistry;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What marketing automation is told, trigger by trigger. */
class TriggerConsumerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TopicPartition PARTITION = new TopicPartition("triggers", 0);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final List<String> told = new ArrayList<>();
  private final Destination destination = new Recorded();
  private final List<Runnable> polls = new ArrayList<>();

  private Map<Topic, Integer> ids;
  private OutputEncoder encoder;
  private MockConsumer<byte[], byte[]> kafka;
  private TriggerConsumer consumer;
  private Instant now = NOON;
  private long offset;

  @BeforeEach
  void connect() throws Exception {
    ids = new Schemas(registry, "").register();
    encoder = new OutputEncoder("", ids, "/lifestage/test");
    consumer = consuming(SettledTriggers.inMemory(100), destination);
  }

  @Test
  void aTriggerGoesOutOnceHoweverOftenItComes() throws Exception {
    whenPolled(() -> arrives(active("t-1"), active("t-1")));
    whenPolled(() -> arrives(active("t-1")));

    run();

    assertThat(told).containsExactly("send t-1");
    assertThat(committed()).isEqualTo(3);
  }

  @Test
  void aTriggerWaitsForItsTimeAndIsNotCommittedBefore() throws Exception {
    whenPolled(() -> arrives(active("t-1", NOON.plusSeconds(60)), active("t-2")));
    whenPolled(
        () -> {
          assertThat(told).containsExactly("send t-2");
          assertThat(committed()).isZero();
          now = NOON.plusSeconds(60);
        });

    run();

    assertThat(told).containsExactly("send t-2", "send t-1");
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void whatHasExpiredIsDropped() throws Exception {
    now = NOON.plus(Duration.ofHours(2));
    whenPolled(() -> arrives(active("t-1")));

    run();

    assertThat(told).containsExactly("drop t-1 EXPIRED");
    assertThat(committed()).isEqualTo(1);
  }

  @Test
  void whatIsTakenBackWhileItWaitsNeverGoesOut() throws Exception {
    whenPolled(() -> arrives(active("t-1", NOON.plusSeconds(60))));
    whenPolled(() -> arrives(takenBack("t-1")));
    whenPolled(() -> now = NOON.plusSeconds(60));

    run();

    assertThat(told).containsExactly("drop t-1 WITHDRAWN");
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void whatIsTakenBackInTheSameBatchNeverGoesOut() throws Exception {
    whenPolled(() -> arrives(active("t-1"), takenBack("t-1")));

    run();

    assertThat(told).containsExactly("drop t-1 WITHDRAWN");
  }

  @Test
  void whatIsTakenBackAfterItWentOutIsReportedOnce() throws Exception {
    whenPolled(() -> arrives(active("t-1")));
    whenPolled(() -> arrives(takenBack("t-1"), takenBack("t-1")));

    run();

    assertThat(told).containsExactly("send t-1", "retract t-1");
  }

  @Test
  void whatWasTakenBackInTimeGoesOutWhenItIsRightAgain() throws Exception {
    Trigger again = active("t-1").after(1);
    whenPolled(() -> arrives(active("t-1"), takenBack("t-1")));
    whenPolled(() -> arrives(again));
    whenPolled(() -> arrives(again.takenBack(NOON.toEpochMilli())));

    run();

    assertThat(told).containsExactly("drop t-1 WITHDRAWN", "send t-1", "retract t-1");
  }

  @Test
  void whatWentOutAndWasTakenBackDoesNotGoOutTwiceThoughItIsRightAgain() throws Exception {
    whenPolled(() -> arrives(active("t-1")));
    whenPolled(() -> arrives(takenBack("t-1"), active("t-1").after(1)));

    run();

    assertThat(told).containsExactly("send t-1", "retract t-1");
  }

  @Test
  void whatHadExpiredAndIsRightAgainAtAnotherTimeGoesOut() throws Exception {
    now = NOON.plus(Duration.ofHours(2));
    whenPolled(() -> arrives(active("t-1")));
    whenPolled(
        () -> {
          now = NOON;
          arrives(takenBack("t-1"), active("t-1").after(1));
        });

    run();

    assertThat(told).containsExactly("drop t-1 EXPIRED", "send t-1");
  }

  /** Read again from before it, and not yet up to where it was taken back. */
  @Test
  void whatWasTakenBackInTimeDoesNotGoOutOverARestart(@TempDir Path folder) throws Exception {
    Path memory = folder.resolve("settled");
    consumer = consuming(SettledTriggers.in(memory, 100), destination);
    whenPolled(() -> arrives(active("t-1"), takenBack("t-1")));
    run();

    polls.clear();
    consumer = consuming(SettledTriggers.in(memory, 100), destination);
    whenPolled(() -> arrives(active("t-1")));
    whenPolled(() -> arrives(takenBack("t-1"), active("t-1").after(1)));
    run();

    assertThat(told).containsExactly("drop t-1 WITHDRAWN", "send t-1");
  }

  @Test
  void whatWentOutBeforeARestartIsKnownFromTheFile(@TempDir Path folder) throws Exception {
    Path memory = folder.resolve("settled");
    consumer = consuming(SettledTriggers.in(memory, 100), destination);
    whenPolled(() -> arrives(active("t-1")));
    run();

    polls.clear();
    consumer = consuming(SettledTriggers.in(memory, 100), destination);
    whenPolled(() -> arrives(active("t-1"), active("t-2")));
    run();

    assertThat(told).containsExactly("send t-1", "send t-2");
  }

  /** A line of the release before there were revisions, and one that a crash left half written. */
  @Test
  void whatAnEarlierReleaseSentIsNotSentAgain(@TempDir Path folder) throws Exception {
    Path memory = Files.writeString(folder.resolve("settled"), "t-1 SENT\nt-2 SENT 1\nt-3 SEN");
    consumer = consuming(SettledTriggers.in(memory, 100), destination);
    whenPolled(() -> arrives(active("t-1"), active("t-2"), active("t-3")));
    whenPolled(() -> arrives(takenBack("t-1")));
    run();

    assertThat(told).containsExactly("send t-2", "send t-3", "retract t-1");
  }

  @Test
  void theMemoryIsBoundedAndForgetsTheOldestFirst(@TempDir Path folder) throws Exception {
    Path memory = folder.resolve("settled");
    try (SettledTriggers settled = SettledTriggers.in(memory, 2)) {
      for (String id : List.of("t-1", "t-2", "t-3")) {
        settled.settle(id, Fate.SENT, 0);
      }
      assertThat(settled.of("t-1")).isNull();
    }
    try (SettledTriggers settled = SettledTriggers.in(memory, 2)) {
      assertThat(settled.of("t-1")).isNull();
      assertThat(settled.of("t-2")).isEqualTo(Fate.SENT);
      assertThat(settled.of("t-3")).isEqualTo(Fate.SENT);
    }
    assertThat(memory).content().doesNotContain("t-1");
  }

  @Test
  void outcomesSayThatItWasSentAndDelivered() throws Exception {
    MockProducer<byte[], byte[]> outcomes =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    consumer =
        consuming(
            SettledTriggers.inMemory(100),
            new OutcomePosting(destination, new EventEncoder("", ids), outcomes, () -> now));
    whenPolled(() -> arrives(active("t-1")));

    run();

    RecordPrinter printer = new RecordPrinter(registry);
    List<Map<String, Object>> posted = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : outcomes.history()) {
      assertThat(record.topic()).isEqualTo("outcomes");
      posted.add(printer.read(record.value()));
    }
    assertThat(posted)
        .extracting(outcome -> outcome.get("type"))
        .containsExactly("trigger_sent", "trigger_delivered");
    assertThat(posted.get(0))
        .containsEntry("event_id", "t-1-trigger_sent")
        .containsEntry("trigger_id", "t-1")
        .containsEntry("customer_id", "ada")
        .containsEntry("channel", "email")
        .containsEntry("occurred_at", NOON.toString());
  }

  private TriggerConsumer consuming(SettledTriggers settled, Destination to) {
    kafka = new MockConsumer<>("earliest");
    kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    offset = 0;
    return new TriggerConsumer(kafka, "triggers", registry, settled, to, () -> now);
  }

  private void whenPolled(Runnable what) {
    polls.add(what);
  }

  /** Plays the polls one after another, and one more that ends it. */
  private void run() throws Exception {
    kafka.schedulePollTask(() -> kafka.rebalance(List.of(PARTITION)));
    polls.forEach(kafka::schedulePollTask);
    kafka.schedulePollTask(consumer::stop);
    MockConsumer<byte[], byte[]> asked = kafka;
    consumer.run();
    committed = asked.committed(Set.of(PARTITION)).get(PARTITION);
    consumer.close();
  }

  private OffsetAndMetadata committed;

  private long committed() {
    OffsetAndMetadata at =
        kafka.closed() ? committed : kafka.committed(Set.of(PARTITION)).get(PARTITION);
    return at == null ? 0 : at.offset();
  }

  private void arrives(Trigger... triggers) {
    for (Trigger trigger : triggers) {
      OutboundRecord record = encoder.trigger(trigger);
      kafka.addRecord(new ConsumerRecord<>("triggers", 0, offset++, record.key(), record.value()));
    }
  }

  private static Trigger active(String id) {
    return active(id, NOON);
  }

  private static Trigger takenBack(String id) {
    return active(id).takenBack(NOON.toEpochMilli());
  }

  private static Trigger active(String id, Instant notBefore) {
    return new Trigger(
        id,
        Trigger.Status.ACTIVE,
        "thank_you",
        "thank-you",
        1,
        "o-1",
        "ada",
        Step.Audience.CUSTOMER,
        "email",
        "order-thank-you",
        Map.of("order_id", "o-1"),
        List.of(),
        50,
        0,
        NOON.toEpochMilli(),
        notBefore.toEpochMilli(),
        NOON.plus(Duration.ofHours(1)).toEpochMilli(),
        "retention",
        1,
        List.of(Cause.of("e-1")));
  }

  private final class Recorded implements Destination {
    @Override
    public void send(ReceivedTrigger trigger) {
      told.add("send " + trigger.id());
    }

    @Override
    public void retract(ReceivedTrigger trigger) {
      told.add("retract " + trigger.id());
    }

    @Override
    public void drop(ReceivedTrigger trigger, Fate why) {
      told.add("drop " + trigger.id() + " " + why);
    }

    @Override
    public void flush() {
      // It is in the list.
    }
  }
}
