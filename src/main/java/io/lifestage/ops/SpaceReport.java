package io.lifestage.ops;

import io.lifestage.lifecycle.CustomerKey;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Origin;
import io.lifestage.wire.PrintedRecord;
import io.lifestage.wire.Topic;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts what a space has come to: folded from what the engine wrote, and then from what went in.
 * Keeps a few numbers for each customer, and a fingerprint for each event.
 */
public final class SpaceReport {
  private static final String GUEST = CustomerKey.guest("");

  /** What the engine wrote, in the order in which it is to be taken: before the inputs. */
  public static final List<Topic> WRITTEN =
      List.of(
          Topic.DEAD_LETTERS,
          Topic.LATE_EVENTS,
          Topic.PROFILES,
          Topic.TRANSITIONS,
          Topic.TRIGGERS,
          Topic.DECISIONS);

  /** What went in. */
  public static final List<Topic> INPUTS =
      Stream.of(Topic.values()).filter(Topic::isInput).toList();

  /** One customer, as far as they are counted. */
  private static final class Standing {
    private String stage;
    private long cycle;
    private long paidOrders;
    private long events;
    private Map<String, Object> value = Map.of();
    private boolean written;
  }

  private final String lostStage;
  private final Map<String, Standing> customers = new HashMap<>();
  private final Map<String, Long> transitions = new TreeMap<>();
  private final Map<String, Long> lapses = new TreeMap<>();
  private final Map<String, Long> triggers = new TreeMap<>();
  private final Map<String, Long> takenBack = new TreeMap<>();
  private final Map<String, Long> suppressed = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final Accounting accounting = new Accounting();
  private final Purchases purchases = new Purchases();

  /**
   * A report of nothing yet.
   *
   * @param lostStage the stage of customers who are lost
   */
  public SpaceReport(String lostStage) {
    this.lostStage = lostStage;
  }

  /** Takes a record of one of {@link #WRITTEN}. */
  public void take(TailedRecord record) {
    PrintedRecord fields = record.fields();
    boolean refused = record.topic() == Topic.DEAD_LETTERS || record.topic() == Topic.LATE_EVENTS;
    if (record.problem() != null && !refused) {
      throw new IllegalArgumentException(
          "%s-%d at offset %d: %s"
              .formatted(record.name(), record.partition(), record.offset(), record.problem()));
    }
    switch (record.topic()) {
      case DEAD_LETTERS, LATE_EVENTS -> {
        accounting.refused(record.topic(), record.headers());
        count(reasons, record.headers().get("lifestage.reason"), 1);
      }
      case PROFILES -> profile(record.key(), fields);
      case TRANSITIONS -> transition(fields);
      case TRIGGERS ->
          count(
              fields.text("status").equals("ACTIVE") ? triggers : takenBack,
              fields.text("journey"),
              1);
      case DECISIONS -> {
        suppressed(fields, fields, 1);
        if (fields.record("takes_back") != null) {
          suppressed(fields, fields.record("takes_back"), -1);
        }
      }
      default -> throw new IllegalArgumentException(record.name() + " is not reported");
    }
  }

  private void suppressed(PrintedRecord of, PrintedRecord decision, long one) {
    if (decision.text("outcome").equals("SUPPRESSED")) {
      count(suppressed, of.text("journey") + ": " + decision.text("reason"), one);
    }
  }

  private void profile(String key, PrintedRecord profile) {
    Standing standing = customers.computeIfAbsent(key, unused -> new Standing());
    standing.written = true;
    standing.stage = profile == null ? "(erased)" : Objects.toString(profile.text("stage"), "none");
    standing.cycle = profile == null ? 0 : profile.number("cycle");
    standing.paidOrders = profile == null ? 0 : profile.number("paid_orders");
    standing.events = profile == null ? 0 : profile.number("events");
    standing.value = profile == null ? Map.of() : profile.entries("lifetime_value_minor");
  }

  private void transition(PrintedRecord transition) {
    long one = transition.flag("withdrawn") ? -1 : 1;
    String from = Objects.toString(transition.text("from"), "(new)");
    String to = transition.text("to");
    count(transitions, from + " -> " + to, one);
    if (to.equals(lostStage)) {
      count(lapses, from, one);
    }
  }

  /** Takes a record of one of {@link #INPUTS}. */
  public void take(Topic topic, Decoded record) {
    Origin origin = record.origin();
    String id = "";
    if (record instanceof Decoded.OfEvent of) {
      id = of.event().id();
    } else if (record instanceof Decoded.DeadLetter) {
      id = null;
    }
    boolean inState =
        accounting.read(topic, origin.topic(), origin.partition(), origin.offset(), id);
    if (inState && record instanceof Decoded.OfEvent of) {
      purchases.take(of.event());
      customers.computeIfAbsent(of.event().customer(), unused -> new Standing());
    }
  }

  /** All counts by name; money in minor units. */
  public Map<String, Object> asMap() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("customers", customersAsMap());
    report.put("stages", stages());
    report.put("decided", decided());
    report.put("purchases", purchases.asMap());
    report.put("transitions", transitions);
    report.put("lapses", lapses);
    report.put("triggers", triggers);
    report.put("triggers_taken_back", takenBack);
    report.put("suppressed", suppressed);
    report.put("refused", reasons);
    report.put("refused_twice", accounting.refusedTwice());
    report.put("inputs", accounting.asMap());
    return report;
  }

  private Map<String, Object> customersAsMap() {
    long guests = written().filter(key -> key.startsWith(GUEST)).count();
    long anonymous = written().filter(CustomerKey::isAnonymous).count();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("known", written().count() - anonymous);
    map.put("visitors", anonymous - guests);
    map.put("guests", guests);
    map.put("without_profile", customers.size() - written().count());
    return map;
  }

  /** What the engine has of all customers together, by their profiles. */
  private Map<String, Object> decided() {
    long events = 0;
    long paidOrders = 0;
    long repeatBuyers = 0;
    Map<String, Long> value = new TreeMap<>();
    for (Map.Entry<String, Standing> entry : customers.entrySet()) {
      Standing customer = entry.getValue();
      events += customer.events;
      paidOrders += customer.paidOrders;
      boolean known = !CustomerKey.isAnonymous(entry.getKey());
      repeatBuyers += known && customer.paidOrders > 1 ? 1 : 0;
      customer.value.forEach(
          (currency, minor) -> count(value, currency, ((Number) minor).longValue()));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("events_in_the_state", events);
    map.put("paid_orders", paidOrders);
    map.put("repeat_buyers", repeatBuyers);
    map.put("value_kept_minor", value);
    return map;
  }

  private Stream<String> written() {
    return customers.entrySet().stream()
        .filter(customer -> customer.getValue().written)
        .map(Map.Entry::getKey);
  }

  private Map<String, Long> stages() {
    Map<String, Long> stages = new TreeMap<>();
    for (Standing standing : customers.values()) {
      if (standing.written) {
        count(stages, "%s, cycle %d".formatted(standing.stage, standing.cycle), 1);
      }
    }
    return stages;
  }

  private static void count(Map<String, Long> counts, String what, long by) {
    counts.merge(what, by, Long::sum);
  }
}
