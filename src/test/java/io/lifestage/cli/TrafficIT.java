package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifestage.cluster.BrokerProcess;
import io.lifestage.cluster.RegistryProcess;
import io.lifestage.lifecycle.Product;
import io.lifestage.traffic.Assortment;
import io.lifestage.traffic.Shop;
import io.lifestage.traffic.Simulation;
import io.lifestage.traffic.ToldSoFar;
import io.lifestage.traffic.World;
import io.lifestage.wire.ConfluentRegistry;
import io.lifestage.wire.RecordPrinter;
import io.lifestage.wire.SchemaRegistry;
import io.lifestage.wire.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic against a real broker and registry. */
class TrafficIT {
  private static final String[] TRIAL = {
    "--space", "trial", "--customers", "200", "--until", "2026-03-01T00:00:00Z"
  };

  @TempDir private static Path folder;
  private static BrokerProcess broker;
  private static RegistryProcess registry;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void startProcesses() {
    broker = BrokerProcess.start(folder);
    registry = RegistryProcess.start(folder);
  }

  @AfterAll
  static void stopProcesses() {
    broker.close();
    registry.close();
  }

  @Test
  void theTopicsOfASpaceHoldWhatIsPrintedAndASecondRunAddsNothing() throws Exception {
    createTopics("trial.");
    traffic("run", TRIAL);
    List<String> told = eventIds("trial.");
    traffic("run", TRIAL);

    assertThat(eventIds("trial.")).hasSameSizeAs(told);
    out.getBuffer().setLength(0);
    traffic("run", Stream.concat(Stream.of(TRIAL), Stream.of("--print")).toArray(String[]::new));
    assertThat(told).containsExactlyInAnyOrderElementsOf(printedIds());
  }

  @Test
  void theLiveSpaceGetsItsPastOnceAndThenGoesOn() throws Exception {
    createTopics("");
    Instant started = Instant.now();
    traffic("run", "--customers", "200", "--past", "30d", "--rate", "60", "--duration", "3s");
    List<String> first = eventIds("");
    Instant again = Instant.now();
    traffic("run", "--duration", "3s");
    List<String> both = eventIds("");

    assertThat(first).hasSizeGreaterThan(1_000);
    Set<String> different = new HashSet<>(both);
    assertThat(different).hasSameSizeAs(both);
    assertThat(different.containsAll(first)).as("what was told stays told").isTrue();
    assertThat(both.size() - first.size()).isBetween(1, 2_000);
    assertThat(times("")).noneMatch(at -> at.isAfter(Instant.now()));
    assertThat(times("").stream().filter(at -> at.isAfter(again)).count())
        .isEqualTo(both.size() - first.size());
    assertThat(times("")).anyMatch(at -> at.isBefore(started.minus(Duration.ofDays(25))));
    assertThat(err.toString()).contains("A new world", "as if the world had stood still");
  }

  @Test
  void troubleBeginsInTrafficThatGoesOnAndStaysWhereItIsStartedAgain() throws Exception {
    createTopics("troubled.");
    String[] first = {
      "--space",
      "troubled",
      "--customers",
      "200",
      "--past",
      "30d",
      "--until",
      "2026-03-01T00:00:00Z"
    };
    String[] longer = {"--space", "troubled", "--until", "2026-03-11T00:00:00Z"};
    traffic("run", first);
    List<String> before = eventIds("troubled.");
    String trouble = "payment=100%@2026-03-02T00:00:00Z/3d";
    traffic("run", append(longer, "--trouble", trouble));
    List<String> after = eventIds("troubled.");
    traffic("run", append(longer, "--trouble", trouble));
    traffic("run", longer);

    assertThat(after).hasSizeGreaterThan(before.size()).containsAll(before);
    assertThat(eventIds("troubled.")).hasSameSizeAs(after);
    assertThat(new HashSet<>(after)).hasSameSizeAs(after);
    assertThat(
            execute(
                append(
                    new String[] {"traffic", "run"},
                    append(longer, "--trouble", "review=10%@2026-03-05T00:00:00Z"))))
        .isEqualTo(2);
    assertThat(err.toString()).contains("is told already");
  }

