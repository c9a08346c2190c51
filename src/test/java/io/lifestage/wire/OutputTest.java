package io.lifestage.wire;

import static io.lifestage.wire.Wired.NOON;
import static io.lifestage.wire.Wired.PREFIX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lifestage.decision.Profile;
import io.lifestage.journey.Decision;
import io.lifestage.journey.Instance;
import io.lifestage.journey.Step;
import io.lifestage.journey.Trigger;
import io.lifestage.journey.Verdict;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Line;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Place;
import io.lifestage.lifecycle.Transition;
import io.lifestage.metric.Alert;
import io.lifestage.metric.Estimates;
import io.lifestage.metric.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the core says, as any reader of the topics sees it. */
class OutputTest {
  private static final String AT_NOON = "2026-03-01T12:00:00Z";
  private static final String AN_HOUR_LATER = "2026-03-01T13:00:00Z";
  private static final long HOUR = 3_600_000;

  private final Wired wired = new Wired();
  private final OutputEncoder output = new OutputEncoder(PREFIX, wired.ids, "/lifestage/shop");
  private final RecordPrinter printer = new RecordPrinter(wired.registry);

  @Test
  void aTriggerSaysWhatToDoForWhomAndWhen() throws Exception {
    OutboundRecord record = output.trigger(trigger(Trigger.Status.ACTIVE));

    assertThat(record.topic()).isEqualTo("shop.triggers");
    assertThat(key(record)).isEqualTo("ada");
    assertThat(record.timestamp()).isEqualTo(NOON);
    assertThat(read(record))
        .contains(
            entry("trigger_id", "t-1"),
            entry("status", "ACTIVE"),
            entry("audience", "CUSTOMER"),
            entry("journey", "abandoned-cart"),
            entry("journey_version", 3),
            entry("data", Map.of("cart_id", "c-1", "coupon", "BACK5")),
            entry("offer_value_minor", 500L),
            entry("at", AT_NOON),
            entry("not_before", AT_NOON),
            entry("expires_at", AN_HOUR_LATER),
            entry("stage", null),
            entry("cycle", null),
            entry("causes", List.of("e-1", "e-2")));
    assertThat(read(record).get("items"))
        .isEqualTo(
            List.of(
                fields(
                    entry("sku", "mug"),
                    entry("name", "Mug"),
                    entry("category", "kitchen"),
                    entry("price_minor", 450L),
                    entry("currency", "GBP"),
                    entry("quantity", null),
                    entry("score", 0.5),
                    entry("source", "learnt"),
                    entry("support", 3.5),
                    entry("lift", 12.0),
                    entry("price_then_minor", 499L))));
  }

  @Test
  void aTriggerIsACloudEvent() {
    assertThat(output.trigger(trigger(Trigger.Status.ACTIVE)).headers())
        .containsOnly(
            entry("ce_specversion", "1.0"),
            entry("ce_id", "t-1-active"),
            entry("ce_source", "/lifestage/shop"),
            entry("ce_type", "io.lifestage.trigger.active"),
            entry("ce_subject", "t-1"),
            entry("ce_time", AT_NOON),
            entry("content-type", "application/vnd.confluent.avro"));
  }

  /** Whoever drops a CloudEvent with an id seen before must not drop the retraction. */
  @Test
  void aRetractionIsACloudEventOfItsOwnAboutTheSameTrigger() throws Exception {
    OutboundRecord record = output.trigger(trigger(Trigger.Status.RETRACTED));

    assertThat(record.headers())
        .contains(entry("ce_id", "t-1-retracted"), entry("ce_subject", "t-1"));
    assertThat(read(record)).contains(entry("trigger_id", "t-1"), entry("status", "RETRACTED"));
  }

  @Test
  void aTriggerThatIsRightAgainIsACloudEventOfItsOwn() throws Exception {
    Trigger again = trigger(Trigger.Status.ACTIVE).after(1);

    assertThat(output.trigger(again).headers())
        .contains(entry("ce_id", "t-1-active-2"), entry("ce_subject", "t-1"));
    assertThat(output.trigger(again.takenBack(NOON)).headers())
        .contains(entry("ce_id", "t-1-retracted-3"));
    assertThat(read(output.trigger(again))).containsEntry("revision", 2);
  }

  @ParameterizedTest
  @EnumSource
  void everyOutcomeOfADecisionHasItsSymbol(Decision.Outcome outcome) throws Exception {
    OutboundRecord record = output.decision(decision(outcome));

    assertThat(record.topic()).isEqualTo("shop.decisions");
    assertThat(key(record)).isEqualTo("ada");
    assertThat(read(record)).containsEntry("outcome", outcome.name());
  }

  @Test
  void aDecisionSaysWhatEachGuardSaid() throws Exception {
    OutboundRecord record = output.decision(decision(Decision.Outcome.SUPPRESSED));

    assertThat(read(record))
        .contains(entry("reason", "no_consent"), entry("step", null), entry("trigger_id", null))
        .contains(entry("decided_by", "e-1"), entry("until", AN_HOUR_LATER))
        .containsEntry(
            "verdicts",
            List.of(
                fields(
                    entry("guard", "consent"),
                    entry("passed", false),
                    entry("detail", "email:marketing"))));
  }

