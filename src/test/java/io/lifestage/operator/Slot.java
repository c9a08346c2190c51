package io.lifestage.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.decision.Policy;
import io.lifestage.decision.Publication;
import io.lifestage.definition.RetailPack;
import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Product;
import io.lifestage.metric.Observation;
import io.lifestage.wire.Decoded;
import io.lifestage.wire.Origin;
import io.lifestage.wire.OutboundRecord;
import io.lifestage.wire.ReadBack;
import io.lifestage.wire.Topic;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One parallel instance of {@link CustomerLifecycle} in Flink's harness, with the retail pack. */
@SuppressWarnings("try") // Flink's harness says that closing it throws any exception.
final class Slot implements AutoCloseable {
  static final int MAX_PARALLELISM = 720;
  static final Encoders ENCODERS = new Encoders("", ReadBack.IDS, "/lifestage/test");

  private final TwoInputStreamOperatorTestHarness<Decoded.OfEvent, Announcement, OutboundRecord>
      harness;
  private long offset;

  private Slot(
      TwoInputStreamOperatorTestHarness<Decoded.OfEvent, Announcement, OutboundRecord> harness) {
    this.harness = harness;
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
    return starting(
        new CustomerLifecycle(RetailPack.sources(), Policy.DEFAULT, endOfTime, ENCODERS),
        backend,
        parallelism,
        index,
        restored);
  }

  /**
   * The only instance, with so much room in memory.
   *
   * @param room for customers, bytes
   * @param restored what it begins with, or null
   */
  static Slot holding(long room, StateBackend backend, OperatorSubtaskState restored)
      throws Exception {
    return holding(room, Policy.DEFAULT, Long.MAX_VALUE, backend, restored);
  }

  static Slot holding(
      long room, Policy policy, long endOfTime, StateBackend backend, OperatorSubtaskState restored)
      throws Exception {
    return starting(
        new CustomerLifecycle(RetailPack.sources(), policy, endOfTime, ENCODERS, room),
        backend,
        1,
        0,
        restored);
  }

  private static Slot starting(
      CustomerLifecycle operator,
      StateBackend backend,
      int parallelism,
      int index,
      OperatorSubtaskState restored)
      throws Exception {
    KeySelector<Decoded.OfEvent, String> customer = arrival -> arrival.event().customer();
    var harness =
        new TwoInputStreamOperatorTestHarness<>(operator, MAX_PARALLELISM, parallelism, index);
    harness.getStreamConfig().setStatePartitioner(0, customer);
    harness
        .getStreamConfig()
        .setStateKeySerializer(
            Types.STRING.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.getStreamConfig().serializeAllConfigs();
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
      Origin origin =
          EventType.isMade(event.type())
              ? Origin.made(event.at())
              : new Origin(EventType.topicOf(event.type()), 3, offset++, event.at() + 1);
      harness.processElement1(new StreamRecord<>(new Decoded.OfEvent(event, origin), event.at()));
    }
    return this;
  }

  Slot sell(Product... products) throws Exception {
    for (Product product : products) {
      announce(new Announcement.OfProduct(product), product.effectiveAt());
    }
    return this;
  }

  /** Publishes definitions. */
  Slot publish(Publication... publications) throws Exception {
    for (Publication publication : publications) {
      Origin origin = new Origin("definitions", 0, offset++, publication.takesEffectAt());
      byte[] key = publication.key().getBytes(UTF_8);
      byte[] value = publication.body().getBytes(UTF_8);
      announce(
          new Announcement.OfDefinition(new Decoded.OfDefinition(publication, origin, key, value)),
          publication.takesEffectAt());
    }
    return this;
  }

  private void announce(Announcement announcement, long at) throws Exception {
    harness.processElement2(new StreamRecord<>(announcement, at));
  }

  /** Lets time pass on both inputs. */
  Slot passTo(long time) throws Exception {
    harness.processBothWatermarks(new Watermark(time));
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

  /** The profiles, in the order in which customers changed. */
  List<OutboundRecord> profiles() {
    return aside(Outputs.PROFILES).stream().map(lazy -> lazy.record().get()).toList();
  }

  <T> List<T> aside(OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  /** Whether one of several instances has the state of this key. */
  static boolean isOf(String key, int parallelism, int index) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism)
        == index;
  }

  /** How many timers a checkpoint would have. */
  int timers() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.numEventTimeTimers();
  }

  /** How many customers a checkpoint would have. */
  long customers() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return stored();
  }

  /** How many customers the state has; unlike the harness's own count, also in RocksDB. */
  long stored() {
    try (Stream<?> keys =
        harness
            .getOperator()
            .getKeyedStateBackend()
            .getKeys("customer-v1", VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  OperatorSubtaskState snapshot() throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, 1);
  }

  /** What one of several instances gets of a snapshot of one. */
  static OperatorSubtaskState share(OperatorSubtaskState snapshot, int parallelism, int index) {
    return TwoInputStreamOperatorTestHarness.repartitionOperatorState(
        snapshot, MAX_PARALLELISM, 1, parallelism, index);
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
