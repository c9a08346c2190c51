package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Scope;
import io.lifestage.metric.Observation;
import io.lifestage.trait.Tally;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A customer in the making: the fields of {@link Customer}, open to change while one event or one
 * deadline is decided, and the scope that conditions ask. The maps are replaced, never changed, so
 * that a draft costs nothing for what it does not touch.
 */
final class Draft implements Scope {
  final Source source;
  final Definitions definitions;
  final Catalogue catalogue;
  final Policy policy;
  final Aftermath aftermath;
  final Effects effects = Effects.collecting();

  final String key;
  String stage;
  long stageSince;
  Cause stageCause;
  int cycle;
  long cycleSince;
  long firstSeenAt;
  long lastActivityAt;
  Cause lastActivity;
  Map<String, String> firstTouch;
  Map<String, Tally> tallies;
  Map<String, Order> orders;
  Map<String, Cart> carts;
  Map<String, Conversation> conversations;
  Map<String, Long> viewed;
  Map<String, String> owned;
  Map<String, Boolean> consents;
  Map<String, String> attributes;
  long paidOrders;
  Map<String, Long> lifetimeValue;
  Map<String, Long> segments;
  Map<String, Instance> running;
  Map<String, Long> entered;
  List<Sent> sent;
  long choosesAt;
  long events;
  Map<String, Money> prices;
  Map<String, List<Long>> rebought;

  private Event event;
  private long now;
  private Map<String, Tally> talliesBefore;
  private long cycleSinceBefore;
  private Map<String, String> about = Map.of();
  private Map<String, String> run = Map.of();
  private final Set<String> traitsAsked = new LinkedHashSet<>();

  /** What is decided by. */
  record Source(Definitions definitions, Catalogue catalogue, Policy policy, Aftermath aftermath) {

    /** Where no correction has left anything that matters. */
    Source(Definitions definitions, Catalogue catalogue, Policy policy) {
      this(definitions, catalogue, policy, Aftermath.NONE);
    }
  }

  Draft(Customer customer, Source source) {
    this.source = source;
    this.definitions = source.definitions;
    this.catalogue = source.catalogue;
    this.policy = source.policy;
    this.aftermath = source.aftermath;
    this.key = customer.key();
    this.stage = customer.stage();
    this.stageSince = customer.stageSince();
    this.stageCause = customer.stageCause();
    this.cycle = customer.cycle();
    this.cycleSince = customer.cycleSince();
    this.firstSeenAt = customer.firstSeenAt();
    this.lastActivityAt = customer.lastActivityAt();
    this.lastActivity = customer.lastActivity();
    this.firstTouch = customer.firstTouch();
    this.tallies = customer.tallies();
    this.orders = customer.orders();
    this.carts = customer.carts();
    this.conversations = customer.conversations();
    this.viewed = customer.viewed();
    this.owned = customer.owned();
    this.consents = customer.consents();
    this.attributes = customer.attributes();
    this.paidOrders = customer.paidOrders();
    this.lifetimeValue = customer.lifetimeValue();
    this.segments = customer.segments();
    this.running = customer.running();
    this.entered = customer.entered();
    this.sent = customer.sent();
    this.choosesAt = customer.choosesAt();
    this.events = customer.events();
    this.prices = customer.prices();
    this.rebought = customer.rebought();
    this.talliesBefore = tallies;
  }

  Customer finished() {
    return new Customer(
        key,
        stage,
        stageSince,
        stageCause,
        cycle,
        cycleSince,
        firstSeenAt,
        lastActivityAt,
        lastActivity,
        firstTouch,
        tallies,
        orders,
        carts,
        conversations,
        viewed,
        owned,
        consents,
        attributes,
        paidOrders,
        lifetimeValue,
        segments,
        running,
        entered,
        sent,
        choosesAt,
        events,
        prices,
        rebought);
  }

  /** Turns to an event; the moment is its time. */
  void turnTo(Event next) {
    event = next;
    turnTo(next.at());
    speakOfTheEvent();
  }

  /** Turns to a moment at which no event, but a deadline, asks. */
  void turnToDeadline(long at) {
    event = null;
    turnTo(at);
    speakOfTheEvent();
  }

  private void turnTo(long at) {
    now = at;
    talliesBefore = tallies;
    cycleSinceBefore = cycleSince;
  }

