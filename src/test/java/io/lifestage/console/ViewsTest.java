package io.lifestage.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.metric.Metrics;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The documents say what an independent count of the same records says. */
class ViewsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant EARLIER = NOON.minusSeconds(300);

  private final Board board = Shop.board();
  private final Views views = new Views(board, new Masking(), InstantSource.fixed(NOON));
  private final StageModel model = board.look(all -> all.rules.stages());
  private final String first = model.stages().get(0);
  private final String second = model.stages().get(1);

  @Test
  void populationAndFlowsAreThoseOfTheTopics() throws IOException {
    Random random = new Random(1);
    Map<String, Long> stages = new TreeMap<>();
    List<Seen> records = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      String stage = model.stages().get(random.nextInt(model.stages().size()));
      stages.merge(stage, 1L, Long::sum);
      records.add(Told.profile("c-" + i, stage, Map.of()));
    }
    records.add(moves(first, second, EARLIER, 10));
    records.add(moves(first, second, NOON, 30));
    records.add(moves(first, model.lost(), NOON, 10));
    records.add(Told.metric(Metrics.CUSTOMERS_LOST, "stage", first, "5m", NOON, 10));
    board.take(records);

    JsonNode document = document("lifecycle");

    Map<String, Long> shown = new TreeMap<>();
    document
        .path("stages")
        .forEach(s -> shown.put(s.path("stage").asText(), s.path("population").asLong()));
    assertThat(shown).isEqualTo(stages);
    JsonNode stage = document.path("stages").path(0);
    assertThat(stage.path("left").asLong()).isEqualTo(40);
    assertThat(stage.path("went_on").asLong()).isEqualTo(30);
    assertThat(stage.path("lost").asLong()).isEqualTo(10);
    assertThat(stage.path("conversion").asDouble()).isEqualTo(0.75);
    assertThat(document.path("lost").path("count").asLong()).isEqualTo(10);
    assertThat(document.path("drop_offs"))
        .singleElement()
        .satisfies(
            drop -> {
              assertThat(drop.path("from").asText()).isEqualTo(first);
              assertThat(drop.path("share").asDouble()).isEqualTo(0.25);
            });
  }

  @Test
  void onlyWhatChanceDoesNotExplainIsCalledAChange() throws IOException {
    board.take(
        Told.all(
            moves(first, second, EARLIER, 100),
            moves(first, second, NOON, 110),
            moves(second, model.lost(), EARLIER, 10),
            moves(second, model.lost(), NOON, 60)));

    assertThat(document("lifecycle").path("changes"))
        .singleElement()
        .satisfies(
            change ->
                assertThat(change.path("label").asText()).isEqualTo(second + ">" + model.lost()));
  }

  @Test
  void theFunnelBeginsAtItsStartAndEndsWhereMoneyComesIn() throws IOException {
    for (String step : List.of("paid", "placed", "payment", "started", "address")) {
      long count =
          Map.of("started", 100L, "address", 80L, "payment", 60L, "placed", 50L, "paid", 40L)
              .get(step);
      board.take(
          Told.all(
              Told.metric(Metrics.CHECKOUT_STEP, "step", step, "5m", NOON, count),
              Told.metric(Metrics.CHECKOUT_STEP, "step", step, "24h", NOON, count)));
    }
    board.take(
        Told.all(
            Told.metric(Metrics.PAYMENT_FAILED, "method", "card", "5m", NOON, 10),
            Told.metric(Metrics.PAYMENT_SUCCEEDED, "method", "card", "5m", NOON, 40)));

    JsonNode document = document("checkout");

    assertThat(document.path("funnel").findValuesAsText("step"))
        .containsExactly("started", "address", "payment", "placed", "paid");
    assertThat(document.path("funnel").path(4).path("of_previous").asDouble()).isEqualTo(0.8);
    assertThat(document.path("payments").path("failure_rate").asDouble()).isEqualTo(0.2);
  }

  @Test
  void asLongAsTheDaySaysNothingTheHourOrdersTheSteps() throws IOException {
    board.take(
        Told.all(
            Told.metric(Metrics.CHECKOUT_STEP, "step", "payment", "24h", NOON, 4),
            Told.metric(Metrics.CHECKOUT_STEP, "step", "shipping", "24h", NOON, 4),
            Told.metric(Metrics.CHECKOUT_STEP, "step", "payment", "1h", NOON, 6),
            Told.metric(Metrics.CHECKOUT_STEP, "step", "shipping", "1h", NOON, 7)));

    assertThat(document("checkout").path("funnel").findValuesAsText("step"))
        .containsExactly("shipping", "payment");
  }

  @Test
  void whoWaitsLongestComesFirst() throws IOException {
    board.take(
        Told.all(
            chatting("ada", NOON.minusSeconds(10)),
            chatting("bob", NOON.minusSeconds(900)),
            chatting("cleo", null)));

    JsonNode document = document("conversations");

    assertThat(document.path("open").asLong()).isEqualTo(3);
    assertThat(document.path("waiting").asLong()).isEqualTo(2);
    assertThat(document.path("longest_waiting").path(0).path("customer").path("name").asText())
        .isEqualTo("bob");
  }

  @Test
  void theFeedShowsWhatWasWithheldBesideWhatWasSent() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      board.take(
          Told.all(Told.decision("c-" + i, "j", "SUPPRESSED", "cap", null, NOON.plusSeconds(i))));
    }
    board.take(
        Told.all(
            Told.trigger("ada", "j", "t-1", NOON),
            Told.decision("ada", "j", "FIRED", "all_guards_passed", "t-1", NOON)));

    assertThat(document("triggers").path("feed").path(0).path("stopped_by").path(0).asText())
        .isEqualTo("consent");
    JsonNode fired =
        read(
            views.document(
                new Views.Query("triggers", MetricBook.windowNamed("5m"), false, "FIRED")));
    assertThat(fired.path("feed"))
        .singleElement()
        .satisfies(one -> assertThat(one.path("template").asText()).isEqualTo("hello"));
  }

  @Test
  void journeysSayHowManyWaitInWhichStepAlsoInVersionsThatAreGone() throws IOException {
    String journey =
        board.look(all -> all.rules.definitions().journeys().keySet().iterator().next());
    String step =
        board.look(all -> all.rules.definitions().journeys().get(journey).steps().get(0).id());
    int version = board.look(all -> all.rules.definitions().journeys().get(journey).version());
    board.take(
        Told.all(
            Told.profile("a", first, Map.of("journeys", List.of(Told.run(journey, version, step)))),
            Told.profile("b", first, Map.of("journeys", List.of(Told.run(journey, version, step)))),
            Told.profile("c", first, Map.of("journeys", List.of(Told.run(journey, 99, step))))));

    JsonNode shown = null;
    for (JsonNode one : document("journeys").path("journeys")) {
      shown = one.path("journey").asText().equals(journey) ? one : shown;
    }

    assertThat(shown.path("waiting").asLong()).isEqualTo(3);
    assertThat(shown.path("steps").path(0).path("waiting").asLong()).isEqualTo(2);
    assertThat(shown.path("elsewhere").path(0).path("version").asLong()).isEqualTo(99);
  }

  @Test
  void everyDefinedMetricIsOnThePageOfMetrics() throws IOException {
    assertThat(document("metrics").path("metrics").findValuesAsText("metric"))
        .containsAll(Metrics.definitions().stream().map(d -> d.name()).toList());
  }

  /** An unreadable record is left out, and those beside it are not. */
  @Test
  void oneBadRecordHidesNoOther() throws IOException {
    board.take(
        Told.all(
            Told.seen(io.lifestage.wire.Topic.METRICS, "x", Map.of("metric", "x")),
            Told.profile("ada", first, Map.of())));

    assertThat(document("lifecycle").path("customers").asLong()).isEqualTo(1);
    assertThat(read(views.status()).path("reading").path("unreadable").asLong()).isEqualTo(1);
  }

  @Test
  void whatIsDownIsSaidInASentence() throws IOException {
    board.note(
        health -> {
          health.kafka.failed(NOON, "Timeout");
          health.flink.answered(NOON);
        });

    assertThat(read(views.status()).path("troubles"))
        .anySatisfy(trouble -> assertThat(trouble.asText()).startsWith("Kafka has not answered"))
        .anySatisfy(trouble -> assertThat(trouble.asText()).startsWith("The job is not running"));

    board.note(
        health -> {
          health.kafka.answered(NOON);
          health.job = Map.of("state", "RUNNING");
        });
    assertThat(read(views.status()).path("troubles")).isEmpty();
  }

  private Seen moves(String from, String to, Instant at, long count) {
    return Told.metric(Metrics.TRANSITIONS, "from>to", from + ">" + to, "5m", at, count);
  }

  private Seen chatting(String customer, Instant asked) {
    return Told.profile(
        customer,
        first,
        Map.of(
            "open_conversations",
            List.of(Told.chat("v-" + customer, "sales", NOON.minusSeconds(999), asked, null))));
  }

  private JsonNode document(String view) throws IOException {
    return read(views.document(new Views.Query(view, MetricBook.windowNamed("5m"), false, null)));
  }

  private static JsonNode read(byte[] json) throws IOException {
    return new ObjectMapper().readTree(json);
  }
}
