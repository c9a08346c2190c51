package io.lifestage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.console.CustomerArchive;
import io.lifestage.explain.CustomerPicture;
import io.lifestage.explain.Question;
import io.lifestage.explain.Story;
import io.lifestage.job.CommittedRecords;
import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import io.lifestage.wire.UndecodableRecordException;
import io.lifestage.wire.UnknownSchemaException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
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

  private static final List<Topic> BESIDE_THE_PROFILE =
      CustomerPicture.TOPICS.stream().filter(topic -> topic != Topic.PROFILES).toList();

  /** More than any {@code --future-limit}: so far may an event lie ahead of the broker's clock. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private static final List<Topic> INPUTS =
      Arrays.stream(Topic.values()).filter(Topic::carriesEvents).toList();

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
    Map<Topic, Deque<Event>> events = new EnumMap<>(Topic.class);
    String inputKey =
        CustomerKey.isAnonymous(customer) ? CustomerKey.anonymousId(customer) : customer;
    byte[] written = customer.getBytes(UTF_8);
    byte[] came = inputKey.getBytes(UTF_8);
    try (CommittedRecords records = CommittedRecords.open(connection)) {
      CommittedRecords.Visitor<Exception> visitor =
          record -> {
            Topic topic = Topic.named(record.topic(), prefix);
            try {
              if (topic.carriesEvents()) {
                if (Arrays.equals(came, record.key()) && record.value() != null) {
                  keep(
                      events.computeIfAbsent(topic, any -> new ArrayDeque<>()),
                      event(topic, printer, record));
                }
              } else if (Arrays.equals(written, record.key())) {
                PrintedRecord said = record.value() == null ? null : printed(printer, record);
                picture.take(topic, said);
                story.take(topic, said);
              }
            } catch (UndecodableRecordException | UnknownSchemaException e) {
              // What came in so is a dead letter: the engine has not read it either.
            }
            return !Thread.currentThread().isInterrupted();
          };
      List<TopicPartition> profiles = records.partitions(names(List.of(Topic.PROFILES)), customer);
      List<TopicPartition> others = new ArrayList<>();
      others.addAll(records.partitions(names(BESIDE_THE_PROFILE), customer));
      others.addAll(records.partitions(names(INPUTS), inputKey));
      boolean whole =
          records.toTheEnd(profiles, visitor, CommittedRecords.Progress.UNHEARD)
              && records.toTheEnd(
                  others, firstSeen(picture), visitor, CommittedRecords.Progress.UNHEARD);
      if (!whole) {
        throw new InterruptedException("The console ends");
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
        newestFirst(events.values()),
        events.values().stream().allMatch(latest -> latest.size() < EVENTS));
  }

  /**
   * From when on records of the customer can have been appended: in live traffic not before the
   * customer was first seen. From the beginning where nobody knows, and in a space, whose past may
   * have been read in at any time.
   */
  private Instant firstSeen(CustomerPicture picture) {
    Instant seen =
        prefix.isEmpty() && picture.profile() != null
            ? picture.profile().time("first_seen_at")
            : null;
    return seen == null ? Instant.MIN : seen.minus(AHEAD);
  }

  private List<String> names(Collection<Topic> topics) {
    return topics.stream().map(topic -> topic.in(prefix)).toList();
  }

  private static Event event(
      Topic topic, RecordPrinter printer, ConsumerRecord<byte[], byte[]> record) throws Exception {
    return record.value() == null
        ? null
        : new Event(
            topic.plainName(), record.partition(), record.offset(), printer.read(record.value()));
  }

  private static void keep(Deque<Event> latest, Event event) {
    latest.addLast(event);
    if (latest.size() > EVENTS) {
      latest.removeFirst();
    }
  }

  private static PrintedRecord printed(RecordPrinter printer, ConsumerRecord<byte[], byte[]> record)
      throws Exception {
    return new PrintedRecord(printer.read(record.value()));
  }

  private static List<Map<String, Object>> fields(CustomerPicture picture, Topic topic) {
    return picture.last(topic).stream().map(PrintedRecord::fields).toList();
  }

  private static List<Event> newestFirst(Collection<Deque<Event>> events) {
    List<Event> sorted = new ArrayList<>();
    events.forEach(sorted::addAll);
    sorted.sort(
        Comparator.comparing((Event event) -> String.valueOf(event.fields().get("occurred_at")))
            .reversed());
    return sorted.subList(0, Math.min(EVENTS, sorted.size()));
  }
}
