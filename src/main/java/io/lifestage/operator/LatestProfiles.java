package io.lifestage.operator;

import io.lifestage.wire.OutboundRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes each customer's profile once per checkpoint, the last one. What it holds is put out before
 * the barrier passes, so it has no state and loses nothing. Where more customers change between two
 * checkpoints than it may hold, all are put out early.
 */
public final class LatestProfiles extends AbstractStreamOperator<OutboundRecord>
    implements OneInputStreamOperator<LazyRecord, OutboundRecord>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** How many customers are held. */
  static final int CAPACITY = 20_000;

  private transient Map<String, LazyRecord> changed;

  @Override
  public void open() throws Exception {
    super.open();
    changed = new LinkedHashMap<>();
  }

  @Override
  public void processElement(StreamRecord<LazyRecord> element) {
    LazyRecord profile = element.getValue();
    changed.put(profile.key(), profile);
    if (changed.size() >= CAPACITY) {
      putOut();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    putOut();
  }

  @Override
  public void endInput() {
    putOut();
  }

  private void putOut() {
    for (LazyRecord profile : changed.values()) {
      output.collect(new StreamRecord<>(profile.record().get()));
    }
    changed.clear();
  }
}
