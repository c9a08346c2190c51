package io.lifestage.operator;

import io.lifestage.decision.Completions;
import io.lifestage.decision.Effects;
import io.lifestage.decision.Policy;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Completes the triggers that wait for offers: once time has passed their moment, all that products
 * answer is in. Keyed by the step of the run, so that what is taken back meets what was said.
 */
public final class CompletedOffers extends AbstractStreamOperator<OutboundRecord>
    implements TwoInputStreamOperator<OfferMessage, Announcement, OutboundRecord>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<OpenOffers> OPEN =
      new ValueStateDescriptor<>("open-offers-v1", OfferTypes.OPEN);

  /** The name that Flink gives to the timers of functions. */
  private static final String TIMERS = "user-timers";

  private final Policy policy;
  private final Encoders encoders;

  private transient ValueState<OpenOffers> state;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient CatalogueInForce catalogue;
  private transient OutputEncoder encoder;
  private transient WallClock wall;

  /**
   * Completes offers.
   *
   * @param policy for how long a late event may take back what was said
   * @param encoders how to write records
   */
  public CompletedOffers(Policy policy, Encoders encoders) {
    this.policy = policy;
    this.encoders = encoders;
  }

  @Override
  public void open() throws Exception {
    super.open();
    state = getRuntimeContext().getState(OPEN);
    timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    catalogue =
        new CatalogueInForce(
            getOperatorStateBackend().getBroadcastState(CatalogueInForce.STATE), policy.lateness());
    encoder = encoders.outputs();
    wall =
        new WallClock(
            getMetricGroup(), () -> getProcessingTimeService().getCurrentProcessingTime());
  }

  /** A decision, or an answer, of the step whose key is set. */
  @Override
  public void processElement1(StreamRecord<OfferMessage> element) throws IOException {
    OfferMessage message = element.getValue();
    OpenOffers before = state.value();
    state.update((before == null ? OpenOffers.NONE : before).with(message));
    if (message instanceof OfferMessage.OfDecision of) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, of.provisional().at());
    }
  }

  /** Something that concerns all offers. */
  @Override
  public void processElement2(StreamRecord<Announcement> element) throws Exception {
    if (element.getValue() instanceof Announcement.OfProduct of) {
      catalogue.take(of.product(), timers.currentWatermark());
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws IOException {
    OpenOffers open = state.value();
    if (open == null) {
      return;
    }
    long now = timers.currentWatermark();
    while (!open.waiting().isEmpty() && open.waiting().get(0).at() <= now) {
      Completions.Answer answer =
          open.said()
              .complete(open.waiting().get(0), open.named(false), open.named(true), catalogue);
      emit(answer.effects());
      open = open.next(answer.completions());
    }
    keep(open.since(now - policy.lateness()));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    wall.reached(mark.getTimestamp());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    wall.completed();
  }

  /** None is ever set: offers are made in event time. */
  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no timer of the wall clock was set");
  }

  private void keep(OpenOffers open) throws IOException {
    if (open.isEmpty()) {
      state.clear();
      return;
    }
    state.update(open);
    for (Completions.Completed said : open.said().known()) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, said.at() + policy.lateness() + 1);
    }
  }

  private void emit(Effects effects) {
    effects.triggers().forEach(t -> output.collect(new StreamRecord<>(encoder.trigger(t))));
    effects.triggers().forEach(wall::decided);
    effects.decisions().forEach(d -> output.collect(new StreamRecord<>(encoder.decision(d))));
    effects
        .observations()
        .forEach(seen -> output.collect(Outputs.OBSERVATIONS, new StreamRecord<>(seen)));
  }
}