  /** Speaks of a run: what it remembers says which order, cart and conversation are meant. */
  void speakOf(Map<String, String> remembered) {
    about = remembered;
    run = remembered;
  }

  /** Back to what the event, if any, is about. */
  void speakOfTheEvent() {
    about = event == null ? Map.of() : event.attributes();
    run = Map.of();
  }

  /** The customer's clock and calendar, as far as the shop knows where they live. */
  LocalTimes times() {
    return LocalTimes.of(attributes, definitions.guards().zone());
  }

  /** Tells the metrics of one more, now. */
  void observe(String metric, String dimension, String label) {
    observe(metric, dimension, label, 0);
  }

  /**
   * Tells the metrics of one more, now.
   *
   * @param label null is nothing said
   * @param quantity money in minor units, a duration in milliseconds
   */
  void observe(String metric, String dimension, String label, long quantity) {
    String value = label == null ? "" : label;
    effects.observations().add(Observation.of(metric, dimension, value, now, quantity));
  }

  /** Tells a metric that tells customers apart that this one was there, now. */
  void observeCustomer(String metric, String dimension, String label) {
    effects.observations().add(Observation.of(metric, dimension, label, now, key));
  }

  /** Forgets which traits were asked for, to learn what the next condition rests on. */
  void forgetWhatWasAsked() {
    traitsAsked.clear();
  }

  /** Ids of the events behind the traits that were asked for, at most so many. */
  List<String> evidenceOfWhatWasAsked(String first, int atMost) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(first);
    for (String name : traitsAsked) {
      ids.addAll(definitions.traits().evidence(tallies, name, now, cycleSince));
    }
    return ids.stream().limit(atMost).toList();
  }

  /** The event that makes the engine decide, or null where a deadline or a definition does. */
  String decidedBy() {
    return event == null ? null : event.id();
  }

  @Override
  public Event event() {
    return event;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public String customer() {
    return key;
  }

  @Override
  public String stage() {
    return stage;
  }

  @Override
  public long stageSince() {
    return stageSince;
  }

  @Override
  public int cycle() {
    return cycle;
  }

  @Override
  public long firstSeenAt() {
    return firstSeenAt;
  }

  @Override
  public long lastActivityAt() {
    return lastActivityAt;
  }

  @Override
  public Map<String, String> firstTouch() {
    return firstTouch;
  }

  @Override
  public Object trait(String name) {
    traitsAsked.add(name);
    return definitions.traits().value(tallies, name, this, cycleSince);
  }

  @Override
  public Object traitBefore(String name) {
    Map<String, Tally> present = tallies;
    tallies = talliesBefore;
    try {
      // A computed trait asks for others, which have to be those of before as well.
      return definitions.traits().value(talliesBefore, name, this, cycleSinceBefore);
    } finally {
      tallies = present;
    }
  }

  @Override
  public boolean in(String segment) {
    return segments.containsKey(segment);
  }

  @Override
  public Map<String, String> attributes() {
    return attributes;
  }

  @Override
  public Map<String, Boolean> consents() {
    return consents;
  }

  @Override
  public Map<String, String> owned() {
    return owned;
  }

  @Override
  public List<String> boughtAgain() {
    return Rhythms.boughtAgain(rebought);
  }

  @Override
  public long due(String sku) {
    return Rhythms.due(rebought.get(sku));
  }

  @Override
  public Map<String, Long> viewed() {
    return viewed;
  }

  @Override
  public long paidOrders() {
    return paidOrders;
  }

  @Override
  public Map<String, Long> lifetimeValue() {
    return lifetimeValue;
  }

  @Override
  public Map<String, Order> orders() {
    return orders;
  }

  @Override
  public Map<String, Cart> carts() {
    return carts;
  }

  @Override
  public Map<String, Conversation> conversations() {
    return conversations;
  }

  @Override
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public Order order() {
    return found(orders, Attribute.ORDER_ID);
  }

  @Override
  public Cart cart() {
    return found(carts, Attribute.CART_ID);
  }

  @Override
  public Conversation conversation() {
    return found(conversations, Attribute.CONVERSATION_ID);
  }

  @Override
  public Map<String, String> run() {
    return run;
  }

  private <V> V found(Map<String, V> among, String attribute) {
    String id = about.get(attribute);
    return id == null ? null : among.get(id);
  }
}
