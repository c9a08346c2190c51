package io.lifestage.decision;

import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Scope;
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
  final Definitions definitions;
  final Catalogue catalogue;
  final Policy policy;
  final Effects effects = Effects.collecting();

  final String key;
  String stage;
  long stageSince;
  String stageEvent;
  int cycle;
  long cycleSince;
  long firstSeenAt;
  long lastActivityAt;
  String lastActivityEvent;
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
  Map<String, Instance> running;
  Map<String, Long> entered;
  long events;

  private Event event;
  private long now;
  private Map<String, Tally> talliesBefore;
  private long cycleSinceBefore;
  private Map<String, String> about = Map.of();
  private final Set<String> traitsAsked = new LinkedHashSet<>();

  Draft(Customer customer, Definitions definitions, Catalogue catalogue, Policy policy) {
    this.definitions = definitions;
    this.catalogue = catalogue;
    this.policy = policy;
    this.key = customer.key();
    this.stage = customer.stage();
    this.stageSince = customer.stageSince();
    this.stageEvent = customer.stageEvent();
    this.cycle = customer.cycle();
    this.cycleSince = customer.cycleSince();
    this.firstSeenAt = customer.firstSeenAt();
    this.lastActivityAt = customer.lastActivityAt();
    this.lastActivityEvent = customer.lastActivityEvent();
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
    this.running = customer.running();
    this.entered = customer.entered();
    this.events = customer.events();
    this.talliesBefore = tallies;
  }

  Customer finished() {
    return new Customer(
        key,
        stage,
        stageSince,
        stageEvent,
        cycle,
        cycleSince,
        firstSeenAt,
        lastActivityAt,
        lastActivityEvent,
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
        running,
        entered,
        events);
  }

  /** Turns to an event; the moment is its time. */
  void turnTo(Event next) {
    event = next;
    turnTo(next.at());
    about = next.attributes();
  }

  /** Turns to a moment at which no event, but a deadline, asks. */
  void turnToDeadline(long at) {
    event = null;
    turnTo(at);
    about = Map.of();
  }

  private void turnTo(long at) {
    now = at;
    talliesBefore = tallies;
    cycleSinceBefore = cycleSince;
  }

  /** What the scope's order, cart and conversation are looked up by, until the next call. */
  void speakOf(Map<String, String> attributes) {
    about = attributes;
  }

  /** Back to what the event, if any, is about. */
  void speakOfTheEvent() {
    about = event == null ? Map.of() : event.attributes();
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

  @Override
  public Event event() {
    return event;
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public String stage() {
    return stage;
  }

  @Override
  public int cycle() {
    return cycle;
  }

  @Override
  public double trait(String name) {
    traitsAsked.add(name);
    return definitions.traits().value(tallies, name, now, cycleSince);
  }

  @Override
  public double traitBefore(String name) {
    return definitions.traits().value(talliesBefore, name, now, cycleSinceBefore);
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
  public boolean owns(String sku) {
    return owned.containsKey(sku);
  }

  private <V> V found(Map<String, V> among, String attribute) {
    String id = about.get(attribute);
    return id == null ? null : among.get(id);
  }
}