  @Test
  void anAlertSaysWhatIsFarFromItsBaselineAndWhatItCosts() throws Exception {
    OutboundRecord open = output.alert(alert(true, 4_500L, "EUR"));
    OutboundRecord over = output.alert(alert(false, null, null));

    assertThat(open.topic()).isEqualTo("shop.alerts");
    assertThat(key(open)).isEqualTo("a-1");
    assertThat(open.timestamp()).isEqualTo(NOON + HOUR);
    assertThat(read(open))
        .contains(
            entry("alert_id", "a-1"),
            entry("kind", "checkout_step_failing"),
            entry("severity", "CRITICAL"),
            entry("status", "OPEN"),
            entry("subject", "checkout_step=payment"),
            entry("opened_at", AT_NOON),
            entry("at", AN_HOUR_LATER),
            entry("observed", 0.4),
            entry("baseline", 0.9),
            entry("customers", 12L),
            entry("value_minor", 4_500L),
            entry("currency", "EUR"),
            entry("text", "It fails."));
    assertThat(read(over))
        .contains(entry("status", "RESOLVED"), entry("value_minor", null), entry("currency", null));
  }

  @Test
  void aDecisionNamesTheOneThatItTakesBack() throws Exception {
    Decision wrong = decision(Decision.Outcome.EXITED);
    Decision right =
        wrong.takenBack(Decision.Outcome.RETRACTED, null, Cause.of("late"), NOON + HOUR);

    assertThat(read(output.decision(wrong))).containsEntry("takes_back", null);
    assertThat(read(output.decision(right)))
        .contains(
            entry("outcome", "RETRACTED"),
            entry("reason", "late_event"),
            entry("causes", List.of("e-1", "late")),
            entry(
                "takes_back",
                fields(
                    entry("outcome", "EXITED"),
                    entry("reason", "no_consent"),
                    entry("at", AT_NOON))));
  }

  @Test
  void aFirstTransitionComesFromNowhere() throws Exception {
    Transition first =
        new Transition(
            "ada", null, "awareness", 1, NOON, 0, "first_touch", List.of("e-1"), "retail@1", false);

    OutboundRecord record = output.transition(first);

    assertThat(record.topic()).isEqualTo("shop.transitions");
    assertThat(key(record)).isEqualTo("ada");
    assertThat(read(record))
        .contains(
            entry("from", null),
            entry("to", "awareness"),
            entry("since", null),
            entry("at", AT_NOON),
            entry("evidence", List.of("e-1")),
            entry("withdrawn", false));
  }

  @Test
  void aProfileIsTheWholePicture() throws Exception {
    OutboundRecord record = output.profile(profile());

    assertThat(record.topic()).isEqualTo("shop.profiles");
    assertThat(key(record)).isEqualTo("ada");
    Map<String, Object> read = read(record);
    assertThat(read)
        .contains(
            entry("stage", "retention"),
            entry("stage_since", AT_NOON),
            entry("last_activity_at", null),
            entry("first_touch", Map.of("source", "google")),
            entry(
                "traits",
                Map.of(
                    "orders_365d",
                    2.0,
                    "open_rate",
                    0.5,
                    "loyal",
                    1.0,
                    "last_paid",
                    (double) NOON,
                    "order_gap",
                    (double) HOUR)),
            entry("trait_texts", Map.of("first_source", "google")),
            entry("segments", List.of("big_spenders")),
            entry("lifetime_value_minor", Map.of("EUR", 100L, "GBP", 1999L)),
            entry("consents", Map.of("email:marketing", true)),
            entry("attributes", Map.of("email", "ada@example.com")));
    assertThat(read.get("open_carts").toString())
        .contains("cart_id=c-1", "sku=mug", "opened_at=" + AT_NOON, "currency=null");
    assertThat(read.get("open_conversations").toString())
        .contains("conversation_id=v-1", "asked_at=" + AN_HOUR_LATER, "answered_at=null");
    assertThat(read.get("orders").toString())
        .contains("order_id=o-1", "total_minor=1999", "paid_at=null");
    assertThat(read.get("journeys").toString())
        .contains("journey=win-back", "instance_key=cycle-1", "wake_at=" + AN_HOUR_LATER);
  }

  @Test
  void anErasedCustomersProfileHasNoValue() {
    OutboundRecord record = output.profileGone("ada", NOON);

    assertThat(record.topic()).isEqualTo("shop.profiles");
    assertThat(key(record)).isEqualTo("ada");
    assertThat(record.value()).isNull();
  }

  @Test
  void theKeyOfAMetricIsItsSeries() throws Exception {
    OutboundRecord record =
        output.metric(new MetricPoint("revenue", "currency", "GBP", "1h", NOON, 2, 3998, 1));

    assertThat(record.topic()).isEqualTo("shop.metrics");
    assertThat(key(record)).isEqualTo("revenue/currency/GBP/1h");
    assertThat(read(record))
        .contains(entry("count", 2L), entry("sum", 3998L), entry("revision", 1));
  }

