package io.lifestage.cluster;

import static java.util.Comparator.comparing;

import io.lifestage.cluster.Ledger.Entry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.apache.avro.generic.GenericRecord;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What a window holds, counted anew from what went in and what came out, by the words of {@code
 * deploy/metrics.md} and without any of the code that counts for the engine or the console. It
 * keeps everything, so its distinct numbers and quantiles are exact.
 */
final class IndependentCount {
  /** The topics that it reads. */
  static final List<String> TOPICS =
      List.of(
          "clickstream",
          "chat",
          "orders",
          "customers",
          "outcomes",
          "transitions",
          "triggers",
          "decisions",
          "profiles",
          "dead-letters",
          "late-events");

  private static final List<String> INPUTS = TOPICS.subList(0, 5);

  /** By these a customer does more than look around. */
  private static final Set<String> ENGAGING =
      Set.of(
          "products_searched",
          "product_viewed",
          "content_viewed",
          "conversation_started",
          "message_sent",
          "product_added",
          "product_added_to_wishlist",
          "product_reviewed");

  /** Of which metric, by which dimension, under which label. */
  record Series(String metric, String dimension, String label) {}

  /** What was seen of a series: every single value, and everybody. */
  static final class Tally {
    long count;
    long sum;
    final List<Long> values = new ArrayList<>();
    final Set<String> customers = new HashSet<>();

    /** The smallest value that so many percent do not exceed. */
    long quantile(int percent) {
      values.sort(null);
      return values.get((int) ((values.size() * (long) percent + 99) / 100) - 1);
    }
  }

  /** A purchase as it stands, as far as its money goes. */
  private static final class Purchase {
    boolean paid;
    boolean cancelled;
    String currency = "";
    long total;
    long back;

    boolean counts() {
      return paid && !cancelled && !(total > 0 && back >= total);
    }

    long kept() {
      return !paid ? 0 : cancelled ? total - Math.max(total, back) : total - back;
    }
  }

  /** A conversation that goes on. */
  private static final class Talk {
    final long since;
    String subject = "";
    long asked;
    long answered;

    Talk(long since) {
      this.since = since;
    }
  }

  private final Ledger ledger;
  private final List<String> stages;
  private final Set<String> activity;
  private Map<Series, Tally> tallies = new HashMap<>();
  private LongPredicate window;

  IndependentCount(Ledger ledger) throws IOException {
    this.ledger = ledger;
    Map<String, Object> model;
    try (Reader file =
        Files.newBufferedReader(Path.of("src/main/resources/packs/retail/stages.yaml"))) {
      model = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
    }
    stages = names(model.get("stages"));
    activity = Set.copyOf(names(model.get("activity")));
  }

