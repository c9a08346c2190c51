package io.lifestage.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.lifestage.decision.Policy;
import io.lifestage.definition.RetailPack;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.operator.ClockReading;
import io.lifestage.operator.ClockReadingCodec;
import io.lifestage.operator.CodecTypeInfo;
import io.lifestage.operator.DecodedCodec;
import io.lifestage.operator.Encoders;
import io.lifestage.traffic.Assortment;
import io.lifestage.traffic.Simulation;
import io.lifestage.traffic.Trouble;
import io.lifestage.traffic.World;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Origin;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ReadBack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the whole job tells operations of a shop that people visit: with what eight days of traffic
 * make usual, an hour in which a step of the checkout fails nine in ten raises one alert, of that
 * step; the same hour without it raises none.
 *
 * <p>The eight days are decided once. From a savepoint of them each hour goes its own way, so what
 * is usual is seen to outlive a restart too. Some 20 checkouts are begun in the hour: with fewer a
 * step could fail for everybody and not be found for sure.
 */
class TroubledShopTest {
  private static final long SEED = 1;
  private static final int CUSTOMERS = 12_000;
  private static final double SHARE = 0.9;

  private static final Instant BEGINNING = Instant.parse("2026-01-05T00:00:00Z");
  private static final Instant NINTH_DAY = BEGINNING.plus(Duration.ofDays(8));

  /** The evening, when most people shop. */
  private static final Instant FROM = NINTH_DAY.plus(Duration.ofHours(18));

  private static final Instant UNTIL = FROM.plus(Duration.ofHours(1));
  private static final Instant END = FROM.plus(Duration.ofHours(4));

  private static final List<List<Decoded>> INPUTS = new CopyOnWriteArrayList<>();
  private static final CompletableFuture<Void> ALL_IS_READ = new CompletableFuture<>();

  @RegisterExtension
  private static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir private static Path folder;
  private static String savepoint;

