package io.lifestage.operator;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Definitions;
import io.lifestage.decision.Effects;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Profile;
import io.lifestage.decision.Publication;
import io.lifestage.decision.Signal;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.ProductHistory;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.RefusedRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything about one customer: one value, one timer, the core's answer.
 *
 * <p>Per event one read and one write of the state; per moment that something is due, one of each.
 * The catalogue is broadcast, and stands in memory once per slot.
 */
public final class CustomerLifecycle
    extends KeyedBroadcastProcessFunction<String, Decoded.OfEvent, Announcement, OutboundRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(CustomerLifecycle.class);
  private static final long serialVersionUID = 1L;

  /** The catalogue, by sku. */
  public static final MapStateDescriptor<String, ProductHistory> CATALOGUE =
      new MapStateDescriptor<>(
          "catalogue-v1",
          Types.STRING,
          new CodecTypeInfo<>(ProductHistory.class, new ProductHistoryCodec()));

  /** What was published and took effect, or will, by its record's key. */
  public static final MapStateDescriptor<String, Publication> DEFINITIONS =
      new MapStateDescriptor<>(
          "definitions-v1",
          Types.STRING,
          new CodecTypeInfo<>(Publication.class, new PublicationCodec()));

  private static final long NEVER = Long.MAX_VALUE;

  private final ArrayList<Source> pack;
  private final Policy policy;
  private final long endOfTime;
  private final Encoders encoders;

  private transient ValueState<StoredCustomer> state;
  private transient OutputEncoder encoder;
  private transient RefusedRecords refused;
  private transient Releases releases;
  private transient Decider decider;
  private transient Map<String, Decoded.OfDefinition> unfinished;
  private transient ReadOnlyBroadcastState<String, ProductHistory> catalogue;

  /**
   * Decides on customers.
   *
   * @param pack the definitions that hold from the beginning of time
   * @param policy the bounds of time
   * @param endOfTime the last moment that is decided, epoch milliseconds
   * @param encoders how to write records
   */
  public CustomerLifecycle(List<Source> pack, Policy policy, long endOfTime, Encoders encoders) {
    this.pack = new ArrayList<>(pack);
    this.policy = policy;
    this.endOfTime = endOfTime;
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
    unfinished = new HashMap<>();
  }

  @Override
  public void processElement(
      Decoded.OfEvent arrival, ReadOnlyContext context, Collector<OutboundRecord> out)
      throws Exception {
    lookUp(context);
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
    lookUp(context);
    StoredCustomer before = state.value();
    if (before == null || timestamp > endOfTime) {
      return;
    }
    Outcome outcome = decider.decide(before.record(), Signal.TimePassed.TICK, now(context));
    store(new StoredCustomer(before.record(), NEVER), outcome, context);
    emit(outcome, context, out);
  }

  @Override
  public void processBroadcastElement(
      Announcement announcement, Context context, Collector<OutboundRecord> out) throws Exception {
    if (announcement instanceof Announcement.OfProduct of) {
      take(of.product(), context);
    } else if (announcement instanceof Announcement.OfDefinition of) {
      take(of.record(), context, out);
    }
  }

  private void take(Product product, Context context) throws Exception {
    ProductHistory before = context.getBroadcastState(CATALOGUE).get(product.sku());
    long horizon = Math.max(context.currentWatermark(), policy.lateness()) - policy.lateness();
    ProductHistory after = (before == null ? ProductHistory.EMPTY : before).with(product, horizon);
    context.getBroadcastState(CATALOGUE).put(product.sku(), after);
  }

  /** Every subtask comes to the same answer; the first one says it. */
  private void take(Decoded.OfDefinition record, Context context, Collector<OutboundRecord> out)
      throws Exception {
    BroadcastState<String, Publication> published = context.getBroadcastState(DEFINITIONS);
    String key = record.publication().key();
    Publication before = published.get(key);
    if (before != null) {
      if (!before.body().equals(record.publication().body())) {
        refuse(record, key + ": another text was published as this version", context, out);
      }
      return;
    }
    published.put(key, record.publication());
    unfinished.put(key, record);
    List<Publication> batch = batchOf(record.publication(), published);
    if (batch.size() < record.publication().batchSize()) {
      return;
    }
    Releases next =
        releases != null && releases.isFollowedBy(batch)
            ? releases.then(batch)
            : Releases.of(pack, all(published));
    Map<String, String> refusals = new TreeMap<>(next.refused());
    if (releases != null) {
      refusals.keySet().removeAll(releases.refused().keySet());
    }
    if (refusals.isEmpty()) {
      use(next);
      batch.forEach(one -> unfinished.remove(one.key()));
      if (isFirst()) {
        LOG.info("Definitions taken: {}", batch.stream().map(Publication::key).toList());
      }
      return;
    }
    // Also a batch that would undo one that was taken before is refused as a whole.
    String why = refusals.getOrDefault(key, refusals.values().iterator().next());
    for (Publication one : batch) {
      published.remove(one.key());
      Decoded.OfDefinition asItCame = unfinished.remove(one.key());
      refuse(asItCame == null ? record : asItCame, why, context, out);
    }
  }

  private static List<Publication> batchOf(
      Publication one, BroadcastState<String, Publication> published) throws Exception {
    return all(published).stream().filter(other -> other.batch().equals(one.batch())).toList();
  }

  private static List<Publication> all(ReadOnlyBroadcastState<String, Publication> published)
      throws Exception {
    List<Publication> all = new ArrayList<>();
    published.immutableEntries().forEach(entry -> all.add(entry.getValue()));
    return all;
  }

  private void refuse(
      Decoded.OfDefinition record, String why, Context context, Collector<OutboundRecord> out) {
    if (isFirst()) {
      LOG.warn("Refused, what held before goes on: {}", why);
      out.collect(refused.deadLetter(record.refused(why)));
      context.output(
          Outputs.OBSERVATIONS,
          Observation.one(
              Metrics.DEAD_LETTERS,
              "reason",
              Defect.INVALID_DEFINITION.code(),
              record.origin().timestamp()));
    }
  }

  private boolean isFirst() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
  }

  /** The catalogue and the definitions as they stand, also after a restart. */
  private void lookUp(ReadOnlyContext context) throws Exception {
    catalogue = context.getBroadcastState(CATALOGUE);
    if (releases == null) {
      use(Releases.of(pack, all(context.getBroadcastState(DEFINITIONS))));
      if (!releases.refused().isEmpty() && isFirst()) {
        LOG.error("Published, and no longer in force beside this pack: {}", releases.refused());
      }
    }
  }

  private void use(Releases present) {
    releases = present;
    decider = new Decider(present.timeline(), this::product, policy);
  }

  /** The time up to which everything is in; in a space it may have an end. */
  private long now(ReadOnlyContext context) {
    return Math.min(context.currentWatermark(), endOfTime);
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
      CustomerRecord customer = outcome.customer();
      Definitions present = releases.timeline().at(customer.decidedTo());
      context.output(
          Outputs.PROFILES,
          new LazyRecord(
              customer.current().key(), () -> encoder.profile(Profile.of(customer, present))));
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