  private static List<String> names(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  List<String> stages() {
    return stages;
  }

  /** What happened from one moment of event time up to, not including, another. */
  Map<Series, Tally> between(long from, long until) {
    tallies = new HashMap<>();
    window = at -> at >= from && at < until;
    Set<String> refused = new HashSet<>();
    deadLetters(refused);
    lateEvents(refused);
    taken(refused).values().forEach(this::customer);
    transitions();
    decisions();
    triggers();
    return tallies;
  }

  /** A metric's tally over all labels of a dimension. */
  static long total(Map<Series, Tally> counted, String metric, String dimension) {
    return counted.entrySet().stream()
        .filter(one -> one.getKey().metric().equals(metric))
        .filter(one -> one.getKey().dimension().equals(dimension))
        .mapToLong(one -> one.getValue().count)
        .sum();
  }

  // --- What is now ------------------------------------------------------------------------------

  /** Customers by stage, as the moves tell it: those that entered less those that left. */
  Map<String, Long> populationByMoves() {
    Map<String, Long> population = new TreeMap<>();
    for (Entry move : ledger.of("transitions")) {
      long one = move.text("withdrawn").equals("true") ? -1 : 1;
      population.merge(move.text("to"), one, Long::sum);
      if (move.text("from") != null) {
        population.merge(move.text("from"), -one, Long::sum);
      }
    }
    population.values().removeIf(count -> count == 0);
    return population;
  }

  /** The last profile of each customer. */
  Map<String, Entry> profiles() {
    Map<String, Entry> profiles = new HashMap<>();
    for (Entry profile : ledger.of("profiles")) {
      if (profile.fields() == null) {
        profiles.remove(profile.key());
      } else {
        profiles.put(profile.key(), profile);
      }
    }
    return profiles;
  }

  /** Customers by stage, as the last profile of each says it. */
  Map<String, Long> populationByProfiles() {
    Map<String, Long> population = new TreeMap<>();
    for (Entry profile : profiles().values()) {
      if (profile.text("stage") != null) {
        population.merge(profile.text("stage"), 1L, Long::sum);
      }
    }
    return population;
  }

  /** Conversations that no event has ended yet, from the chats themselves, by subject. */
  Map<String, Long> openChats(long now, long staleAfter) {
    Map<String, Long> open = new TreeMap<>();
    window = at -> false;
    Set<String> refused = new HashSet<>();
    deadLetters(refused);
    lateEvents(refused);
    for (List<Entry> events : taken(refused).values()) {
      Map<String, Talk> talks = new HashMap<>();
      Map<String, Long> touched = new HashMap<>();
      for (Entry event : events) {
        if (event.topic().equals("chat") && !event.text("type").equals("conversation_rated")) {
          String id = event.text("conversation_id");
          if (event.text("type").equals("conversation_resolved")) {
            talks.remove(id);
          } else {
            follow(talks.computeIfAbsent(id, any -> new Talk(at(event))), event);
            touched.put(id, at(event));
          }
        }
      }
      talks.forEach(
          (id, talk) -> {
            if (touched.get(id) > now - staleAfter) {
              open.merge(talk.subject, 1L, Long::sum);
            }
          });
    }
    return open;
  }

  /** How many runs wait in each step, by the profiles. */
  Map<String, Long> waiting() {
    Map<String, Long> waiting = new TreeMap<>();
    for (Entry profile : profiles().values()) {
      for (Object run : (List<?>) profile.fields().get("journeys")) {
        waiting.merge(String.valueOf(((GenericRecord) run).get("journey")), 1L, Long::sum);
      }
    }
    return waiting;
  }

  /** How many events were read that are neither dead letters, nor late, nor duplicates. */
  long eventsTaken() {
    window = at -> false;
    Set<String> refused = new HashSet<>();
    deadLetters(refused);
    lateEvents(refused);
    return taken(refused).values().stream().mapToLong(List::size).sum();
  }

  /** How many events are in the state, as the profiles say. */
  long eventsByProfiles() {
    return profiles().values().stream().mapToLong(profile -> profile.number("events")).sum();
  }

  // --- What could not be used, came too late, or twice ------------------------------------------

  private void deadLetters(Set<String> refused) {
    for (Entry letter : ledger.of("dead-letters")) {
      refused.add(origin(letter));
      long at = Long.parseLong(letter.headers().get("lifestage.timestamp"));
      one("dead_letters", "reason", letter.headers().get("lifestage.reason"), at);
    }
  }

  private void lateEvents(Set<String> refused) {
    for (Entry late : ledger.of("late-events")) {
      refused.add(origin(late));
      // Counted when it was seen.
      long at = Long.parseLong(late.headers().get("lifestage.timestamp"));
      one("late_events", "topic", late.headers().get("lifestage.topic"), at);
    }
  }

  private static String origin(Entry entry) {
    Map<String, String> from = entry.headers();
    return "%s-%s@%s"
        .formatted(
            from.get("lifestage.topic"),
            from.get("lifestage.partition"),
            from.get("lifestage.offset"));
  }

  /** The events of each customer that count, in the order of their time. */
  private Map<String, List<Entry>> taken(Set<String> refused) {
    Map<String, List<Entry>> taken = new HashMap<>();
    Map<String, Set<String>> ids = new HashMap<>();
    for (String topic : INPUTS) {
      for (Entry event : ledger.of(topic)) {
        if (refused.contains(event.place())) {
          continue;
        }
        String customer = customer(event);
        if (ids.computeIfAbsent(customer, any -> new HashSet<>()).add(event.text("event_id"))) {
          taken.computeIfAbsent(customer, any -> new ArrayList<>()).add(event);
        } else {
          // Counted when it was seen.
          one("duplicates", "topic", topic, Math.max(at(event), event.appendedAt()));
        }
      }
    }
    taken
        .values()
        .forEach(
            events ->
                events.sort(
                    comparing(IndependentCount::at).thenComparing(e -> e.text("event_id"))));
    return taken;
  }

  private static String customer(Entry event) {
    String known = event.text("customer_id");
    return known != null ? known : "anonymous:" + event.text("anonymous_id");
  }

  private static long at(Entry event) {
    return event.number("occurred_at");
  }

  // --- What customers did -----------------------------------------------------------------------

  private void customer(List<Entry> events) {
    Map<String, Purchase> purchases = new HashMap<>();
    Map<String, Talk> talks = new HashMap<>();
    Set<String> reached = new HashSet<>();
    boolean seen = false;
    for (Entry event : events) {
      long at = at(event);
      String type = event.text("type");
      String who = customer(event);
      one("events", "type", type, at);
      boolean staff = event.text("sender") != null && !event.text("sender").equals("customer");
      if (activity.contains(type) && !staff) {
        if (!seen) {
          String source = event.text("source");
          one("new_visitors", "source", source == null ? "unknown" : source, at);
        }
        seen = true;
        touches(event, who, at);
      }
      switch (type) {
        case "content_viewed" ->
            one("content_reads", "content_type", event.text("content_type"), at);
        case "checkout_started" -> step(reached, event, "started", at);
        case "checkout_step_completed" -> step(reached, event, event.text("checkout_step"), at);
        case "payment_failed" -> one("payment_failed", "method", event.text("payment_method"), at);
        case "referral_shared" -> one("referrals", "what", "shared", at);
        case "referral_converted" -> one("referrals", "what", "converted", at);
        case "conversation_rated" ->
            add("satisfaction", "subject", event.text("subject"), at, event.number("rating"), who);
        default -> {
          if (event.topic().equals("chat")) {
            chat(talks, event, at, who);
          } else if (event.topic().equals("orders")) {
            order(purchases, event, at, who);
          }
        }
      }
    }
  }

  private void touches(Entry event, String who, long at) {
    add("active_customers", "", "", at, 0, who);
    if (event.text("source") != null) {
      add("reach", "source", event.text("source"), at, 0, who);
    }
    if (event.text("campaign") != null) {
      add("reach", "campaign", event.text("campaign"), at, 0, who);
    }
    if (ENGAGING.contains(event.text("type"))) {
      add("engaged_customers", "", "", at, 0, who);
    }
  }

  private static void follow(Talk talk, Entry event) {
    talk.subject = event.text("subject") == null ? talk.subject : event.text("subject");
    if (event.text("type").equals("message_sent") && event.text("sender").equals("customer")) {
      talk.asked = talk.asked > 0 ? talk.asked : at(event);
    } else if (event.text("type").equals("message_sent") && event.text("sender").equals("agent")) {
      talk.answered = talk.answered > 0 ? talk.answered : at(event);
    }
  }

  private void chat(Map<String, Talk> talks, Entry event, long at, String who) {
    String id = event.text("conversation_id");
    if (event.text("type").equals("conversation_resolved")) {
      Talk talk = talks.remove(id);
      if (talk != null) {
        follow(talk, event);
        boolean unanswered = talk.asked > 0 && talk.answered == 0;
        one("chats_resolved", "answer", unanswered ? "unanswered" : "answered", at);
        add("resolution_time", "subject", talk.subject, at, at - talk.since, who);
      }
      return;
    }
    boolean begins = !talks.containsKey(id);
    Talk talk = talks.computeIfAbsent(id, any -> new Talk(at));
    boolean answeredBefore = talk.answered > 0;
    follow(talk, event);
    if (begins) {
      one("chats_started", "subject", talk.subject, at);
    }
    if (!answeredBefore && talk.answered > 0 && talk.asked > 0) {
      add("chat_response", "subject", talk.subject, at, talk.answered - talk.asked, who);
    }
  }

  /** A cart reaches each step once. */
  private void step(Set<String> reached, Entry event, String step, long at) {
    if (reached.add(event.text("cart_id") + " " + step)) {
      one("checkout_step", "step", step, at);
    }
  }

  private void order(Map<String, Purchase> purchases, Entry event, long at, String who) {
    Purchase one = purchases.computeIfAbsent(event.text("order_id"), any -> new Purchase());
    boolean counted = one.counts();
    boolean wasPaid = one.paid;
    boolean wasCancelled = one.cancelled;
    long before = one.kept();
    boolean hadOther = purchases.values().stream().anyMatch(Purchase::counts);
    Object value = event.fields().get("value_minor");
    long minor = value == null ? 0 : ((Number) value).longValue();
    switch (event.text("type")) {
      case "order_placed" -> {
        one.total = minor;
        one("checkout_step", "step", "placed", at);
      }
      case "order_paid" -> {
        one.paid = true;
        one.total = value == null ? one.total : minor;
      }
      case "order_cancelled" -> one.cancelled = true;
      case "order_refunded" -> one.back += Math.abs(minor);
      default -> {
        return;
      }
    }
    if (!wasCancelled && one.cancelled) {
      one("cancellations", "", "", at);
    }
    // A cancellation names none.
    one.currency = event.text("currency") == null ? one.currency : event.text("currency");
    if (!counted && one.counts()) {
      String method = event.text("payment_method");
      one("checkout_step", "step", "paid", at);
      one("payment_succeeded", "method", method == null ? "unknown" : method, at);
      one("orders_paid", "order", hadOther ? "repeat" : "first", at);
      add("buyers", "", "", at, 0, who);
      add("revenue", "currency", one.currency, at, one.total, who);
      add("order_value", "currency", one.currency, at, one.total, who);
    } else if (wasPaid && one.kept() != before) {
      add("refunds", "currency", one.currency, at, before - one.kept(), who);
    }
  }

  // --- What the engine said of them -------------------------------------------------------------

  private void transitions() {
    for (Entry move : ledger.of("transitions")) {
      int one = move.text("withdrawn").equals("true") ? -1 : 1;
      String from = move.text("from");
      String to = move.text("to");
      long at = move.number("at");
      again(one, "transitions", "from>to", (from == null ? "" : from) + ">" + to, at);
      if (from == null) {
        continue;
      }
      String lost = stages.get(stages.size() - 1);
      long stayed = at - move.number("since");
      if (one > 0) {
        add("dwell", "stage", from, at, stayed, move.key());
      } else if (window.test(at)) {
        Tally tally = tally("dwell", "stage", from);
        tally.count--;
        tally.sum -= stayed;
        tally.values.remove((Long) stayed);
      }
      if (!to.equals(lost) && stages.indexOf(to) > stages.indexOf(from)) {
        again(one, "advances", "stage", from, at);
      }
      if (to.equals(lost)) {
        again(one, "lapses", "stage", from, at);
        again(one, "lapses", "cause", move.text("cause"), at);
      }
      if (!from.equals(lost) && (to.equals(lost) || stages.indexOf(to) < stages.indexOf(from))) {
        again(one, "customers_lost", "stage", from, at);
        again(one, "customers_lost", "cause", move.text("cause"), at);
      }
    }
  }

  private void decisions() {
    for (Entry decision : ledger.of("decisions")) {
      String journey = decision.text("journey");
      String outcome = decision.text("outcome");
      boolean ofTrigger = decision.text("step") != null;
      decided(1, journey, outcome, decision.text("reason"), ofTrigger, decision.number("at"));
      if (decision.text("trigger_id") != null
          && (outcome.equals("CANCELLED") || outcome.equals("RETRACTED"))) {
        one("triggers_retracted", "journey", journey, decision.number("at"));
      }
      GenericRecord back = (GenericRecord) decision.fields().get("takes_back");
      if (back != null) {
        decided(
            -1,
            journey,
            back.get("outcome").toString(),
            back.get("reason").toString(),
            ofTrigger,
            (Long) back.get("at"));
      }
    }
  }

  private void decided(
      int one, String journey, String outcome, String reason, boolean ofTrigger, long at) {
    switch (outcome) {
      case "FIRED" -> again(one, "triggers_fired", "journey", journey, at);
      case "CONVERTED" -> again(one, "conversions", "journey", journey, at);
      case "SUPPRESSED" -> {
        // A run that may not begin is no trigger yet.
        if (ofTrigger) {
          again(one, "triggers_suppressed", "journey", journey, at);
          again(one, "triggers_suppressed", "reason", reason, at);
        }
      }
      default -> {
        // Of no trigger's end.
      }
    }
  }

  /** Those that stand, by the way they go out. */
  private void triggers() {
    Map<String, Entry> last = new HashMap<>();
    ledger.of("triggers").forEach(trigger -> last.put(trigger.text("trigger_id"), trigger));
    for (Entry trigger : last.values()) {
      if (trigger.text("status").equals("ACTIVE")) {
        one("triggers_fired", "channel", trigger.text("channel"), trigger.number("at"));
      }
    }
  }

  // --- Counting ---------------------------------------------------------------------------------

  private void one(String metric, String dimension, String label, long at) {
    again(1, metric, dimension, label, at);
  }

  private void again(int times, String metric, String dimension, String label, long at) {
    if (window.test(at)) {
      tally(metric, dimension, label).count += times;
    }
  }

  private void add(
      String metric, String dimension, String label, long at, long value, String customer) {
    if (window.test(at)) {
      Tally tally = tally(metric, dimension, label);
      tally.count++;
      tally.sum += value;
      tally.values.add(value);
      tally.customers.add(customer);
    }
  }

  private Tally tally(String metric, String dimension, String label) {
    return tallies.computeIfAbsent(
        new Series(metric, dimension, label == null ? "" : label), any -> new Tally());
  }
}