  @BeforeAll
  static void decideEightDays() throws Exception {
    List<Decoded> past = read(sound(), BEGINNING, FROM);
    Shelf shelf = Shelf.sound();

    JobClient job = start(past, "eight-days", null, shelf);
    ALL_IS_READ.get(5, TimeUnit.MINUTES);
    savepoint =
        job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(1, TimeUnit.MINUTES);

    assertThat(alerts(shelf)).as("on the ninth day, before the hour").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"address", "payment"})
  void aStepThatFailsForAnHourIsOneAlertAndNothingElseIs(String step) throws Exception {
    Trouble trouble = new Trouble(step, SHARE, FROM.toEpochMilli(), UNTIL.toEpochMilli());

    List<OutboundRecord> alerts = goOn(sound().troubledBy(List.of(trouble)));

    assertThat(alerts.stream().map(ReadBack::key).distinct()).hasSize(1);
    assertThat(alerts)
        .extracting(alert -> ReadBack.field(alert, "kind") + " " + ReadBack.field(alert, "subject"))
        .containsOnly("checkout_step_failing checkout_step=" + step);
    assertThat(alerts)
        .extracting(alert -> ReadBack.field(alert, "status"))
        .startsWith("OPEN")
        .endsWith("RESOLVED")
        .containsOnlyOnce("RESOLVED");
    assertThat(Instant.ofEpochMilli(alerts.get(0).timestamp()))
        .as("found within the hour")
        .isBetween(FROM, UNTIL);
    assertThat(Instant.ofEpochMilli(alerts.get(alerts.size() - 1).timestamp()))
        .as("closed when it was over")
        .isBetween(UNTIL, END);
  }

  @Test
  void theSameHourWithoutItRaisesNone() throws Exception {
    assertThat(goOn(sound())).isEmpty();
  }

  /** The job goes on from the savepoint with what a world brings, and says what it tells then. */
  private static List<OutboundRecord> goOn(World world) throws Exception {
    Shelf shelf = Shelf.sound();
    JobClient job = start(read(world, FROM, END), "the-hour", savepoint, shelf);
    job.getJobExecutionResult().get(5, TimeUnit.MINUTES);
    return alerts(shelf);
  }

  private static World sound() {
    return new World(
        SEED,
        CUSTOMERS,
        BEGINNING.toEpochMilli(),
        Duration.ofDays(10).toMillis(),
        BEGINNING.toEpochMilli(),
        0);
  }

  private static List<Decoded> read(World world, Instant from, Instant until) {
    Simulation simulation = new Simulation(world, Assortment.homeAndGarden());
    List<Decoded> inputs = new ArrayList<>();
    while (simulation.peek().at() < until.toEpochMilli()) {
      Event event = simulation.next();
      if (event.at() >= from.toEpochMilli()) {
        String topic = EventType.topicOf(event.type());
        inputs.add(new Decoded.OfEvent(event, new Origin(topic, 0, inputs.size(), event.at())));
      }
    }
    return inputs;
  }

  private static List<OutboundRecord> alerts(Shelf shelf) {
    return shelf.records().stream()
        .filter(record -> record.topic().equals("alerts"))
        .sorted(Comparator.comparingLong(OutboundRecord::timestamp))
        .toList();
  }

  /**
   * Starts the job.
   *
   * @param source the name of the source; under another one nothing of it is restored
   * @param restored a savepoint, with which it runs to the end of its inputs; or null, and it waits
   *     there to be stopped
   */
  private static JobClient start(List<Decoded> inputs, String source, String restored, Shelf shelf)
      throws Exception {
    boolean waits = restored == null;
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
    if (!waits) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, restored);
      settings.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    LifestageJob.configure(env);
    env.setParallelism(2);
    env.enableCheckpointing(Duration.ofSeconds(2).toMillis());
    INPUTS.add(inputs);
    int input = INPUTS.size() - 1;
    GeneratorFunction<Long, Decoded> reading = number -> take(input, number.intValue());
    GeneratorFunction<Long, ClockReading> standing = number -> ClockReading.STOPPED;
    Topology.define(
        env.fromSource(
                new DataGeneratorSource<>(
                    reading,
                    inputs.size() + (waits ? 1 : 0),
                    waits ? new Stands(inputs.size()) : RateLimiterStrategy.noOp(),
                    new CodecTypeInfo<>(Decoded.class, new DecodedCodec())),
                new InputTime(Duration.ofSeconds(5)),
                "Read a list")
            .setParallelism(1)
            .uid(source),
        env.fromSource(
                new DataGeneratorSource<>(
                    standing,
                    waits ? 2 : 1,
                    waits ? new Stands(1) : RateLimiterStrategy.noOp(),
                    new CodecTypeInfo<>(ClockReading.class, new ClockReadingCodec())),
                WatermarkStrategy.noWatermarks(),
                "A clock that stands")
            .setParallelism(1)
            .uid(source + "-clock"),
        shelf,
        new JobParts(
            RetailPack.sources(),
            Policy.DEFAULT,
            END.toEpochMilli(),
            new Encoders("", ReadBack.IDS, "/lifestage/test"),
            NINTH_DAY));
    return env.executeAsync(source);
  }

  private static Decoded take(int input, int number) {
    List<Decoded> inputs = INPUTS.get(input);
    if (number == inputs.size() - 1) {
      ALL_IS_READ.complete(null);
    }
    return inputs.get(number);
  }

  /** Lets so many be read; what is left never comes, so that the source does not end. */
  private record Stands(int after) implements RateLimiterStrategy<SourceSplit> {
    @Override
    public RateLimiter<SourceSplit> createRateLimiter(int parallelism) {
      return new RateLimiter<>() {
        private int asked;

        @Override
        public CompletionStage<Void> acquire(int numberOfEvents) {
          asked += numberOfEvents;
          return asked <= after
              ? CompletableFuture.completedFuture(null)
              : new CompletableFuture<>();
        }
      };
    }
  }
}
