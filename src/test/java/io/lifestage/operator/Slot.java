package io.lifestage.operator;

import io.lifestage.decision.CustomerRecord;
import io.lifestage.definition.RetailPack;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Observation;
import io.lifestage.operator.CustomerLifecycle.PolicySettings;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Origin;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ReadBack;
import io.lifestage.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One parallel instance of {@link CustomerLifecycle} in Flink's harness, with the retail pack. */
@SuppressWarnings("try") // Flink's harness says that closing it throws any exception.
final class Slot implements AutoCloseable {
  static final int MAX_PARALLELISM = 720;
  static final Encoders ENCODERS = new Encoders("", ReadBack.IDS, "/lifestage/test");

  private final KeyedBroadcastOperatorTestHarness<String, Decoded.OfEvent, Product, OutboundRecord>
      harness;
  private long offset;

  private Slot(
      KeyedBroadcastOperatorTestHarness<String, Decoded.OfEvent, Product, OutboundRecord> harness) {
    this.harness = harness;
  }

  /** The defaults of the job, and this end of time. */
  static PolicySettings until(long endOfTime) {
    long hour = Duration.ofHours(1).toMillis();
    return new PolicySettings(hour, 0, hour, 512, endOfTime);
  }

  static Slot fresh() throws Exception {
    return fresh(Long.MAX_VALUE);
  }

  static Slot fresh(long endOfTime) throws Exception {
    return starting(new HashMapStateBackend(), endOfTime, 1, 0, null);
  }

  /**
   * An instance among several.
   *
   * @param restored what it begins with, or null
   */
  static Slot starting(
      StateBackend backend,
      long endOfTime,
      int parallelism,
      int index,
      OperatorSubtaskState restored)
      throws Exception {
    var operator =
        new CoBroadcastWithKeyedOperator<String, Decoded.OfEvent, Product, OutboundRecord>(
            new CustomerLifecycle(RetailPack::definitions, until(endOfTime), ENCODERS),
            List.of(CustomerLifecycle.CATALOGUE));
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            operator,
            arrival -> arrival.event().customer(),
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            index);
    harness
        .getExecutionConfig()
        .configure(
            new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
            Slot.class.getClassLoader());
    harness.setStateBackend(backend);
    harness.setup(
        new CodecTypeInfo<>(OutboundRecord.class, new OutboundRecordCodec())
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
    return new Slot(harness);
  }

  Slot arrive(Event... events) throws Exception {
    for (Event event : events) {
      Origin origin = new Origin(EventType.topicOf(event.type()), 3, offset++, event.at() + 1);
      harness.processElement(new StreamRecord<>(new Decoded.OfEvent(event, origin), event.at()));
    }
    return this;
  }

  Slot sell(Product... products) throws Exception {
    for (Product product : products) {
      harness.processBroadcastElement(new StreamRecord<>(product, product.effectiveAt()));
    }
    return this;
  }

  /** Lets time pass on both inputs. */
  Slot passTo(long time) throws Exception {
    harness.watermark(time);
    return this;
  }

  List<OutboundRecord> records() {
    return List.copyOf(harness.extractOutputValues());
  }

  List<OutboundRecord> records(Topic topic) {
    return records().stream().filter(r -> r.topic().equals(topic.plainName())).toList();
  }

  /** A field of each record of a topic. */
  List<String> said(Topic topic, String field) {
    return records(topic).stream().map(r -> ReadBack.field(r, field)).toList();
  }

  List<Observation> observations() {
    return aside(Outputs.OBSERVATIONS);
  }

  List<CustomerRecord> changed() {
    return aside(Outputs.CHANGED);
  }

  private <T> List<T> aside(OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  /** How many customers the state holds; unlike the harness's own count, also in RocksDB. */
  long customers() {
    try (Stream<?> keys =
        harness
            .getOperator()
            .getKeyedStateBackend()
            .getKeys("customer-v1", VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  /** What one of several instances gets of a snapshot of one. */
  static OperatorSubtaskState share(OperatorSubtaskState snapshot, int parallelism, int index) {
    return KeyedBroadcastOperatorTestHarness.repartitionOperatorState(
        snapshot, MAX_PARALLELISM, 1, parallelism, index);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
