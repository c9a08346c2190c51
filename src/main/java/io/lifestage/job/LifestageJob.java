package io.lifestage.job;

import io.lifestage.operator.ClockReading;
import io.lifestage.operator.ClockReadingCodec;
import io.lifestage.operator.CodecTypeInfo;
import io.lifestage.operator.Encoders;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.DefinitionEncoder;
import io.lifestage.wire.IncompatibleSchemaException;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.RegistryUnreachableException;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.ParameterException;

/** Starts the job on whatever Flink it is submitted to. */
public final class LifestageJob {
  private static final double LOOKS_PER_SECOND = 1;
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** The clock's readings hold no time back. */
  private static final WatermarkStrategy<ClockReading> TIMELESS =
      WatermarkStrategy.<ClockReading>noWatermarks().withIdleness(Duration.ofMillis(1));

  private LifestageJob() {}

  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--help")) {
      JobOptions.commandLine(new JobOptions()).usage(System.out);
      return;
    }
    JobOptions options = parse(arguments);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, options);
    env.execute(options.jobName());
  }

  private static JobOptions parse(String[] arguments) throws StartRefusedException {
    try {
      return JobOptions.parse(arguments, System.getenv());
    } catch (ParameterException e) {
      throw new StartRefusedException(e.getMessage() + " (--help lists all options)", e);
    }
  }

  /** Checks what the job needs, and wires it between Kafka and Kafka. */
  static void define(StreamExecutionEnvironment env, JobOptions options)
      throws StartRefusedException {
    List<String> topics = new ArrayList<>(SilenceClock.inputs(options.prefix()));
    topics.addAll(OutputRecords.topics(options.prefix()));
    Preflight.check(options.kafkaProperties(), topics, options.transactionTimeout);
    wire(env, options, parts(options));
  }

  /** The whole graph between Kafka and Kafka; asks neither Kafka nor the registry. */
  static void wire(StreamExecutionEnvironment env, JobOptions options, JobParts parts) {
    configure(env);
    Topology.define(inputs(env, options), clock(env, options), sink(options), parts);
  }

  /** What must be so wherever the job runs, whatever the cluster's own configuration says. */
  static void configure(StreamExecutionEnvironment env) {
    Configuration guards = new Configuration();
    guards.set(PipelineOptions.GENERIC_TYPES, false);
    guards.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    guards.set(PipelineOptions.OBJECT_REUSE, true);
    guards.set(PipelineOptions.MAX_PARALLELISM, JobOptions.MAX_PARALLELISM);
    env.configure(guards);
  }

  static JobParts parts(JobOptions options) throws StartRefusedException {
    List<io.lifestage.definition.Source> pack = JobParts.pack(options.pack);
    try (ConfluentRegistry registry = ConfluentRegistry.connect(options.registryProperties())) {
      Map<Topic, Integer> ids = new Schemas(registry, options.prefix()).register();
      if (options.isLive()) {
        Foundation.Topic definitions =
            PublishedDefinitions.ofLiveSpace(
                options.kafkaProperties(), registry, new DefinitionEncoder(options.prefix(), ids));
        pack = Foundation.agree(pack, definitions, Instant.now());
      }
      return new JobParts(
          pack,
          options.policy(),
          options.lastMoment(),
          new Encoders(options.prefix(), ids, "/lifestage/" + options.jobName()),
          options.triggersFrom);
    } catch (IncompatibleSchemaException e) {
      throw new StartRefusedException(
          "the registry at " + options.schemaRegistry + " holds other schemas: " + e.getMessage(),
          e);
    } catch (RegistryUnreachableException e) {
      throw new StartRefusedException(
          "the schema registry at "
              + options.schemaRegistry
              + " does not answer: "
              + e.getMessage(),
          e);
    }
  }

  static DataStream<Decoded> inputs(StreamExecutionEnvironment env, JobOptions options) {
    KafkaSourceBuilder<Decoded> source =
        KafkaSource.<Decoded>builder()
            .setProperties(options.kafkaProperties())
            .setProperty("isolation.level", "read_committed")
            .setTopics(SilenceClock.inputs(options.prefix()))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new DecodeInputs(options));
    if (options.bounded) {
      source.setBounded(OffsetsInitializer.latest());
    }
    WatermarkStrategy<Decoded> time = new InputTime(options.disorder);
    Source<Decoded, ?, ?> inputs = source.build();
    if (options.isLive()) {
      inputs =
          new PunctualInputs(
              source.build(), options.kafkaProperties(), options.disorder, options.lateness);
    } else if (!options.bounded) {
      time = time.withIdleness(options.idleness);
    }
    return env.fromSource(inputs, time, "Read all inputs").uid(Uids.INPUTS);
  }

  /** One look a second in the live space; where time is the data's alone, none. */
  private static DataStream<ClockReading> clock(
      StreamExecutionEnvironment env, JobOptions options) {
    boolean looks = options.isLive();
    GeneratorFunction<Long, ClockReading> clock =
        looks
            ? new SilenceClock(
                options.kafkaProperties(),
                SilenceClock.inputs(options.prefix()),
                options.prefix(),
                options.disorder,
                QUIET)
            : number -> ClockReading.STOPPED;
    DataGeneratorSource<ClockReading> source =
        new DataGeneratorSource<>(
            clock,
            looks ? Long.MAX_VALUE : 1,
            RateLimiterStrategy.perSecond(LOOKS_PER_SECOND),
            new CodecTypeInfo<>(ClockReading.class, new ClockReadingCodec()));
    return env.fromSource(source, TIMELESS, "Watch for silence").setParallelism(1).uid(Uids.CLOCK);
  }

  static KafkaSink<OutboundRecord> sink(JobOptions options) {
    Properties kafka = options.kafkaProperties();
    kafka.remove("group.id");
    return KafkaSink.<OutboundRecord>builder()
        .setKafkaProducerConfig(kafka)
        .setBootstrapServers(options.bootstrapServers)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setTransactionalIdPrefix(options.jobName())
        .setProperty("transaction.timeout.ms", Long.toString(options.transactionTimeout.toMillis()))
        .setRecordSerializer(new OutputRecords(options.prefix()))
        .build();
  }
}
