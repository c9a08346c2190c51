package io.lifestage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Effects;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Profile;
import io.lifestage.decision.Signal;
import io.lifestage.definition.RetailPack;
import io.lifestage.job.CommittedRecords;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.wire.EventEncoder;
import io.lifestage.wire.InMemoryRegistry;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.Schemas;
import io.lifestage.wire.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class ExplainCommandTest {
  /** Nobody listens there: ports below 1024 are given out by name, and this one is nobody's. */
  private static final String NOBODY = "127.0.0.1:4";

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant NOW = NOON.plusSeconds(3_600);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Map<Topic, Integer> ids = new Schemas(registry, "").register();
  private final List<OutboundRecord> written = new ArrayList<>();

  ExplainCommandTest() throws Exception {}

  // --- Without Kafka -----------------------------------------------------------------------------

  @Test
  void withoutACustomerItIsWrongUsage() {
    assertThat(explain("--journey", "win-back")).isEqualTo(2);
    assertThat(err).asString().contains("Missing required option: '--customer=ID'");
  }

  @Test
  void aMomentThatIsNoneIsWrongUsageAndShowsHowToWriteOne() {
    assertThat(explain("--customer", "ada", "--at", "yesterday")).isEqualTo(2);
    assertThat(err)
        .asString()
        .contains("--at", "'yesterday' is no moment; write it like 2026-03-01T12:00:00Z");
  }

  @Test
  void aMomentAheadOfTheClockIsWrongUsage() throws Exception {
    assertThat(explain("--customer", "ada", "--at", "2999-01-01T00:00:00Z", "--json")).isEqualTo(2);
    assertThat(err).asString().contains("--at 2999-01-01T00:00:00Z lies in the future");
    assertThat(json().get("problem").asText()).contains("lies in the future");
  }

  @Test
  void decidingAgainNeedsAJourney() {
    assertThat(explain("--customer", "ada", "--again")).isEqualTo(2);
    assertThat(err).asString().contains("--again needs --journey");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsAFailureThatNamesIt(@TempDir Path folder) throws Exception {
    Path impatient =
        Files.writeString(
            folder.resolve("kafka"), "default.api.timeout.ms=500\nrequest.timeout.ms=400\n");

    assertThat(
            explain(
                "--customer",
                "ada",
                "--json",
                "--bootstrap-servers",
                NOBODY,
                "--kafka-config",
                impatient.toString()))
        .isEqualTo(1);
    assertThat(err).asString().contains("Kafka at " + NOBODY);
    assertThat(json().get("problem").asText()).contains("Kafka at " + NOBODY);
  }

  // --- From topics that are given ----------------------------------------------------------------

  @Test
  void inEmptyTopicsNobodyIsKnown() throws Exception {
    assertThat(explainFromTopics("--customer", "ada")).isEqualTo(1);
    assertThat(err).asString().contains("Customer 'ada' is not known. Ids are case-sensitive");
    assertThat(out).asString().isEmpty();
  }

  @Test
  void whoIsNotKnownIsAnObjectForPrograms() throws Exception {
    meets(event("e-1", "page_viewed", "page", "/"));

    assertThat(explainFromTopics("--customer", "Ada", "--json")).isEqualTo(1);
    assertThat(json().get("customer").asText()).isEqualTo("Ada");
    assertThat(json().get("problem").asText()).contains("'Ada' is not known");
  }

  @Test
  void aJourneyThatThereIsNotIsWrongUsageAndTheNearestNameIsSaid() {
    meets(event("e-1", "page_viewed", "page", "/"));

    assertThatThrownBy(() -> explainFromTopics("--customer", "ada", "--journey", "abandoned-kart"))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "No journey is called 'abandoned-kart', in what the job was started with or published"
                + " since; did you mean 'abandoned-cart'?");
  }

  @Test
  void whyAJourneyNeverBeganIsToldFromTheEventsInTheTopics() throws Exception {
    meets(event("e-1", "page_viewed", "page", "/"));

    assertThat(explainFromTopics("--customer", "ada", "--journey", "abandoned-cart")).isZero();
    assertThat(out)
        .asString()
        .contains("Neither a decision nor a trigger of abandoned-cart is written of customer ada.")
        .contains("Decided again: 1 of the customer's events, from 2026-03-01T12:00:00Z on, up to")
        .contains("and none of that came.");
  }

  @Test
  void whatWasReadBackIsThereForProgramsToo() throws Exception {
    meets(event("e-1", "page_viewed", "page", "/"));

    assertThat(explainFromTopics("--customer", "ada", "--journey", "abandoned-cart", "--json"))
        .isZero();
    assertThat(json().at("/attempts/events_read").asInt()).isEqualTo(1);
    assertThat(json().at("/attempts/attempts")).isEmpty();
    assertThat(json().get("runs")).isEmpty();
  }

  @Test
  void whereTheJourneyBeganTheEventsAreReadBackOnlyOnRequest() throws Exception {
    meets(event("e-1", "product_added", "cart_id", "c-1", "sku", "mug"));
    String[] asked = {"--customer", "ada", "--journey", "abandoned-cart"};

    assertThat(explainFromTopics(asked)).isZero();
    assertThat(out).asString().doesNotContain("What could have begun it");
    assertThat(explainFromTopics("--customer", "ada", "--journey", "abandoned-cart", "--again"))
        .isZero();
    assertThat(out).asString().contains("What could have begun it", "its condition held");
  }

  @Test
  void aRegistryThatIsDownIsAFailureThatNamesIt() {
    meets(event("e-1", "page_viewed", "page", "/"));
    registry.silentFor(100);

    assertThatThrownBy(() -> explainFromTopics("--customer", "ada"))
        .hasMessageContaining("The schema registry at")
        .hasMessageContaining("gave no answer");
  }

  private JsonNode json() throws Exception {
    return new ObjectMapper().readTree(out.toString());
  }

  private static Event event(String id, String type, String... attributes) {
    Map<String, String> said = new java.util.TreeMap<>(Map.of("customer_id", "ada"));
    for (int i = 0; i < attributes.length; i += 2) {
      said.put(attributes[i], attributes[i + 1]);
    }
    return new Event(id, NOON.toEpochMilli(), type, "ada", said, List.of(), Money.NONE);
  }

  /** The event as the shop wrote it, and what the engine wrote because of it. */
  private void meets(Event event) {
    written.add(new EventEncoder("", ids).encode(event));
    Decider decider = new Decider(RetailPack.definitions(), Catalogue.EMPTY, Policy.DEFAULT);
    CustomerRecord record = CustomerRecord.unknown("ada");
    OutputEncoder output = new OutputEncoder("", ids, "/lifestage");
    for (Signal signal : List.of(new Signal.Arrived(event), Signal.TimePassed.TICK)) {
      long now = signal instanceof Signal.Arrived ? event.at() - 1 : event.at();
      Outcome outcome = decider.decide(record, signal, now);
      record = outcome.customer();
      Effects effects = outcome.effects();
      effects.transitions().forEach(moved -> written.add(output.transition(moved)));
      effects.triggers().forEach(trigger -> written.add(output.trigger(trigger)));
      effects.decisions().forEach(decision -> written.add(output.decision(decision)));
    }
    written.add(output.profile(Profile.of(record, RetailPack.definitions())));
  }

  private int explainFromTopics(String... arguments) throws Exception {
    MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    Map<TopicPartition, List<OutboundRecord>> all = new java.util.LinkedHashMap<>();
    for (Topic topic : Topic.values()) {
      String name = topic.plainName();
      kafka.updatePartitions(name, List.of(new PartitionInfo(name, 0, null, null, null)));
      TopicPartition partition = new TopicPartition(name, 0);
      List<OutboundRecord> here =
          written.stream().filter(record -> record.topic().equals(name)).toList();
      all.put(partition, here);
      kafka.updateBeginningOffsets(Map.of(partition, 0L));
      kafka.updateEndOffsets(Map.of(partition, (long) here.size()));
    }
    arriveWhenAsked(kafka, all);
    ExplainCommand command = new ExplainCommand();
    new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .parseArgs(arguments);
    return command.explain(registry, new CommittedRecords(kafka), NOW);
  }

  /** Whatever is assigned at a poll has arrived by then. */
  private static void arriveWhenAsked(
      MockConsumer<byte[], byte[]> kafka, Map<TopicPartition, List<OutboundRecord>> all) {
    kafka.schedulePollTask(
        () -> {
          for (TopicPartition partition : kafka.assignment()) {
            List<OutboundRecord> records = all.getOrDefault(partition, List.of());
            all.remove(partition);
            for (int offset = 0; offset < records.size(); offset++) {
              OutboundRecord record = records.get(offset);
              kafka.addRecord(
                  new ConsumerRecord<>(
                      partition.topic(),
                      partition.partition(),
                      offset,
                      record.timestamp(),
                      org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                      record.key().length,
                      record.value().length,
                      record.key(),
                      record.value(),
                      new org.apache.kafka.common.header.internals.RecordHeaders(),
                      java.util.Optional.empty()));
            }
          }
          if (!all.isEmpty()) {
            arriveWhenAsked(kafka, all);
          }
        });
  }

  private int explain(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "explain";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Lifestage.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }
}
