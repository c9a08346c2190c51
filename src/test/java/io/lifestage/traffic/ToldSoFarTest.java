package io.lifestage.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ToldSoFarTest {
  private static final TopicPartition CLICKS = new TopicPartition("clickstream", 0);
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
  private static final List<TopicPartition> PARTITIONS = List.of(CLICKS, ORDERS);
  private static final World WORLD = Worlds.of(1, 10, 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("latest");

  @Test
  void emptyTopicsHoldNothing() {
    given(Map.of(CLICKS, 0L, ORDERS, 0L), Map.of(CLICKS, 0L, ORDERS, 0L));

    assertThat(ToldSoFar.atTheEndsOf(PARTITIONS, consumer))
        .isEqualTo(new ToldSoFar(false, Optional.empty()));
  }

  @Test
  void theFurthestBookmarkOfAllPartitionsIsFound() {
    given(Map.of(CLICKS, 0L, ORDERS, 5L), Map.of(CLICKS, 10L, ORDERS, 8L));
    Bookmark further = new Bookmark(WORLD, 0, 900);
    consumer.schedulePollTask(
        () -> {
          consumer.addRecord(record(CLICKS, 9, new Bookmark(WORLD, 0, 800).text()));
          consumer.addRecord(record(ORDERS, 7, further.text()));
        });

    assertThat(ToldSoFar.atTheEndsOf(PARTITIONS, consumer))
        .isEqualTo(new ToldSoFar(true, Optional.of(further)));
  }

  @Test
  void eventsOfOthersHoldNoBookmark() {
    given(Map.of(CLICKS, 0L, ORDERS, 0L), Map.of(CLICKS, 1L, ORDERS, 0L));
    consumer.schedulePollTask(() -> consumer.addRecord(record(CLICKS, 0, null)));

    assertThat(ToldSoFar.atTheEndsOf(PARTITIONS, consumer))
        .isEqualTo(new ToldSoFar(true, Optional.empty()));
  }

  @Test
  void topicsWhoseRecordsHaveExpiredAreNotNew() {
    given(Map.of(CLICKS, 10L, ORDERS, 0L), Map.of(CLICKS, 10L, ORDERS, 0L));

    assertThat(ToldSoFar.atTheEndsOf(PARTITIONS, consumer))
        .isEqualTo(new ToldSoFar(true, Optional.empty()));
  }

  private void given(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
    consumer.updateBeginningOffsets(begins);
    consumer.updateEndOffsets(ends);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition partition, long offset, String bookmark) {
    RecordHeaders headers = new RecordHeaders();
    if (bookmark != null) {
      headers.add(Bookmark.HEADER, bookmark.getBytes(UTF_8));
    }
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        offset,
        0,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        new byte[0],
        new byte[0],
        headers,
        Optional.empty());
  }
}
