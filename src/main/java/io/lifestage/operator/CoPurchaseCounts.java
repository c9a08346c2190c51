package io.lifestage.operator;

import io.lifestage.offer.Candidate;
import io.lifestage.offer.CoPurchases;
import io.lifestage.offer.Learning;
import io.lifestage.offer.MinutePopularity;
import io.lifestage.offer.Part;
import io.lifestage.offer.Sale;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What each product, and each category, is bought with; and the answers when it is asked. One value
 * for each, which is read once and written once for each checkpoint in which it changes.
 *
 * <p>What comes in waits in memory for the watermark, and is then taken in the order of its times,
 * so that the answers do not depend on the order of arrival; a checkpoint keeps what waits under
 * its key. How popular products are is broadcast and stands in memory once per slot, about a
 * hundred bytes for each product; a checkpoint has it whole. A product that nobody buys any more
 * keeps its value until it is bought again.
 */
public final class CoPurchaseCounts extends AbstractStreamOperator<OfferMessage>
    implements TwoInputStreamOperator<Part, Sale, OfferMessage> {
  private static final long serialVersionUID = 1L;

  /** Values held in memory between two checkpoints. */
  static final int HELD = 10_000;

  private static final ValueStateDescriptor<CoPurchases> COUNTS =
      new ValueStateDescriptor<>("co-purchases-v1", OfferTypes.CO_PURCHASES);

  private static final ValueStateDescriptor<PartsAhead> AHEAD =
      new ValueStateDescriptor<>("parts-ahead-v1", OfferTypes.AHEAD);

  private static final MapStateDescriptor<String, MinutePopularity> POPULARITY =
      new MapStateDescriptor<>("popularity-v1", Types.STRING, OfferTypes.POPULARITY);

  private static final String ALL = "all";

  private final int held;

  private transient Learning learning;
  private transient ValueState<CoPurchases> state;
  private transient ValueState<PartsAhead> aheadState;
  private transient BroadcastState<String, MinutePopularity> popularityState;
  private transient MinutePopularity popularity;
  private transient PriorityQueue<Part> ahead;

  /** Whose parts stand in the state. */
  private transient Set<String> stored;

  /** What was used since the last checkpoint, by key. */
  private transient Map<String, CoPurchases> used;

  /** Learns as was measured to be good. */
  public CoPurchaseCounts() {
    this(HELD);
  }

  CoPurchaseCounts(int held) {
    this.held = held;
  }

  @Override
  public void open() throws Exception {
    super.open();
    learning = Learning.OFFERED;
    state = getRuntimeContext().getState(COUNTS);
    aheadState = getRuntimeContext().getState(AHEAD);
    popularityState = getOperatorStateBackend().getBroadcastState(POPULARITY);
    MinutePopularity known = popularityState.get(ALL);
    popularity = known == null ? new MinutePopularity(learning) : known;
    ahead = new PriorityQueue<>(Part.IN_ORDER);
    stored = new HashSet<>();
    used = new HashMap<>();
    getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            AHEAD,
            (key, waiting) -> {
              ahead.addAll(waiting.value().parts());
              stored.add((String) key);
            });
  }

  /** Something for one product. */
  @Override
  public void processElement1(StreamRecord<Part> element) {
    ahead.add(element.getValue());
  }

  /** A sale, for how popular products are. */
  @Override
  public void processElement2(StreamRecord<Sale> element) {
    popularity.take(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    while (!ahead.isEmpty() && ahead.peek().at() <= mark.getTimestamp()) {
      Part part = ahead.poll();
      setCurrentKey(part.key());
      if (part instanceof Part.Learn learn) {
        learn(learn);
      } else {
        answer((Part.Ask) part);
      }
    }
    popularity.reach(mark.getTimestamp());
    super.processWatermark(mark);
  }

  private void learn(Part.Learn part) throws Exception {
    CoPurchases known = known(part.key());
    CoPurchases counts = known == null ? new CoPurchases(learning) : known;
    counts.learn(part);
    used.put(part.key(), counts);
    if (used.size() >= held) {
      writeAll();
    }
  }

  private void answer(Part.Ask ask) throws IOException {
    CoPurchases known = known(ask.key());
    if (known == null) {
      return;
    }
    List<Candidate> candidates =
        Part.isOfCategory(ask.key())
            ? known.mostBought(learning.answers(), ask.at())
            : known.candidates(
                learning.measure(), popularity.asOf(ask.at()), learning.answers(), ask.at());
    if (!candidates.isEmpty()) {
      output.collect(
          new StreamRecord<>(
              new OfferMessage.OfAnswer(ask.request(), ask.at(), ask.key(), candidates)));
    }
  }

  private CoPurchases known(String key) throws IOException {
    CoPurchases known = used.get(key);
    return known == null ? state.value() : known;
  }

  /** Flink calls this before it takes the snapshot of what stands in the state. */
  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    writeAll();
    writeAhead();
    popularityState.put(ALL, popularity);
  }

  private void writeAll() throws IOException {
    for (Map.Entry<String, CoPurchases> one : used.entrySet()) {
      setCurrentKey(one.getKey());
      if (one.getValue().isEmpty()) {
        state.clear();
      } else {
        state.update(one.getValue());
      }
    }
    // Whoever takes the snapshot may still read these while more is learnt.
    used.clear();
  }

  private void writeAhead() throws IOException {
    Map<String, List<Part>> byKey = new HashMap<>();
    for (Part part : ahead) {
      byKey.computeIfAbsent(part.key(), any -> new ArrayList<>()).add(part);
    }
    for (String key : stored) {
      if (!byKey.containsKey(key)) {
        setCurrentKey(key);
        aheadState.clear();
      }
    }
    for (Map.Entry<String, List<Part>> one : byKey.entrySet()) {
      setCurrentKey(one.getKey());
      aheadState.update(new PartsAhead(List.copyOf(one.getValue())));
    }
    stored = byKey.keySet();
  }
}
