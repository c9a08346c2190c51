package io.lifestage.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.wire.ConfluentFraming;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.InputDecoder;
import io.lifestage.wire.InputLimits;
import io.lifestage.wire.Origin;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.RegistryUnreachableException;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import io.lifestage.wire.UndecodableRecordException;
import io.lifestage.wire.UnknownSchemaException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics into the board, as a member of no group, for as long as it is not closed. What
 * is compacted is read from its beginning, the rest from as far back as the longest window asks.
 * When Kafka or the registry does not answer it says so on the board and tries again; nothing is
 * skipped.
 */
final class TopicReader implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

  /** Two of the longest window and a little, so that it can be compared with the one before. */
  private static final Duration METRICS_BACK = Duration.ofHours(49);

  private static final Duration LATEST_BACK = Duration.ofHours(25);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CHECK_EVERY = Duration.ofSeconds(2);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(4);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * How far back a topic is read.
   *
   * @param back how long before now, or null for the beginning
   * @param most records of a partition, whatever the time
   */
  private record Reach(Duration back, long most) {}

  private static final Map<Topic, Reach> READ =
      Map.of(
          Topic.DEFINITIONS, new Reach(null, Long.MAX_VALUE),
          Topic.PROFILES, new Reach(null, Long.MAX_VALUE),
          Topic.ALERTS, new Reach(null, 50_000),
          Topic.METRICS, new Reach(METRICS_BACK, 1_000_000),
          Topic.TRANSITIONS, new Reach(LATEST_BACK, 10),
          Topic.DECISIONS, new Reach(LATEST_BACK, 5_000),
          Topic.TRIGGERS, new Reach(LATEST_BACK, 5_000),
          Topic.CLOCK, new Reach(LATEST_BACK, 10),
          Topic.DEAD_LETTERS, new Reach(null, 200),
          Topic.LATE_EVENTS, new Reach(null, 200));

  private final Supplier<Consumer<byte[], byte[]>> connection;
  private final SchemaRegistry registry;
  private final String prefix;
  private final Board board;
  private final InstantSource clock;
  private final RecordPrinter printer;
  private final RecordPrinter glance;
  private final InputDecoder definitions;
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final Map<TopicPartition, Long> inputEnds = new HashMap<>();
  private Instant checkedAt = Instant.MIN;
  private volatile Integer someSchema;
  private volatile boolean closed;
  private volatile Consumer<byte[], byte[]> current;

  /**
   * @param connection makes a consumer; called again when one has become useless
   */
  TopicReader(
      Supplier<Consumer<byte[], byte[]>> connection,
      SchemaRegistry registry,
      String prefix,
      Board board,
      InstantSource clock) {
    this.connection = connection;
    this.registry = registry;
    this.prefix = prefix;
    this.board = board;
    this.clock = clock;
    this.printer = new RecordPrinter(registry);
    this.glance = new RecordPrinter(registry, People.FIELDS);
    this.definitions =
        new InputDecoder(
            registry, prefix, prefix.isEmpty() ? InputLimits.LIVE : InputLimits.HISTORIC);
  }

  /** A consumer as the reader needs it: of what is committed, and of no group. */
  static Consumer<byte[], byte[]> consumer(Properties connection) {
    Properties settings = new Properties();
    settings.putAll(connection);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void run() {
    boolean begun = false;
    while (!closed) {
      try {
        if (current == null) {
          current = connection.get();
        }
        if (!begun) {
          begin(current);
          begun = true;
        }
        readOnce(current);
      } catch (WakeupException | InterruptException e) {
        // Only close wakes it up.
      } catch (KafkaException e) {
        board.note(health -> health.kafka.failed(clock.instant(), e.getMessage()));
        LOG.warn("Kafka does not answer, trying again: {}", e.getMessage());
        if (!begun) {
          forget();
        }
        rest();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    forget();
  }

  /** Asks the registry for what it has told before, to hear whether it answers. */
  void probeRegistry() {
    Integer known = someSchema;
    if (known == null) {
      return;
    }
    try {
      registry.subjectsOf(known);
      registryAnswered();
    } catch (UnknownSchemaException e) {
      registryAnswered();
    } catch (RegistryUnreachableException e) {
      board.note(health -> health.registry.failed(clock.instant(), e.getMessage()));
    }
  }

  @Override
  public void close() {
    closed = true;
    Consumer<byte[], byte[]> open = current;
    if (open != null) {
      open.wakeup();
    }
  }

  // --- Where to begin ----------------------------------------------------------------------------

  private void begin(Consumer<byte[], byte[]> consumer) {
    Map<String, List<PartitionInfo>> existing = consumer.listTopics(ANSWER_WITHIN);
    List<String> missing =
        READ.keySet().stream()
            .map(topic -> topic.in(prefix))
            .filter(name -> !existing.containsKey(name))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw new KafkaException(
          "There is no topic %s; is the space right, and were its topics created (topics apply)?"
              .formatted(String.join(", ", missing)));
    }
    begins.clear();
    inputEnds.clear();
    READ.forEach(
        (topic, reach) -> begins.putAll(beginnings(consumer, partitions(existing, topic), reach)));
    for (Topic topic : Topic.values()) {
      if (topic.carriesEvents() && existing.containsKey(topic.in(prefix))) {
        partitions(existing, topic).forEach(partition -> inputEnds.put(partition, null));
      }
    }
    consumer.assign(begins.keySet());
    begins.forEach(consumer::seek);
  }

  private List<TopicPartition> partitions(Map<String, List<PartitionInfo>> existing, Topic topic) {
    return existing.get(topic.in(prefix)).stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  private Map<TopicPartition, Long> beginnings(
      Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions, Reach reach) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions, ANSWER_WITHIN);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
    Map<TopicPartition, OffsetAndTimestamp> since = Map.of();
    if (reach.back() != null) {
      long from = clock.instant().minus(reach.back()).toEpochMilli();
      Map<TopicPartition, Long> wanted = new HashMap<>();
      partitions.forEach(partition -> wanted.put(partition, from));
      since = consumer.offsetsForTimes(wanted, ANSWER_WITHIN);
    }
    Map<TopicPartition, Long> begin = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long end = ends.get(partition);
      long earliest = first.get(partition);
      if (reach.back() != null) {
        OffsetAndTimestamp offset = since.get(partition);
        earliest = Math.max(earliest, offset == null ? end : offset.offset());
      }
      begin.put(partition, Math.max(earliest, end - Math.min(end, reach.most())));
    }
    return begin;
  }

  // --- Reading -----------------------------------------------------------------------------------

  private void readOnce(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    List<Seen> seen = new ArrayList<>();
    long unreadable = 0;
    long count = 0;
    long newest = 0;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      count++;
      Topic topic = Topic.named(record.topic(), prefix);
      if (topic == Topic.DEFINITIONS) {
        define(record);
        continue;
      }
      newest = Math.max(newest, record.timestamp());
      try {
        seen.add(decoded(topic, record));
      } catch (UndecodableRecordException | UnknownSchemaException e) {
        unreadable++;
        LOG.warn(
            "{}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
      }
    }
    board.take(seen);
    if (count > 0) {
      long read = count;
      long left = unreadable;
      Instant at = newest == 0 ? null : Instant.ofEpochMilli(newest);
      board.note(health -> health.counted(read, left, at));
    }
    if (clock.instant().isAfter(checkedAt.plus(CHECK_EVERY))) {
      check(consumer);
    }
  }

  private Seen decoded(Topic topic, ConsumerRecord<byte[], byte[]> record)
      throws UndecodableRecordException, UnknownSchemaException, InterruptedException {
    byte[] value = record.value();
    PrintedRecord fields = null;
    if (value != null && topic != Topic.DEAD_LETTERS) {
      RecordPrinter reader = topic == Topic.PROFILES ? glance : printer;
      fields = new PrintedRecord(patiently(reader, value));
    }
    boolean kept = topic == Topic.DEAD_LETTERS || topic == Topic.LATE_EVENTS;
    return new Seen(
        topic,
        text(record.key()),
        kept ? value : null,
        fields,
        kept ? headers(record) : Map.of(),
        record.partition(),
        record.offset(),
        record.timestamp());
  }

  /** The record waits for as long as the registry does not answer. */
  private Map<String, Object> patiently(RecordPrinter reader, byte[] value)
      throws UndecodableRecordException, UnknownSchemaException, InterruptedException {
    while (true) {
      try {
        Map<String, Object> fields = reader.read(value);
        if (someSchema == null) {
          someSchema = ConfluentFraming.schemaId(value);
          registryAnswered();
        }
        return fields;
      } catch (RegistryUnreachableException e) {
        board.note(health -> health.registry.failed(clock.instant(), e.getMessage()));
        if (closed) {
          throw new InterruptedException();
        }
        rest();
      }
    }
  }

  private void define(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    Origin origin =
        new Origin(record.topic(), record.partition(), record.offset(), record.timestamp());
    if (definitions.decode(origin, record.key(), record.value())
        instanceof Decoded.OfDefinition of) {
      board.take(of.publication());
    }
  }

  /** How far it is, whether Kafka answers, and what comes in. */
  private void check(Consumer<byte[], byte[]> consumer) {
    Instant before = checkedAt;
    checkedAt = clock.instant();
    Map<TopicPartition, Long> ends = consumer.endOffsets(begins.keySet(), ANSWER_WITHIN);
    long done = 0;
    long all = 0;
    for (Map.Entry<TopicPartition, Long> begin : begins.entrySet()) {
      long position = consumer.position(begin.getKey(), ANSWER_WITHIN);
      all += Math.max(0, ends.get(begin.getKey()) - begin.getValue());
      done += Math.max(0, Math.min(position, ends.get(begin.getKey())) - begin.getValue());
    }
    Map<String, Double> arriving = arriving(consumer, before);
    long read = done;
    long toRead = all;
    board.note(
        health -> {
          health.kafka.answered(clock.instant());
          health.reached(read, toRead);
          health.arriving.clear();
          health.arriving.putAll(arriving);
        });
  }

  private Map<String, Double> arriving(Consumer<byte[], byte[]> consumer, Instant before) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(inputEnds.keySet(), ANSWER_WITHIN);
    Map<String, Double> rates = new TreeMap<>();
    double seconds =
        before.equals(Instant.MIN) ? 0 : Duration.between(before, checkedAt).toMillis() / 1000.0;
    ends.forEach(
        (partition, end) -> {
          Long earlier = inputEnds.put(partition, end);
          String topic = Topic.named(partition.topic(), prefix).plainName();
          double rate = earlier == null || seconds <= 0 ? 0 : (end - earlier) / seconds;
          rates.merge(topic, Math.max(0, rate), Double::sum);
        });
    return rates;
  }

  private void registryAnswered() {
    board.note(health -> health.registry.answered(clock.instant()));
  }

  private void forget() {
    Consumer<byte[], byte[]> open = current;
    current = null;
    if (open != null) {
      open.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }

  @SuppressWarnings("BusyWait") // Between two attempts; close does not have to wait for it long.
  private void rest() {
    long until = clock.millis() + PAUSE.toMillis();
    try {
      while (!closed && clock.millis() < until) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    return headers;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }
}
