package io.lifestage.operator;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.decision.Definitions;
import io.lifestage.decision.Profile;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.OutputEncoder;
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
    implements OneInputStreamOperator<CustomerRecord, OutboundRecord>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** How many customers are held. */
  static final int CAPACITY = 20_000;

  private final CustomerLifecycle.DefinitionsSupplier definitions;
  private final Encoders encoders;

  private transient Definitions compiled;
  private transient OutputEncoder encoder;
  private transient Map<String, CustomerRecord> changed;

  public LatestProfiles(CustomerLifecycle.DefinitionsSupplier definitions, Encoders encoders) {
    this.definitions = definitions;
    this.encoders = encoders;
  }

  @Override
  public void open() throws Exception {
    super.open();
    compiled = definitions.get();
    encoder = encoders.outputs();
    changed = new LinkedHashMap<>();
  }

  @Override
  public void processElement(StreamRecord<CustomerRecord> element) {
    CustomerRecord customer = element.getValue();
    changed.put(customer.current().key(), customer);
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
    for (CustomerRecord customer : changed.values()) {
      output.collect(new StreamRecord<>(encoder.profile(Profile.of(customer, compiled))));
    }
    changed.clear();
  }
}
