package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.console.CustomerArchive;
import io.lifestage.explain.CustomerPicture;
import io.lifestage.explain.Question;
import io.lifestage.explain.Story;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.ops.CommittedRecords;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import io.lifestage.wire.UndecodableRecordException;
import io.lifestage.wire.UnknownSchemaException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The customers of the console, read for each question from the partitions that hold their records,
 * as {@code lifestage customer} and {@code lifestage explain} do.
 */
final class ReadCustomers implements CustomerArchive {
  private static final int LAST = 200;
  private static final int EVENTS = 500;

  private final Properties connection;
  private final SchemaRegistry registry;
  private final String prefix;

  ReadCustomers(Properties connection, SchemaRegistry registry, String prefix) {
    this.connection = connection;
    this.registry = registry;
    this.prefix = prefix;
  }

  @Override
  public Dossier read(String customer) throws Exception {
    CustomerPicture picture = new CustomerPicture(customer, LAST);
    Story story = new Story(new Question(customer, null, null));
    RecordPrinter printer = new RecordPrinter(registry);
    Deque<Event> events = new ArrayDeque<>();
    boolean whole = true;
    try (CommittedRecords records = CommittedRecords.open(connection)) {
      for (Topic topic : CustomerPicture.TOPICS) {
        each(
            records,
            topic,
            customer,
            record -> {
              PrintedRecord said = record.value() == null ? null : printed(printer, record);
              picture.take(topic, said);
              story.take(topic, said);
            });
      }
      String key = CustomerKey.isAnonymous(customer) ? CustomerKey.anonymousId(customer) : customer;
      for (Topic topic : Topic.values()) {
        if (topic.carriesEvents()) {
          Deque<Event> latest = new ArrayDeque<>();
          each(records, topic, key, record -> keep(latest, event(topic, printer, record)));
          whole &= latest.size() < EVENTS;
          events.addAll(latest);
        }
      }
    }
    return new Dossier(
        picture.isKnown(),
        picture.isErased(),
        picture.profile() == null ? null : picture.profile().fields(),
        fields(picture, Topic.TRANSITIONS),
        fields(picture, Topic.TRIGGERS),
        fields(picture, Topic.DECISIONS),
        picture.isErased() ? Map.of() : story.asMap(),
        newestFirst(events),
        whole);
  }

  private interface Taker {
    void take(ConsumerRecord<byte[], byte[]> record) throws Exception;
  }

  /** The records of a key, in their order; what can't be decoded is a dead letter and not shown. */
  private void each(CommittedRecords records, Topic topic, String key, Taker taker)
      throws Exception {
    byte[] bytes = key.getBytes(UTF_8);
    TopicPartition partition = records.partition(topic.in(prefix), key);
    boolean whole =
        records.<Exception>toTheEnd(
            List.of(partition),
            record -> {
              if (Arrays.equals(bytes, record.key())) {
                try {
                  taker.take(record);
                } catch (UndecodableRecordException | UnknownSchemaException e) {
                  // Whoever asks for the customer is told what the engine could read.
                }
              }
              return !Thread.currentThread().isInterrupted();
            },
            CommittedRecords.Progress.UNHEARD);
    if (!whole) {
      throw new InterruptedException("The console ends");
    }
  }

  private static Event event(
      Topic topic, RecordPrinter printer, ConsumerRecord<byte[], byte[]> record) throws Exception {
    return record.value() == null
        ? null
        : new Event(
            topic.plainName(), record.partition(), record.offset(), printer.read(record.value()));
  }

  private static void keep(Deque<Event> latest, Event event) {
    if (event != null) {
      latest.addLast(event);
      if (latest.size() > EVENTS) {
        latest.removeFirst();
      }
    }
  }

  private static PrintedRecord printed(RecordPrinter printer, ConsumerRecord<byte[], byte[]> record)
      throws Exception {
    return new PrintedRecord(printer.read(record.value()));
  }

  private static List<Map<String, Object>> fields(CustomerPicture picture, Topic topic) {
    return picture.last(topic).stream().map(PrintedRecord::fields).toList();
  }

  private static List<Event> newestFirst(Deque<Event> events) {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(
        Comparator.comparing((Event event) -> String.valueOf(event.fields().get("occurred_at")))
            .reversed());
    return sorted.subList(0, Math.min(EVENTS, sorted.size()));
  }
}
