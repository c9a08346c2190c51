package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Policy;
import io.lifestage.definition.RetailPack;
import io.lifestage.definition.Source;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.operator.Bookkeeper;
import io.lifestage.operator.ClockReading;
import io.lifestage.operator.ClockReadingCodec;
import io.lifestage.operator.CodecTypeInfo;
import io.lifestage.operator.Crowd;
import io.lifestage.operator.DecodedCodec;
import io.lifestage.operator.Encoders;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.Origin;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ReadBack;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job as it is submitted, between a source and a sink in this process, on a MiniCluster. */
class WholeJobTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Duration DISORDER = Duration.ofSeconds(5);
  private static final int NO_LIMIT = 0;

  /** What the core alone answers for; the other topics depend on when checkpoints were. */
  private static final Set<String> DECIDED = Set.of("transitions", "triggers", "decisions");

  /** Inputs by their number: the cluster runs in this process. */
  private static final List<List<Decoded>> INPUTS = new CopyOnWriteArrayList<>();

  @RegisterExtension
  private static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @Test
  void anOrderInAThankYouOut() throws Exception {
    Shelf shelf = Shelf.sound();

    run(read(List.of(placed("ada", "o1", NOON))), 2, NOON + HOUR, NO_LIMIT, shelf);

    assertThat(of(shelf, Topic.TRIGGERS))
        .extracting(r -> ReadBack.key(r) + " " + ReadBack.field(r, "journey"))
        .containsExactly("ada thank-you");
    assertThat(of(shelf, Topic.TRANSITIONS))
        .extracting(r -> ReadBack.field(r, "to"))
        .containsExactly("awareness", "purchase");
    assertThat(of(shelf, Topic.PROFILES)).extracting(ReadBack::key).contains("ada");
    assertThat(of(shelf, Topic.METRICS))
        .extracting(r -> ReadBack.field(r, "metric"))
        .contains("triggers_fired");
  }

  @Test
  void aCartIsRemindedOfByTimeAlone() throws Exception {
    Shelf shelf = Shelf.sound();

    run(
        read(List.of(agreed("ada", NOON), added("ada", "c1", NOON))),
        2,
        NOON + HOUR,
        NO_LIMIT,
        shelf);

    assertThat(of(shelf, Topic.TRIGGERS))
        .extracting(r -> ReadBack.field(r, "journey") + " at " + r.timestamp())
        .containsExactly("abandoned-cart at " + (NOON + HOUR));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aPriceDropReachesWhoLeftTheProductInACartAndNobodyElse(int parallelism) throws Exception {
    Shelf shelf = Shelf.sound();
    List<Decoded> inputs = new ArrayList<>();
    inputs.add(mug(NOON - HOUR, 1000));
    inputs.addAll(read(List.of(agreed("ada", NOON), added("ada", "c1", NOON))));
    inputs.add(mug(NOON + 60_000, 500));
    inputs.addAll(read(List.of(placed("bob", "o1", NOON + 90_000))));

    run(JobParts.pack("retail"), inputs, parallelism, NOON + HOUR / 2, NO_LIMIT, shelf);

    assertThat(of(shelf, Topic.TRIGGERS))
        .extracting(r -> ReadBack.key(r) + " " + ReadBack.field(r, "journey"))
        .containsExactlyInAnyOrder("ada price-drop", "bob thank-you");
  }

  private static Decoded mug(long from, long price) {
    return new Decoded.OfProduct(
        new Product("mug", from, "Mug", "kitchen", new Money(price, "EUR"), true, List.of()),
        new Origin("products", 0, from, from));
  }

  @Test
  void whatCannotBeUsedIsADeadLetterAndTheRestGoesOn() throws Exception {
    Shelf shelf = Shelf.sound();
    List<Decoded> inputs = new ArrayList<>();
    inputs.add(
        new Decoded.DeadLetter(
            Defect.UNDECODABLE,
            "no sense",
            null,
            new Origin("orders", 1, 42, NOON),
            new byte[] {1},
            new byte[] {2, 3}));
    inputs.addAll(read(List.of(placed("ada", "o1", NOON))));

    run(inputs, 2, NOON + HOUR, NO_LIMIT, shelf);

    assertThat(of(shelf, Topic.DEAD_LETTERS)).hasSize(1);
    assertThat(of(shelf, Topic.DEAD_LETTERS).get(0).headers())
        .containsEntry("lifestage.offset", "42");
    assertThat(of(shelf, Topic.TRIGGERS)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theJobSaysWhatTheCoreSays(int parallelism) throws Exception {
    Crowd crowd = Crowd.of(11, 300, 60);
    Shelf shelf = Shelf.sound();

    run(read(crowd), parallelism, crowd.end(), NO_LIMIT, shelf);

    assertThat(decided(shelf)).containsExactlyInAnyOrderElementsOf(core(crowd));
  }

  @Test
  void afterAFailureTheJobHasSaidEverythingOnce() throws Exception {
    Crowd crowd = Crowd.of(12, 40, 60);
    List<Decoded> inputs = read(crowd);
    Shelf shelf = Shelf.failingAt(5);

    run(inputs, 2, crowd.end(), inputs.size() / 6, shelf);

    assertThat(shelf.failures()).isEqualTo(1);
    assertThat(decided(shelf)).containsExactlyInAnyOrderElementsOf(core(crowd));
  }

  /**
   * Runs the job to the end of its inputs.
   *
   * @param perCheckpoint how many inputs are read between two checkpoints, or {@link #NO_LIMIT}
   */
  static void run(
      List<Decoded> inputs, int parallelism, long endOfTime, int perCheckpoint, Shelf shelf)
      throws Exception {
    run(RetailPack.sources(), inputs, parallelism, endOfTime, perCheckpoint, shelf);
  }

  private static void run(
      List<Source> pack,
      List<Decoded> inputs,
      int parallelism,
      long endOfTime,
      int perCheckpoint,
      Shelf shelf)
      throws Exception {
    run(pack, inputs, parallelism, endOfTime, perCheckpoint, Instant.EPOCH, shelf);
  }

  /**
   * The same.
   *
   * @param metricsFrom from when on metrics are written, of which there are many
   */
  static void run(
      List<Source> pack,
      List<Decoded> inputs,
      int parallelism,
      long endOfTime,
      int perCheckpoint,
      Instant metricsFrom,
      Shelf shelf)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    LifestageJob.configure(env);
    env.setParallelism(parallelism);
    env.enableCheckpointing(100);
    INPUTS.add(inputs);
    int input = INPUTS.size() - 1;
    GeneratorFunction<Long, Decoded> reading = number -> INPUTS.get(input).get(number.intValue());
    GeneratorFunction<Long, ClockReading> standing = number -> ClockReading.STOPPED;
    Topology.define(
        env.fromSource(
                new DataGeneratorSource<>(
                    reading,
                    inputs.size(),
                    perCheckpoint == NO_LIMIT
                        ? RateLimiterStrategy.noOp()
                        : RateLimiterStrategy.perCheckpoint(perCheckpoint),
                    new CodecTypeInfo<>(Decoded.class, new DecodedCodec())),
                new InputTime(DISORDER),
                "Read a list")
            .setParallelism(1)
            .uid(Uids.INPUTS),
        env.fromSource(
                new DataGeneratorSource<>(
                    standing,
                    1,
                    RateLimiterStrategy.noOp(),
                    new CodecTypeInfo<>(ClockReading.class, new ClockReadingCodec())),
                WatermarkStrategy.noWatermarks(),
                "A clock that stands")
            .setParallelism(1)
            .uid(Uids.CLOCK),
        shelf,
        new JobParts(
            pack,
            Policy.DEFAULT,
            endOfTime,
            new Encoders("", ReadBack.IDS, "/lifestage/test"),
            metricsFrom));
    env.execute("lifestage-test");
  }

  private static List<String> core(Crowd crowd) {
    Bookkeeper core = new Bookkeeper(crowd.catalogue());
    crowd.events().forEach(core::arrive);
    return core.passTo(crowd.end()).linesWithOffers();
  }

  static List<String> decided(Shelf shelf) {
    return shelf.records().stream()
        .filter(record -> DECIDED.contains(record.topic()))
        .map(ReadBack::line)
        .toList();
  }

  private static List<OutboundRecord> of(Shelf shelf, Topic topic) {
    return shelf.records().stream()
        .filter(record -> record.topic().equals(topic.plainName()))
        .toList();
  }

  private static List<Decoded> read(Crowd crowd) {
    List<Decoded> inputs = new ArrayList<>();
    for (Product product : crowd.products()) {
      inputs.add(
          new Decoded.OfProduct(
              product, new Origin("products", 0, inputs.size(), product.effectiveAt())));
    }
    inputs.addAll(read(crowd.events()));
    return inputs;
  }

  static List<Decoded> read(List<Event> events) {
    List<Decoded> inputs = new ArrayList<>();
    for (Event event : events) {
      String topic = EventType.topicOf(event.type());
      inputs.add(new Decoded.OfEvent(event, new Origin(topic, 0, inputs.size(), event.at())));
    }
    return inputs;
  }

  private static Event placed(String customer, String order, long at) {
    return event(EventType.ORDER_PLACED, customer, at, Map.of(Attribute.ORDER_ID, order), 19_900);
  }

  private static Event added(String customer, String cart, long at) {
    return event(
        EventType.PRODUCT_ADDED,
        customer,
        at,
        Map.of(Attribute.CART_ID, cart, Attribute.SKU, "mug"),
        500);
  }

  private static Event agreed(String customer, long at) {
    return event(
        EventType.CONSENT_CHANGED,
        customer,
        at,
        Map.of(
            Attribute.CHANNEL, "email", Attribute.PURPOSE, "marketing", Attribute.GRANTED, "true"),
        0);
  }

  private static Event event(
      String type, String customer, long at, Map<String, String> attributes, long minor) {
    Money value = minor == 0 ? Money.NONE : new Money(minor, "EUR");
    return new Event(type + "-1", at, type, customer, attributes, List.of(), value);
  }
}
