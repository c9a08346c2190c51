package io.lifestage.operator;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Definitions;
import io.lifestage.decision.Effects;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Signal;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.ProductHistory;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.RefusedRecords;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Everything about one customer: one value, one timer, the core's answer.
 *
 * <p>Per event one read and one write of the state; per moment that something is due, one of each.
 * The catalogue is broadcast, and stands in memory once per slot.
 */
public final class CustomerLifecycle
    extends KeyedBroadcastProcessFunction<String, Decoded.OfEvent, Product, OutboundRecord> {
  private static final long serialVersionUID = 1L;

  /** The catalogue, by sku. */
  public static final MapStateDescriptor<String, ProductHistory> CATALOGUE =
      new MapStateDescriptor<>(
          "catalogue-v1",
          Types.STRING,
          new CodecTypeInfo<>(ProductHistory.class, new ProductHistoryCodec()));

  private static final long NEVER = Long.MAX_VALUE;

  private final DefinitionsSupplier definitions;
  private final PolicySettings settings;
  private final Encoders encoders;

  private transient ValueState<StoredCustomer> state;
  private transient OutputEncoder encoder;
  private transient RefusedRecords refused;
  private transient Decider decider;
  private transient ReadOnlyBroadcastState<String, ProductHistory> catalogue;

  /** Where the definitions come from on the machine on which the operator runs. */
  public interface DefinitionsSupplier extends Supplier<Definitions>, Serializable {}

  /**
   * The policy as it travels to the machines.
   *
   * @param lateness milliseconds
   * @param triggersFrom epoch milliseconds
   * @param cartIdle milliseconds
   * @param atMostRecent events per customer
   * @param endOfTime the last moment that is decided, epoch milliseconds
   */
  public record PolicySettings(
      long lateness, long triggersFrom, long cartIdle, int atMostRecent, long endOfTime)
      implements Serializable {
    Policy policy() {
      return new Policy(lateness, triggersFrom, cartIdle, atMostRecent);
    }
  }

  public CustomerLifecycle(
      DefinitionsSupplier definitions, PolicySettings settings, Encoders encoders) {
    this.definitions = definitions;
    this.settings = settings;
    this.encoders = encoders;
  }

  @Override
  public void open(OpenContext context) throws Exception {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "customer-v1",
                    new CodecTypeInfo<>(StoredCustomer.class, new StoredCustomerCodec())));
    encoder = encoders.outputs();
    refused = encoders.refused();
    decider = new Decider(definitions.get(), this::product, settings.policy());
  }

  @Override
  public void processElement(
      Decoded.OfEvent arrival, ReadOnlyContext context, Collector<OutboundRecord> out)
      throws Exception {
    catalogue = context.getBroadcastState(CATALOGUE);
    Event event = arrival.event();
    StoredCustomer before = state.value();
    if (before == null) {
      before = new StoredCustomer(CustomerRecord.unknown(event.customer()), NEVER);
    }
    Outcome outcome = decider.decide(before.record(), new Signal.Arrived(event), now(context));
    store(before, outcome, context);
    emit(outcome, context, out);
    account(arrival, outcome.disposition(), context, out);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutboundRecord> out)
      throws Exception {
    catalogue = context.getBroadcastState(CATALOGUE);
    StoredCustomer before = state.value();
    if (before == null || timestamp > settings.endOfTime()) {
      return;
    }
    Outcome outcome = decider.decide(before.record(), Signal.TimePassed.TICK, now(context));
    store(new StoredCustomer(before.record(), NEVER), outcome, context);
    emit(outcome, context, out);
  }

  @Override
  public void processBroadcastElement(
      Product product, Context context, Collector<OutboundRecord> out) throws Exception {
    ProductHistory before = context.getBroadcastState(CATALOGUE).get(product.sku());
    long horizon = Math.max(context.currentWatermark(), settings.lateness()) - settings.lateness();
    ProductHistory after = (before == null ? ProductHistory.EMPTY : before).with(product, horizon);
    context.getBroadcastState(CATALOGUE).put(product.sku(), after);
  }

  /** The time up to which everything is in; in a space it may have an end. */
  private long now(ReadOnlyContext context) {
    return Math.min(context.currentWatermark(), settings.endOfTime());
  }

  private void store(StoredCustomer before, Outcome outcome, ReadOnlyContext context)
      throws Exception {
    long next = decider.nextDeadline(outcome.customer());
    long timer = before.timer();
    if (next < timer) {
      if (timer != NEVER) {
        context.timerService().deleteEventTimeTimer(timer);
      }
      context.timerService().registerEventTimeTimer(next);
      timer = next;
    }
    state.update(new StoredCustomer(outcome.customer(), timer));
  }

  private void emit(Outcome outcome, ReadOnlyContext context, Collector<OutboundRecord> out) {
    Effects effects = outcome.effects();
    effects.transitions().forEach(transition -> out.collect(encoder.transition(transition)));
    effects.triggers().forEach(trigger -> out.collect(encoder.trigger(trigger)));
    effects.decisions().forEach(decision -> out.collect(encoder.decision(decision)));
    effects.observations().forEach(seen -> context.output(Outputs.OBSERVATIONS, seen));
    if (!effects.isEmpty()) {
      context.output(Outputs.CHANGED, outcome.customer());
    }
  }

  /** Every event is in the state, a counted duplicate, or among the late. */
  private void account(
      Decoded.OfEvent arrival,
      Outcome.Disposition disposition,
      ReadOnlyContext context,
      Collector<OutboundRecord> out) {
    Event event = arrival.event();
    String topic = EventType.topicOf(event.type());
    // Counted when it was seen: its own time may lie before every window.
    long seenAt = Math.max(event.at(), context.currentWatermark());
    switch (disposition) {
      case DUPLICATE ->
          context.output(
              Outputs.OBSERVATIONS, Observation.one(Metrics.DUPLICATES, "topic", topic, seenAt));
      case TOO_LATE -> {
        out.collect(refused.lateEvent(event, arrival.origin()));
        context.output(Outputs.OBSERVATIONS, Observation.one(Metrics.LATE, "topic", topic, seenAt));
      }
      case TAKEN, CORRECTED -> {
        // In the state.
      }
    }
  }

  private Product product(String sku, long at) {
    try {
      ProductHistory history = catalogue.get(sku);
      return history == null ? null : history.at(at);
    } catch (Exception e) {
      throw new IllegalStateException("the catalogue could not be read", e);
    }
  }
}