  @Test
  void aMetricSaysWhatItsSketchesSayOrNothing() throws Exception {
    Estimates waits = new Estimates(null, 10L, 20L, 30L, 40L);
    OutboundRecord answers =
        output.metric(
            new MetricPoint("chat_response", "subject", "sales", "1h", NOON, 2, 50, 0, waits));
    OutboundRecord orders =
        output.metric(new MetricPoint("revenue", "currency", "GBP", "1h", NOON, 2, 3998, 1));

    assertThat(read(answers))
        .contains(
            entry("distinct", null),
            entry("p50", 10L),
            entry("p90", 20L),
            entry("p95", 30L),
            entry("p99", 40L));
    assertThat(read(orders)).contains(entry("distinct", null), entry("p50", null));
  }

  @Test
  void ticksAreUnderOneKey() throws Exception {
    OutboundRecord record = output.tick(NOON, NOON + HOUR, "idle");

    assertThat(record.topic()).isEqualTo("shop.clock");
    assertThat(key(record)).isEqualTo("clock");
    assertThat(read(record))
        .contains(entry("at", AT_NOON), entry("wall_at", AN_HOUR_LATER), entry("reason", "idle"));
  }

  /** Maps iterate in any order; exactly-once comparisons of bytes must not notice. */
  @Test
  void equalTriggersAreEqualBytes() {
    Map<String, String> turned = new LinkedHashMap<>();
    turned.put("coupon", "BACK5");
    turned.put("cart_id", "c-1");

    assertThat(output.trigger(trigger(Trigger.Status.ACTIVE, turned)).value())
        .isEqualTo(output.trigger(trigger(Trigger.Status.ACTIVE)).value());
  }

  private Map<String, Object> read(OutboundRecord record) throws Exception {
    return printer.read(record.value());
  }

  private static String key(OutboundRecord record) {
    return new String(record.key(), UTF_8);
  }

  @SafeVarargs
  private static Map<String, Object> fields(Map.Entry<String, ?>... entries) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Map.Entry<String, ?> entry : entries) {
      fields.put(entry.getKey(), entry.getValue());
    }
    return fields;
  }

  private static Trigger trigger(Trigger.Status status) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("cart_id", "c-1");
    data.put("coupon", "BACK5");
    return trigger(status, data);
  }

  private static Trigger trigger(Trigger.Status status, Map<String, String> data) {
    return new Trigger(
        "t-1",
        status,
        "remind",
        "abandoned-cart",
        3,
        "c-1",
        "ada",
        Step.Audience.CUSTOMER,
        "email",
        "cart-reminder",
        data,
        List.of(
            new Trigger.Item(
                "mug",
                "Mug",
                "kitchen",
                450,
                "GBP",
                0,
                0.5,
                new Trigger.Fit("learnt", 3.5, 12),
                499)),
        10,
        500,
        NOON,
        NOON,
        NOON + HOUR,
        null,
        0,
        List.of(new Cause("e-1", new Place("chat", 3, 12)), Cause.of("e-2")));
  }

  private static Alert alert(boolean open, Long value, String currency) {
    return new Alert(
        "a-1",
        "checkout_step_failing",
        Alert.Severity.CRITICAL,
        open,
        "checkout_step=payment",
        NOON,
        NOON + HOUR,
        0.4,
        0.9,
        12,
        value,
        currency,
        "It fails.");
  }

  private static Decision decision(Decision.Outcome outcome) {
    return new Decision(
        "win-back",
        1,
        "ada",
        "cycle-1",
        outcome,
        "no_consent",
        NOON,
        "lapsed",
        null,
        null,
        "e-1",
        NOON + HOUR,
        List.of(new Verdict("consent", false, "email:marketing")),
        List.of(Cause.of("e-1")));
  }

  private static Profile profile() {
    List<Line> lines = List.of(new Line("mug", 2, 450));
    return new Profile(
        "ada",
        NOON,
        "retention",
        1,
        NOON,
        NOON,
        0,
        Map.of("source", "google"),
        Map.of(
            "orders_365d",
            2L,
            "open_rate",
            0.5,
            "loyal",
            true,
            "last_paid",
            Instant.ofEpochMilli(NOON),
            "order_gap",
            Duration.ofMillis(HOUR),
            "first_source",
            "google"),
        List.of("big_spenders"),
        List.of(new Cart("c-1", lines, "", NOON, NOON, false, false, Set.of())),
        List.of(new Conversation("v-1", "sales", NOON, NOON + HOUR, 0)),
        List.of(new Order("o-1", lines, new Money(1999, "GBP"), 0, NOON, 0, 0, 0)),
        2,
        Map.of("GBP", 1999L, "EUR", 100L),
        Map.of("email:marketing", true),
        Map.of("email", "ada@example.com"),
        List.of(
            new Profile.Run(
                new Instance(
                    "win-back",
                    1,
                    "cycle-1",
                    NOON,
                    0,
                    NOON,
                    NOON + HOUR,
                    Map.of(),
                    List.of(Cause.of("e-1"))),
                "wait")),
        12);
  }
}
