package io.lifestage.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.definition.Packs;
import io.lifestage.lifecycle.StageModel;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.RollingWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A shop as the topics would tell of it: a believable day of metrics, customers in all stages,
 * decisions, alerts and dead letters, from one seed. For trying the page without a cluster.
 */
final class Shop {
  static final String HOSTILE = "<img src=x onerror=\"document.title='pwned'\">";

  private final Random random = new Random(7);
  private final Board board;
  private final List<String> stages;
  private final List<String> journeys;
  private final boolean hostile;
  private Instant now;
  private int customers;

  Shop(Board board, Instant now, boolean hostile) {
    this.board = board;
    this.hostile = hostile;
    this.now = now;
    StageModel model = board.look(all -> all.rules.stages());
    this.stages = model.stages();
    this.journeys = List.copyOf(board.look(all -> all.rules.definitions().journeys().keySet()));
  }

  static Board board() {
    return new Board(Packs.of("retail"));
  }

  /** All that has happened until now. */
  void past(int people) {
    long[] shares = {38, 27, 5, 16, 6, 8};
    List<Seen> records = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      int stage = weighted(shares);
      records.add(Told.profile(name(), stages.get(stage), waits()));
    }
    board.take(records);
    for (RollingWindow window : RollingWindow.values()) {
      if (window.length() > 0) {
        long step = Math.max(window.pane(), window.length() / 60 / window.pane() * window.pane());
        for (Instant at = end(window, now.minusMillis(2 * Math.max(window.length(), 900_000)));
            !at.isAfter(now);
            at = at.plusMillis(step)) {
          board.take(metrics(window, at));
        }
      }
    }
    for (int i = 120; i > 0; i--) {
      decide(now.minusSeconds(i * 7L));
    }
    board.take(
        List.of(
            Told.alert(
                "a-1",
                "OPEN",
                "Card payments fail at 31 %, 8 times their baseline.",
                64,
                now.minusSeconds(540)),
            Told.alert(
                "a-2",
                "RESOLVED",
                "The delivery step lost twice as many as usual.",
                21,
                now.minusSeconds(9_000)),
            Told.deadLetter(
                "bad_magic_byte",
                "The first byte is 123",
                "c-00017",
                "{\"type\":\"order_placed\"}".getBytes(UTF_8),
                now),
            Told.deadLetter(
                "unknown_type",
                "'teleported' is no type",
                "c-00018",
                new byte[] {0, 0, 0, 0, 9, 1, 2},
                now)));
    if (hostile) {
      hostility();
    }
    board.note(
        health -> {
          health.kafka.answered(now);
          health.registry.answered(now);
          health.flink.answered(now);
          health.reached(1, 1);
          health.counted(123_456, 0, now);
          health.arriving.put("clickstream", 412.5);
          health.arriving.put("orders", 8.5);
          health.arriving.put("chat", 21.0);
          Map<String, Object> job = new LinkedHashMap<>();
          job.put("id", "8f3c");
          job.put("name", "lifestage");
          job.put("state", "RUNNING");
          job.put("since", now.minusSeconds(86_000).toString());
          job.put("page", "http://127.0.0.1:8082/#/job/running/8f3c/overview");
          job.put("restarts", 1);
          job.put(
              "checkpoints",
              Map.of(
                  "completed",
                  8123,
                  "failed",
                  2,
                  "restored",
                  1,
                  "last_at",
                  now.minusSeconds(1).toString(),
                  "last_took_ms",
                  212,
                  "last_bytes",
                  48_123_456));
          job.put("last_failure", null);
          health.job = job;
        });
  }

  /** Time goes on a little. */
  void live(Instant moment) {
    now = moment;
    for (RollingWindow window : RollingWindow.values()) {
      if (window.length() > 0 && end(window, now).isAfter(now.minusSeconds(5))) {
        board.take(metrics(window, end(window, now)));
      }
    }
    for (int i = 0; i < 20; i++) {
      board.take(List.of(Told.profile(name(), stages.get(random.nextInt(stages.size())), waits())));
    }
    decide(now);
  }

  private List<Seen> metrics(RollingWindow window, Instant at) {
    String w = window.label();
    double scale = window.length() / 60_000.0;
    double tide = 1 + 0.35 * Math.sin(at.getEpochSecond() / 9_000.0);
    List<Seen> m = new ArrayList<>();
    m.add(
        Told.metric(
            Metrics.TRANSITIONS,
            "from>to",
            ">" + stages.get(0),
            w,
            at,
            poisson(14 * scale * tide)));
    double flow = 11;
    for (int i = 0; i + 2 < stages.size(); i++) {
      m.add(
          Told.metric(
              Metrics.TRANSITIONS,
              "from>to",
              stages.get(i) + ">" + stages.get(i + 1),
              w,
              at,
              poisson(flow * scale * tide)));
      flow *= 0.55;
    }
    String lost = stages.get(stages.size() - 1);
    long all = 0;
    double[] losing = {2.4, 1.9, 0, 0.9, 0.4};
    for (int i = 0; i < losing.length; i++) {
      long n = poisson(losing[i] * scale * tide);
      all += n;
      m.add(Told.metric(Metrics.TRANSITIONS, "from>to", stages.get(i) + ">" + lost, w, at, n));
      m.add(Told.metric(Metrics.CUSTOMERS_LOST, "stage", stages.get(i), w, at, n));
    }
    for (int i = 0; i + 1 < stages.size(); i++) {
      long median = (long) (400_000 * Math.pow(3.1, i) * (0.9 + random.nextDouble() / 5));
      m.add(
          Told.quantities(
              Metrics.DWELL, "stage", stages.get(i), w, at, poisson(9 * scale), median));
    }
    for (String method : List.of("card", "paypal")) {
      m.add(Told.metric(Metrics.PAYMENT_SUCCEEDED, "method", method, w, at, poisson(2.4 * scale)));
    }
    m.add(Told.metric(Metrics.SATISFACTION, "subject", "sales", w, at, 20, 84));
    m.add(
        Told.metric(Metrics.GOAL_OUTCOMES_EVER, "treated", journeys.get(0), "now", at, 4_000, 640));
    m.add(Told.metric(Metrics.GOAL_OUTCOMES_EVER, "held_out", journeys.get(0), "now", at, 420, 41));
    long back = poisson(1.4 * scale * (at.isAfter(now.minusSeconds(1200)) ? 2 : 1));
    m.add(
        Told.metric(
            Metrics.TRANSITIONS, "from>to", stages.get(2) + ">" + stages.get(1), w, at, back));
    m.add(Told.metric(Metrics.CUSTOMERS_LOST, "stage", stages.get(2), w, at, back));
    m.add(Told.metric(Metrics.CUSTOMERS_LOST, "cause", "silence", w, at, all));
    m.add(Told.metric(Metrics.CUSTOMERS_LOST, "cause", "not_paid", w, at, back));
    m.add(
        Told.metric(
            Metrics.TRANSITIONS,
            "from>to",
            lost + ">" + stages.get(0),
            w,
            at,
            poisson(1.1 * scale * tide)));
    long n = poisson(9 * scale * tide);
    for (String step : List.of("started", "address", "delivery", "payment", "placed", "paid")) {
      m.add(Told.metric(Metrics.CHECKOUT_STEP, "step", step, w, at, n));
      n = Math.round(n * (step.equals("payment") ? 0.7 : 0.88));
    }
    m.add(Told.metric(Metrics.ABANDONED, "what", "cart", w, at, poisson(4 * scale)));
    m.add(Told.metric(Metrics.ABANDONED, "what", "checkout", w, at, poisson(2 * scale)));
    m.add(Told.metric(Metrics.PAYMENT_FAILED, "method", "card", w, at, poisson(0.9 * scale)));
    m.add(Told.metric(Metrics.PAYMENT_FAILED, "method", "paypal", w, at, poisson(0.2 * scale)));
    if (hostile) {
      m.add(Told.metric(Metrics.PAYMENT_FAILED, "method", HOSTILE, w, at, poisson(0.3 * scale)));
      m.add(
          Told.metric(
              Metrics.CHECKOUT_STEP, "step", "</script><script>alert(1)</script>", w, at, 3));
      m.add(Told.metric(Metrics.TRIGGERS_FIRED, "journey", "__proto__", w, at, 3));
      m.add(Told.metric(Metrics.TRIGGERS_SUPPRESSED, "reason", "constructor", w, at, 3));
    }
    long paid = poisson(4 * scale * tide);
    m.add(Told.metric(Metrics.REVENUE, "currency", "EUR", w, at, paid, paid * 5_430));
    m.add(Told.metric(Metrics.REVENUE, "currency", "GBP", w, at, paid / 3, paid / 3 * 4_120));
    m.add(Told.metric(Metrics.REFUNDS, "currency", "EUR", w, at, paid / 20, paid / 20 * 3_300));
    m.add(Told.metric(Metrics.CANCELLATIONS, "", "", w, at, poisson(0.2 * scale)));
    for (String subject : List.of("sales", "support", "other")) {
      long chats = poisson((subject.equals("sales") ? 2.4 : 1.2) * scale);
      m.add(Told.metric(Metrics.CHATS_STARTED, "subject", subject, w, at, chats));
      m.add(
          Told.metric(
              Metrics.CHAT_RESPONSE,
              "subject",
              subject,
              w,
              at,
              chats,
              chats * (70_000 + random.nextInt(40_000))));
    }
    for (int i = 0; i < journeys.size(); i++) {
      m.add(
          Told.metric(
              Metrics.TRIGGERS_FIRED,
              "journey",
              journeys.get(i),
              w,
              at,
              poisson(3.0 * scale / (1 + i))));
      m.add(
          Told.metric(
              Metrics.TRIGGERS_SUPPRESSED,
              "journey",
              journeys.get(i),
              w,
              at,
              poisson(2.0 * scale / (1 + i % 5))));
      m.add(
          Told.metric(
              Metrics.CONVERSIONS,
              "journey",
              journeys.get(i),
              w,
              at,
              poisson(0.4 * scale / (1 + i))));
    }
    double[] shares = {6, 3, 2, 1, 0.5};
    List<String> reasons = List.of("no_consent", "cap", "outranked", "quiet_hours", "holdout");
    for (int i = 0; i < reasons.size(); i++) {
      m.add(
          Told.metric(
              Metrics.TRIGGERS_SUPPRESSED,
              "reason",
              reasons.get(i),
              w,
              at,
              poisson(shares[i] * scale)));
    }
    for (String type :
        List.of("product_viewed", "page_viewed", "message_sent", "order_paid", "product_added")) {
      m.add(Told.metric(Metrics.EVENTS, "type", type, w, at, poisson(4_000 * scale * tide)));
    }
    m.add(Told.metric(Metrics.LATE, "topic", "clickstream", w, at, poisson(0.5 * scale)));
    m.add(Told.metric(Metrics.DUPLICATES, "topic", "orders", w, at, poisson(0.7 * scale)));
    m.add(
        Told.metric(Metrics.DEAD_LETTERS, "reason", "bad_magic_byte", w, at, poisson(0.1 * scale)));
    m.add(Told.metric(Metrics.LAG, "topic", "clickstream", "now", at, random.nextInt(400)));
    m.add(Told.metric(Metrics.LAG, "topic", "orders", "now", at, random.nextInt(9)));
    for (int i = 0; i < stages.size(); i++) {
      m.add(
          Told.metric(
              Metrics.POPULATION,
              "stage",
              stages.get(i),
              "now",
              at,
              9_000 - i * 1_000 + random.nextInt(90)));
    }
    return m;
  }

  private void decide(Instant at) {
    String customer = name();
    String journey = journeys.get(random.nextInt(journeys.size()));
    String id = "%032x".formatted(random.nextLong());
    if (random.nextInt(5) < 2) {
      board.take(
          List.of(
              Told.trigger(customer, journey, id, at),
              Told.decision(customer, journey, "FIRED", "all_guards_passed", id, at)));
    } else {
      String reason =
          Arrays.asList("no_consent", "cap", "outranked", "quiet_hours").get(random.nextInt(4));
      board.take(List.of(Told.decision(customer, journey, "SUPPRESSED", reason, id, at)));
    }
  }

  private void hostility() {
    List<String> names =
        List.of(
            HOSTILE,
            "</script><script>document.title='pwned'</script>",
            "\u202Eevil\u202C عميل",
            "x".repeat(10_000),
            "__proto__",
            "constructor",
            "ada@example.org");
    List<Seen> records = new ArrayList<>();
    for (String name : names) {
      Map<String, Object> chats = new LinkedHashMap<>();
      chats.put(
          "open_conversations",
          List.of(
              Told.chat("v-" + name, "sales", now.minusSeconds(900), now.minusSeconds(800), null)));
      chats.put("journeys", List.of(Told.run("__proto__", 1, HOSTILE)));
      records.add(Told.profile(name, stages.get(1), chats));
      records.add(Told.decision(name, journeys.get(0), "SUPPRESSED", HOSTILE, null, now));
      records.add(Told.decision(name, "__proto__", "FIRED", "all_guards_passed", "t-" + name, now));
      records.add(
          Told.deadLetter(
              HOSTILE, "</script> of ada@example.org", name, HOSTILE.getBytes(UTF_8), now));
      records.add(Told.alert(HOSTILE, "OPEN", HOSTILE, 1, now));
    }
    board.take(records);
  }

  private Map<String, Object> waits() {
    Map<String, Object> more = new LinkedHashMap<>();
    if (random.nextInt(3) == 0) {
      String journey = journeys.get(random.nextInt(journeys.size()));
      var defined = board.look(all -> all.rules.definitions().journeys().get(journey));
      String step = defined.steps().get(random.nextInt(defined.steps().size())).id();
      int version = random.nextInt(20) == 0 ? 7 : defined.version();
      more.put("journeys", List.of(Told.run(journey, version, step)));
    }
    if (random.nextInt(160) == 0) {
      Instant asked = random.nextBoolean() ? null : now.minusSeconds(random.nextInt(4_000));
      String subject = List.of("sales", "sales", "support", "other").get(random.nextInt(4));
      more.put(
          "open_conversations",
          List.of(
              Told.chat(
                  "v-" + random.nextInt(9_999), subject, now.minusSeconds(5_000), asked, null)));
    }
    return more;
  }

  private String name() {
    return "c-%05d".formatted(customers++ % 12_000);
  }

  private long poisson(double mean) {
    return Math.max(0, Math.round(mean + random.nextGaussian() * Math.sqrt(mean)));
  }

  private int weighted(long[] shares) {
    long roll = random.nextLong(Arrays.stream(shares).sum());
    int index = 0;
    while (roll >= shares[index]) {
      roll -= shares[index++];
    }
    return Math.min(index, stages.size() - 1);
  }

  private static Instant end(RollingWindow window, Instant at) {
    return Instant.ofEpochMilli(window.endAt(at.toEpochMilli()));
  }

  /** One customer, as hostile as they come. */
  static final class Archive implements CustomerArchive {
    private final Instant now;

    Archive(Instant now) {
      this.now = now;
    }

    @Override
    public Dossier read(String customer) {
      if (customer.startsWith("nobody")) {
        return new Dossier(
            false, false, null, List.of(), List.of(), List.of(), Map.of(), List.of(), true);
      }
      Map<String, Object> profile = new LinkedHashMap<>();
      profile.put("customer", customer);
      profile.put("at", now.toString());
      profile.put("stage", "loyalty");
      profile.put("cycle", 2);
      profile.put("stage_since", now.minus(Duration.ofDays(12)).toString());
      profile.put("first_seen_at", now.minus(Duration.ofDays(190)).toString());
      profile.put("last_activity_at", now.minusSeconds(420).toString());
      profile.put(
          "first_touch",
          Map.of(
              "source",
              "newsletter",
              "campaign",
              "spring",
              "referrer",
              "https://mail.example/u/ada"));
      profile.put(
          "traits", Map.of("views_7d", 12.0, "paid_orders_365d", 4.0, "mean_basket", 5430.5));
      profile.put("trait_texts", Map.of("favourite", HOSTILE));
      profile.put("segments", List.of("big_spenders"));
      profile.put(
          "open_carts",
          List.of(
              Map.of(
                  "cart_id",
                  "k-91",
                  "currency",
                  "EUR",
                  "checkout",
                  true,
                  "abandoned",
                  false,
                  "changed_at",
                  now.minusSeconds(600).toString(),
                  "lines",
                  List.of(Map.of("sku", "tea-012", "quantity", 2, "unit_price_minor", 899)))));
      profile.put("open_conversations", List.of());
      profile.put(
          "orders",
          List.of(
              Map.of(
                  "order_id",
                  "o-5512",
                  "currency",
                  "EUR",
                  "total_minor",
                  7340,
                  "paid_at",
                  now.minus(Duration.ofDays(2)).toString(),
                  "refunded_minor",
                  0)));
      profile.put("paid_orders", 4);
      profile.put("lifetime_value_minor", Map.of("EUR", 31_200));
      profile.put("consents", Map.of("email:marketing", true, "sms:marketing", false));
      profile.put(
          "attributes", Map.of("email", "ada@example.org", "locale", "en-GB", "name", HOSTILE));
      profile.put(
          "journeys",
          List.of(
              Map.of(
                  "journey",
                  "viewed-offer",
                  "journey_version",
                  1,
                  "instance_key",
                  customer,
                  "step_name",
                  "wait",
                  "entered_at",
                  now.minusSeconds(900).toString(),
                  "wake_at",
                  now.plusSeconds(3_000).toString())));
      profile.put("events", 214);
      Map<String, Object> move = new LinkedHashMap<>();
      move.put("from", "retention");
      move.put("to", "loyalty");
      move.put("at", now.minus(Duration.ofDays(12)).toString());
      move.put("cycle", 2);
      move.put("cause", "three_paid_orders");
      move.put("evidence", List.of("e-1"));
      move.put("withdrawn", false);
      Map<String, Object> trigger = new LinkedHashMap<>();
      trigger.put("trigger_id", "t-1");
      trigger.put("status", "ACTIVE");
      trigger.put("kind", "message");
      trigger.put("journey", "loyalty-welcome");
      trigger.put("journey_version", 1);
      trigger.put("instance_key", customer);
      trigger.put("channel", "email");
      trigger.put("template", "welcome-loyal");
      trigger.put("at", now.minus(Duration.ofDays(12)).plusSeconds(4).toString());
      trigger.put("data", Map.of("first_name", HOSTILE));
      trigger.put("items", List.of(Map.of("sku", "tea-012", "name", HOSTILE)));
      trigger.put("causes", List.of("e-1"));
      Map<String, Object> withheld = new LinkedHashMap<>();
      withheld.put("outcome", "SUPPRESSED");
      withheld.put("reason", "cap");
      withheld.put("journey", "viewed-offer");
      withheld.put("journey_version", 1);
      withheld.put("instance_key", customer);
      withheld.put("at", now.minusSeconds(300).toString());
      withheld.put(
          "verdicts",
          List.of(
              Map.of("guard", "consent", "passed", true, "detail", "email:marketing"),
              Map.of("guard", "cap", "passed", false, "detail", HOSTILE)));
      withheld.put("causes", List.of("e-3"));
      Map<String, Object> chapter = new LinkedHashMap<>();
      chapter.put("at", now.minusSeconds(300).toString());
      chapter.put("outcome", "SUPPRESSED");
      chapter.put("reason", "cap");
      chapter.put("step", "send");
      chapter.put("trigger_id", "t-1");
      chapter.put(
          "sentences",
          List.of(
              "The trigger was withheld: the customer "
                  + customer
                  + " has had as much as a cap lets through.",
              HOSTILE));
      chapter.put(
          "guards",
          List.of(
              Map.of(
                  "guard",
                  "consent",
                  "passed",
                  true,
                  "saw",
                  "The customer agreed to email for marketing."),
              Map.of(
                  "guard", "cap", "passed", false, "saw", "3 of 3 messages were sent in 7 days.")));
      chapter.put("causes", List.of(Map.of("event", "e-3", "place", "clickstream-1@3391")));
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("journey", "viewed-offer");
      run.put("instance_key", customer);
      run.put("state", "suppressed");
      run.put("standing", "The run is over.");
      run.put("decisions", List.of(chapter));
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event_id", "e-" + i);
        fields.put("type", i % 6 == 0 ? "message_sent" : "product_viewed");
        fields.put("occurred_at", now.minusSeconds(420 + i * 5_000L).toString());
        fields.put("source", "newsletter");
        fields.put(i % 6 == 0 ? "text" : "sku", i % 6 == 0 ? HOSTILE : "tea-0" + (10 + i));
        events.add(new Event(i % 6 == 0 ? "chat" : "clickstream", 1, 3_400 - i, fields));
      }
      return new Dossier(
          true,
          false,
          profile,
          List.of(move),
          List.of(trigger),
          List.of(withheld),
          Map.of("runs", List.of(run), "not_let_in", List.of()),
          events,
          true);
    }
  }
}