  @Test
  void theCatalogueIsThereAndChangesAsTheShopGoesOnWhereverItWasStopped() throws Exception {
    createTopics("living.");
    Instant first = Instant.parse("2026-03-01T00:00:00Z");
    Instant last = first.plus(Duration.ofDays(20));
    Instant beginning = first.minus(Duration.ofDays(30));
    String[] space = {"--space", "living", "--until"};
    traffic("run", append(space, first.toString(), "--customers", "200", "--past", "30d"));
    List<String> begun = versions("living.");
    traffic("run", append(space, last.toString()));
    List<String> all = versions("living.");
    traffic("run", append(space, last.toString()));

    long from = beginning.toEpochMilli();
    World world = new World(42, 200, from, Duration.ofDays(120).toMillis(), from, 0).alive();
    Simulation simulation = new Simulation(world, Assortment.homeAndGarden());
    while (simulation.peek().at() < last.toEpochMilli()) {
      simulation.next();
    }
    assertThat(all).isEqualTo(planned(simulation.shop(), from, simulation.reached()));
    assertThat(begun.size()).as("the catalogue, and what changed").isBetween(250, all.size() - 50);
    assertThat(versions("living.")).as("a run that adds no event adds no version").isEqualTo(all);
  }

  /** What is to be published up to a moment, in an order of its own. */
  private static List<String> planned(Shop shop, long from, long until) {
    List<Product> versions = new ArrayList<>(shop.stock(from));
    for (long at = shop.nextChange(from); at <= until; at = shop.nextChange(at)) {
      versions.addAll(shop.changesAt(at));
    }
    return versions.stream()
        .map(p -> told(p.sku(), Instant.ofEpochMilli(p.effectiveAt()), p.available()))
        .sorted()
        .toList();
  }

  private static List<String> versions(String prefix) throws Exception {
    return read(prefix, List.of(Topic.PRODUCTS)).stream()
        .map(
            version ->
                told(
                    version.get("sku").toString(),
                    Instant.parse(version.get("effective_at").toString()),
                    Boolean.parseBoolean(version.get("available").toString())))
        .sorted()
        .toList();
  }

  private static String told(String sku, Instant effectiveAt, boolean available) {
    return sku + " from " + effectiveAt + (available ? "" : ", can't be bought");
  }

  private static String[] append(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void aProductOfTheCatalogueIsShownAndChanged() {
    createTopics("shop.");
    String[] lamp = {"product", "lamp", "--space", "shop", "--schema-registry", registry.url()};

    assertThat(execute(lamp)).isEqualTo(1);
    assertThat(err.toString()).contains("The catalogue has no lamp");
    assertThat(execute(append(lamp, "--price", "12", "--name", "Lamp"))).isEqualTo(2);
    assertThat(err.toString()).contains("'12' is no amount; write 12.50 or \"12.50 EUR\"");
    assertThat(execute(append(lamp, "--price", "12.5 EUR", "--category", "light")))
        .as(err::toString)
        .isZero();
    assertThat(execute(append(lamp, "--price", "9.99", "--available", "false"))).isZero();
    out.getBuffer().setLength(0);
    assertThat(execute(lamp)).isZero();
    assertThat(out.toString()).startsWith("lamp  lamp [light]  9.99 EUR  can't be bought, from ");
  }

  @Test
  void missingTopicsAreNamed() {
    assertThat(execute("traffic", "run", "--space", "nowhere")).isEqualTo(1);
    assertThat(err.toString()).contains("no topic nowhere.clickstream", "lifestage topics apply");
  }

  private void createTopics(String prefix) {
    int code =
        execute(
            "topics",
            "apply",
            "--file",
            "deploy/topics.yaml",
            "--prefix",
            prefix,
            "--bootstrap-servers",
            broker.bootstrapServers());
    assertThat(code).as(err.toString()).isZero();
  }

  private void traffic(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of("traffic", command));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    arguments.addAll(List.of("--schema-registry", registry.url()));
    assertThat(execute(arguments.toArray(String[]::new))).as(err.toString()).isZero();
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--bootstrap-servers")) {
      all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
    }
    return Lifestage.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private List<String> printedIds() throws Exception {
    List<String> ids = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (String line : out.toString().lines().toList()) {
      ids.add(json.readTree(line).get("event_id").asText());
    }
    return ids;
  }

  private static List<String> eventIds(String prefix) throws Exception {
    return read(prefix).stream().map(event -> event.get("event_id").toString()).toList();
  }

  private static List<Instant> times(String prefix) throws Exception {
    return read(prefix).stream()
        .map(event -> Instant.parse(event.get("occurred_at").toString()))
        .toList();
  }

  /** Every event of the space, from the beginning to the end as it is now. */
  private static List<Map<String, Object>> read(String prefix) throws Exception {
    return read(prefix, ToldSoFar.TOPICS);
  }

  private static List<Map<String, Object>> read(String prefix, List<Topic> topics)
      throws Exception {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    List<Map<String, Object>> events = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings);
        SchemaRegistry schemas =
            ConfluentRegistry.connect(Map.of("schema.registry.url", registry.url()))) {
      RecordPrinter printer = new RecordPrinter(schemas);
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.in(prefix)).stream())
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          events.add(printer.read(record.value()));
        }
      }
    }
    return events;
  }
}
