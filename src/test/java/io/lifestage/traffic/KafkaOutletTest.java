package io.lifestage.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.wire.Topic;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaOutletTest {
  private static final List<Event> EVENTS = Worlds.told(Worlds.of(42, 50, 0), 20);
  private static final Map<Topic, Integer> IDS =
      Stream.of(Topic.values()).collect(Collectors.toMap(Function.identity(), topic -> 1));

  @Test
  void everyEventGoesToItsTopicOfTheSpaceKeyedByItsCustomer() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);

    send(producer);

    assertThat(producer.history()).hasSameSizeAs(EVENTS);
    for (int i = 0; i < EVENTS.size(); i++) {
      ProducerRecord<byte[], byte[]> record = producer.history().get(i);
      assertThat(record.topic()).isEqualTo("trial." + EventType.topicOf(EVENTS.get(i).type()));
      assertThat(new String(record.key(), UTF_8)).isEqualTo(EVENTS.get(i).customer());
    }
  }

  @Test
  void theBookmarkTravelsWithEveryEvent() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);

    send(producer);

    assertThat(producer.history())
        .extracting(r -> new String(r.headers().lastHeader(Bookmark.HEADER).value(), UTF_8))
        .containsOnly("here");
  }

  @Test
  void theCatalogueIsKeyedBySku() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);
    try (KafkaOutlet outlet = new KafkaOutlet(producer, "", IDS)) {
      outlet.publish(Assortment.homeAndGarden().effectiveAt(0));
    }

    assertThat(producer.history()).hasSize(Assortment.homeAndGarden().effectiveAt(0).size());
    assertThat(producer.history()).allMatch(r -> r.topic().equals("products"));
    assertThat(new String(producer.history().get(0).key(), UTF_8)).isEqualTo("GT-101");
  }

  @Test
  void anEventThatKafkaRefusesIsNotLostInSilence() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(false);
    try (KafkaOutlet outlet = new KafkaOutlet(producer, "", IDS)) {
      outlet.send(EVENTS.get(0), "here");
      producer.errorNext(new RecordTooLargeException("too large"));

      assertThatIOException()
          .isThrownBy(() -> outlet.send(EVENTS.get(1), "here"))
          .withMessageContaining("too large");
    }
  }

  private static void send(MockProducer<byte[], byte[]> producer) throws Exception {
    try (KafkaOutlet outlet = new KafkaOutlet(producer, "trial.", IDS)) {
      for (Event event : EVENTS) {
        outlet.send(event, "here");
      }
      outlet.flush();
    }
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
