package io.lifestage.operator;

import io.lifestage.decision.Aftermath;
import io.lifestage.decision.Arrival;
import io.lifestage.decision.Customer;
import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Sent;
import io.lifestage.journey.Instance;
import io.lifestage.lifecycle.Cart;
import io.lifestage.lifecycle.Cause;
import io.lifestage.lifecycle.Conversation;
import io.lifestage.lifecycle.Order;
import io.lifestage.lifecycle.Place;
import io.lifestage.trait.Tally;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** All that is stored of one customer, in one value. */
public final class CustomerRecordCodec implements Codec<CustomerRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "customer";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(CustomerRecord record, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    write(record.current(), out);
    out.number(record.decidedTo());
    out.number(record.changedAt());
    out.number(record.settledTo());
    out.all(record.pending(), arrival -> write(arrival, out));
    out.bool(record.isSettled());
    if (!record.isSettled()) {
      write(record.settled(), out);
      out.all(record.recent(), arrival -> write(arrival, out));
    }
    write(record.aftermath(), out);
  }

  @Override
  public CustomerRecord read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    Customer current = readCustomer(in);
    long decidedTo = in.number();
    long changedAt = in.number();
    long settledTo = in.number();
    List<Arrival> pending = in.all(() -> readArrival(in));
    boolean isSettled = in.bool();
    Customer settled = isSettled ? current : readCustomer(in);
    List<Arrival> recent = isSettled ? List.of() : in.all(() -> readArrival(in));
    Aftermath aftermath = readAftermath(in);
    return new CustomerRecord(
        settled, settledTo, recent, current, decidedTo, changedAt, pending, aftermath);
  }

  private static void write(Customer customer, CompactOutput out) throws IOException {
    out.text(customer.key());
    out.text(customer.stage());
    out.number(customer.stageSince());
    write(customer.stageCause(), out);
    out.number(customer.cycle());
    out.number(customer.cycleSince());
    out.number(customer.firstSeenAt());
    out.number(customer.lastActivityAt());
    write(customer.lastActivity(), out);
    out.map(customer.firstTouch(), out::text);
    out.map(customer.tallies(), tally -> write(tally, out));
    out.all(customer.orders().values(), order -> write(order, out));
    out.all(customer.carts().values(), cart -> write(cart, out));
    out.all(customer.conversations().values(), conversation -> write(conversation, out));
    out.map(customer.viewed(), out::number);
    out.map(customer.owned(), out::text);
    out.map(customer.consents(), out::bool);
    out.map(customer.attributes(), out::text);
    out.number(customer.paidOrders());
    out.map(customer.lifetimeValue(), out::number);
    out.map(customer.segments(), out::number);
    out.map(customer.running(), run -> write(run, out));
    out.map(customer.entered(), out::number);
    out.all(customer.sent(), sent -> write(sent, out));
    out.number(customer.choosesAt());
    out.number(customer.events());
    out.map(customer.prices(), price -> EventCodec.write(price, out));
    out.map(customer.rebought(), times -> out.all(times, out::number));
  }

  private static Customer readCustomer(CompactInput in) throws IOException {
    return new Customer(
        in.text(),
        in.text(),
        in.number(),
        readCause(in),
        in.count(),
        in.number(),
        in.number(),
        in.number(),
        readCause(in),
        in.map(in::text),
        in.map(() -> readTally(in)),
        byId(in.all(() -> readOrder(in)), Order::id),
        byId(in.all(() -> readCart(in)), Cart::id),
        byId(in.all(() -> readConversation(in)), Conversation::id),
        in.map(in::number),
        in.map(in::text),
        in.map(in::bool),
        in.map(in::text),
        in.number(),
        in.map(in::number),
        in.map(in::number),
        in.map(() -> readRun(in)),
        in.map(in::number),
        in.all(() -> readSent(in)),
        in.number(),
        in.number(),
        in.map(() -> EventCodec.readMoney(in)),
        in.map(() -> in.all(in::number)));
  }

  private static <V> Map<String, V> byId(List<V> values, Function<V, String> id) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, V> map = new LinkedHashMap<>();
    values.forEach(value -> map.put(id.apply(value), value));
    return map;
  }

  private static void write(Tally tally, CompactOutput out) throws IOException {
    out.number(tally.total());
    out.all(
        tally.entries(),
        entry -> {
          out.number(entry.at());
          out.text(entry.key());
          out.text(entry.event());
          out.number(entry.amount());
        });
  }

  private static Tally readTally(CompactInput in) throws IOException {
    return new Tally(
        in.number(), in.all(() -> new Tally.Entry(in.number(), in.text(), in.text(), in.number())));
  }

  private static void write(Order order, CompactOutput out) throws IOException {
    out.text(order.id());
    out.all(order.lines(), line -> EventCodec.write(line, out));
    EventCodec.write(order.total(), out);
    out.number(order.refunded());
    out.number(order.placedAt());
    out.number(order.paidAt());
    out.number(order.deliveredAt());
    out.number(order.cancelledAt());
  }

  private static Order readOrder(CompactInput in) throws IOException {
    return new Order(
        in.text(),
        in.all(() -> EventCodec.readLine(in)),
        EventCodec.readMoney(in),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number());
  }

  private static void write(Cart cart, CompactOutput out) throws IOException {
    out.text(cart.id());
    out.all(cart.lines(), line -> EventCodec.write(line, out));
    out.text(cart.currency());
    out.number(cart.openedAt());
    out.number(cart.changedAt());
    out.bool(cart.checkout());
    out.bool(cart.abandoned());
    out.all(cart.counted(), out::word);
  }

  private static Cart readCart(CompactInput in) throws IOException {
    return new Cart(
        in.text(),
        in.all(() -> EventCodec.readLine(in)),
        in.text(),
        in.number(),
        in.number(),
        in.bool(),
        in.bool(),
        Collections.unmodifiableSet(new LinkedHashSet<>(in.all(in::word))));
  }

  private static void write(Conversation conversation, CompactOutput out) throws IOException {
    out.text(conversation.id());
    out.text(conversation.subject());
    out.number(conversation.startedAt());
    out.number(conversation.askedAt());
    out.number(conversation.answeredAt());
  }

  private static Conversation readConversation(CompactInput in) throws IOException {
    return new Conversation(in.text(), in.text(), in.number(), in.number(), in.number());
  }

  private static void write(Instance run, CompactOutput out) throws IOException {
    out.text(run.journey());
    out.number(run.version());
    out.text(run.key());
    out.number(run.enteredAt());
    out.number(run.step());
    out.number(run.stepSince());
    out.number(run.wakeAt());
    out.map(run.context(), out::text);
    out.all(run.causes(), cause -> write(cause, out));
  }

  private static Instance readRun(CompactInput in) throws IOException {
    return new Instance(
        in.text(),
        in.count(),
        in.text(),
        in.number(),
        in.count(),
        in.number(),
        in.number(),
        in.map(in::text),
        in.all(() -> readCause(in)));
  }

  private static void write(Sent sent, CompactOutput out) throws IOException {
    out.text(sent.trigger());
    out.number(sent.at());
    out.word(sent.channel());
    out.all(sent.tags().stream().sorted().toList(), out::text);
  }

  private static Sent readSent(CompactInput in) throws IOException {
    return new Sent(in.text(), in.number(), in.word(), Set.copyOf(in.all(in::text)));
  }

  private static void write(Aftermath aftermath, CompactOutput out) throws IOException {
    out.all(
        aftermath.spent(),
        spent -> {
          write(spent.sent(), out);
          out.number(spent.countsAfter());
        });
    out.map(
        aftermath.triggers(),
        past -> {
          out.text(past.journey());
          out.text(past.key());
          out.number(past.at());
          out.text(past.withheld());
          out.number(past.takenBack());
        });
  }

  private static Aftermath readAftermath(CompactInput in) throws IOException {
    return new Aftermath(
        in.all(() -> new Aftermath.Spent(readSent(in), in.number())),
        in.map(() -> new Aftermath.Past(in.text(), in.text(), in.number(), in.text(), in.count())));
  }

  private static void write(Arrival arrival, CompactOutput out) throws IOException {
    EventCodec.write(arrival.event(), out);
    write(arrival.event().place(), out);
    out.all(arrival.answered(), out::text);
  }

  private static Arrival readArrival(CompactInput in) throws IOException {
    return new Arrival(EventCodec.read(in).readAt(readPlace(in)), in.all(in::text));
  }

  /** A cause, or null. */
  static void write(Cause cause, CompactOutput out) throws IOException {
    out.text(cause == null ? null : cause.event());
    if (cause != null) {
      write(cause.place(), out);
    }
  }

  static Cause readCause(CompactInput in) throws IOException {
    String event = in.text();
    return event == null ? null : new Cause(event, readPlace(in));
  }

  /** A place, or null. */
  private static void write(Place place, CompactOutput out) throws IOException {
    out.word(place == null ? "" : place.topic());
    if (place != null) {
      out.number(place.partition());
      out.number(place.offset());
    }
  }

  private static Place readPlace(CompactInput in) throws IOException {
    String topic = in.word();
    return topic.isEmpty() ? null : new Place(topic, in.count(), in.number());
  }
}
