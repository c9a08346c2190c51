package io.lifestage.operator;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Decider;
import io.lifestage.decision.Definitions;
import io.lifestage.decision.Effects;
import io.lifestage.decision.Outcome;
import io.lifestage.decision.Policy;
import io.lifestage.decision.Profile;
import io.lifestage.decision.Provisional;
import io.lifestage.decision.Publication;
import io.lifestage.decision.Signal;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import io.lifestage.journey.Wanted;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.metric.Metrics;
import io.lifestage.metric.Observation;
import io.lifestage.offer.Part;
import io.lifestage.offer.Sale;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import io.lifestage.wire.RefusedRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything about one customer: one value, one timer, the core's answer.
 *
 * <p>Those used last are held in memory ({@link HeldCustomers}): per checkpoint at most one read
 * and one write of each, however much happens. The catalogue and the definitions are broadcast, and
 * stand in memory once per slot. An operator and no function, since a function that hears a
 * broadcast can set no timers: a new version of the definitions has to reach those who wait at the
 * moment from which it holds.
 */
public final class CustomerLifecycle extends AbstractStreamOperator<OutboundRecord>
    implements TwoInputStreamOperator<Decoded.OfEvent, Announcement, OutboundRecord>,
        Triggerable<String, VoidNamespace> {
  private static final Logger LOG = LoggerFactory.getLogger(CustomerLifecycle.class);
  private static final long serialVersionUID = 2L;

  /** What was published and took effect, or will, by its record's key. */
  private static final MapStateDescriptor<String, Publication> DEFINITIONS =
      new MapStateDescriptor<>(
          "definitions-v1",
          Types.STRING,
          new CodecTypeInfo<>(Publication.class, new PublicationCodec()));

  private static final ValueStateDescriptor<StoredCustomer> CUSTOMER =
      new ValueStateDescriptor<>(
          "customer-v1", new CodecTypeInfo<>(StoredCustomer.class, new StoredCustomerCodec()));

  private static final ListStateDescriptor<Long> PASSED_ON =
      new ListStateDescriptor<>("passed-on-v1", Types.LONG);

  /** Memory for customers, in bytes of each slot: some thousands who are on the site. */
  static final long ROOM = 32 << 20;

  /** The name that Flink gives to the timers of functions. */
  private static final String TIMERS = "user-timers";

  private final ArrayList<Source> pack;
  private final Policy policy;
  private final long endOfTime;
  private final Encoders encoders;
  private final long room;

  private transient HeldCustomers customers;
  private transient CatalogueInForce catalogue;
  private transient DefinitionsInForce definitions;
  private transient OutputEncoder encoder;
  private transient RefusedRecords refused;
  private transient Decider decider;
  private transient WallClock wall;

  /** The time up to which everything is in. */
  private transient long watermark;

  /** The watermark that whoever comes after this has heard of. */
  private transient long passedOn;

  private transient ListState<Long> passedOnState;

  /**
   * Decides on customers.
   *
   * @param pack the definitions that hold from the beginning of time
   * @param policy the bounds of time
   * @param endOfTime the last moment that is decided, epoch milliseconds
   * @param encoders how to write records
   */
  public CustomerLifecycle(List<Source> pack, Policy policy, long endOfTime, Encoders encoders) {
    this(pack, policy, endOfTime, encoders, ROOM);
  }

  CustomerLifecycle(
      List<Source> pack, Policy policy, long endOfTime, Encoders encoders, long room) {
    this.pack = new ArrayList<>(pack);
    this.policy = policy;
    this.endOfTime = endOfTime;
    this.encoders = encoders;
    this.room = room;
  }

  @Override
  public void open() throws Exception {
    super.open();
    watermark = Long.MIN_VALUE;
    customers =
        new HeldCustomers(
            getRuntimeContext().getState(CUSTOMER),
            getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this),
            this,
            room);
    catalogue =
        new CatalogueInForce(
            getOperatorStateBackend().getBroadcastState(CatalogueInForce.STATE), policy.lateness());
    definitions =
        new DefinitionsInForce(pack, getOperatorStateBackend().getBroadcastState(DEFINITIONS));
    encoder = encoders.outputs();
    refused = encoders.refused();
    wall =
        new WallClock(
            getMetricGroup(), () -> getProcessingTimeService().getCurrentProcessingTime());
    passedOnState = getOperatorStateBackend().getUnionListState(PASSED_ON);
    passedOn = Long.MIN_VALUE;
    for (long before : passedOnState.get()) {
      passedOn = Math.max(passedOn, before);
    }
    decideByWhatIsInForce();
    if (!definitions.refused().isEmpty() && isFirst()) {
      LOG.error("Published, and no longer in force beside this pack: {}", definitions.refused());
    }
  }

  /** An event of the customer whose key is set. */
  @Override
  public void processElement1(StreamRecord<Decoded.OfEvent> element) throws Exception {
    Decoded.OfEvent arrival = element.getValue();
    CustomerRecord known = customers.get();
    CustomerRecord before =
        known == null ? CustomerRecord.unknown(arrival.event().customer()) : known;
    Outcome outcome = decide(before, new Signal.Arrived(arrival.event()));
    account(arrival, outcome.disposition());
  }

  /** Something is due for the customer whose key is set, who may have been called before. */
  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    if (timer.getTimestamp() <= endOfTime && customers.calls()) {
      decide(customers.get(), Signal.TimePassed.TICK);
    }
  }

  private Outcome decide(CustomerRecord before, Signal signal) throws IOException {
    Outcome outcome = decider.decide(before, signal, now());
    CustomerRecord after = outcome.customer();
    // Restored with other bounds of time, a deadline may lie where everything is decided.
    customers.put(after, Math.max(decider.nextDeadline(after), after.decidedTo() + 1));
    emit(outcome);
    return outcome;
  }

  /** None is ever set: customers live in event time. */
  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of the wall clock was set");
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    for (String key = customers.due(now()); key != null; key = customers.due(now())) {
      setCurrentKey(key);
      decide(customers.get(), Signal.TimePassed.TICK);
    }
    super.processWatermark(mark);
    passedOn = Math.max(passedOn, mark.getTimestamp());
    wall.reached(mark.getTimestamp());
  }

  /** Not when the snapshot is taken: timers that stand on the heap are written before that. */
  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    customers.writeAll();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    passedOnState.update(List.of(passedOn));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    wall.completed();
  }

  /** Something that concerns all customers. */
  @Override
  public void processElement2(StreamRecord<Announcement> element) throws Exception {
    if (element.getValue() instanceof Announcement.OfProduct of) {
      catalogue.take(of.product(), watermark);
    } else if (element.getValue() instanceof Announcement.OfDefinition of) {
      take(of.record());
    }
  }

  /** Every subtask comes to the same answer; the first one says it. */
  private void take(Decoded.OfDefinition record) throws Exception {
    DefinitionsInForce.Answer answer = definitions.take(record);
    if (!answer.taken().isEmpty()) {
      decideByWhatIsInForce();
      if (definitions.timeline().canConcernSomebody(Releases.effectOf(answer.taken()))) {
        callWhomTheChangeConcerns();
      }
    }
    if (!isFirst()) {
      return;
    }
    if (!answer.taken().isEmpty()) {
      LOG.info("Definitions taken: {}", answer.taken().stream().map(Publication::key).toList());
    }
    for (Decoded.OfDefinition one : answer.refused()) {
      LOG.warn("Refused, what held before goes on: {}", answer.why());
      put(refused.deadLetter(one.refused(answer.why())));
      aside(
          Outputs.OBSERVATIONS,
          Observation.one(
              Metrics.DEAD_LETTERS,
              "reason",
              Defect.INVALID_DEFINITION.code(),
              one.origin().timestamp()));
    }
  }

  private void decideByWhatIsInForce() {
    decider = new Decider(definitions.timeline(), catalogue, policy);
  }

  /**
   * Sets the timers of those for whom a change does something before anything else is due. Reads
   * every customer once: a publication is rare, and time waits for it.
   */
  private void callWhomTheChangeConcerns() throws Exception {
    customers.letGo();
    getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            CUSTOMER,
            (key, customer) -> {
              StoredCustomer stored = customer.value();
              if (decider.nextChange(stored.record()) < stored.timer()) {
                customers.store(
                    stored.record(), decider.nextDeadline(stored.record()), stored.timer());
              }
            });
  }

  private boolean isFirst() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
  }

  /** The time up to which everything is decided; in a space it may have an end. */
  private long now() {
    return Math.min(watermark, endOfTime);
  }

  private void emit(Outcome outcome) {
    Effects effects = outcome.effects().settled();
    effects.transitions().forEach(transition -> put(encoder.transition(transition)));
    effects.triggers().forEach(trigger -> put(encoder.trigger(trigger)));
    effects.triggers().forEach(wall::decided);
    effects.decisions().forEach(decision -> put(encoder.decision(decision)));
    effects.observations().forEach(seen -> aside(Outputs.OBSERVATIONS, seen));
    askForOffers(outcome.effects());
    if (!outcome.effects().isEmpty()) {
      CustomerRecord customer = outcome.customer();
      Definitions present = definitions.timeline().at(customer.decidedTo());
      aside(
          Outputs.PROFILES,
          new LazyRecord(
              customer.current().key(), () -> encoder.profile(Profile.of(customer, present))));
    }
  }

  /** What comes after this has not passed the moments that it is told of. */
  private void askForOffers(Effects effects) {
    for (Sale sale : effects.sales()) {
      Sale due = sale.at(Math.max(sale.at(), passedOn + 1));
      Part.of(due).forEach(part -> aside(OfferTypes.PARTS, part));
      if (due.isWhole()) {
        aside(OfferTypes.SALES, due);
      }
    }
    for (Provisional one : effects.provisional()) {
      Provisional due = one.at(Math.max(one.at(), passedOn + 1));
      aside(OfferTypes.PROVISIONAL, new OfferMessage.OfDecision(due));
      if (due.asks()) {
        Wanted wanted = due.trigger().wanted();
        Part.asking(due.key(), wanted.goesWith(), wanted.categories(), due.at())
            .forEach(part -> aside(OfferTypes.PARTS, part));
      }
    }
  }

  /** Every event is in the state, a counted duplicate, or among the late. */
  private void account(Decoded.OfEvent arrival, Outcome.Disposition disposition) {
    Event event = arrival.event();
    if (EventType.isMade(event.type())) {
      // No record of an input: nobody misses it in the accounts.
      return;
    }
    String topic = EventType.topicOf(event.type());
    // Counted when it was seen: its own time may lie before every window.
    long seenAt = Math.max(event.at(), watermark);
    switch (disposition) {
      case DUPLICATE ->
          aside(Outputs.OBSERVATIONS, Observation.one(Metrics.DUPLICATES, "topic", topic, seenAt));
      case TOO_LATE -> {
        put(refused.lateEvent(event, arrival.origin()));
        aside(Outputs.OBSERVATIONS, Observation.one(Metrics.LATE, "topic", topic, seenAt));
      }
      case TAKEN, CORRECTED -> {
        // In the state.
      }
    }
  }

  private void put(OutboundRecord record) {
    output.collect(new StreamRecord<>(record));
  }

  private <T> void aside(OutputTag<T> tag, T value) {
    output.collect(tag, new StreamRecord<>(value));
  }
}
