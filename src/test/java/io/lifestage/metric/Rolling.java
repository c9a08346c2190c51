package io.lifestage.metric;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A rolling metric and the sketches of its panes, which are bytes, as a state would keep them. */
final class Rolling implements PaneSketches {
  private final RollingMetric metric;
  private final MetricDefinition.Kind kind;
  private final Map<String, byte[]> sketches;
  private int kept;

  private Rolling(RollingMetric metric, MetricDefinition.Kind kind, Map<String, byte[]> sketches) {
    this.metric = metric;
    this.kind = kind;
    this.sketches = sketches;
  }

  static Rolling starting(String metric, String dimension, long now) {
    return new Rolling(
        RollingMetric.starting(metric, dimension, now), Metrics.kind(metric), new HashMap<>());
  }

  List<MetricPoint> observe(List<Observation> observations, long moment, long writeFrom) {
    return metric.observe(observations, moment, writeFrom, this);
  }

  List<MetricPoint> advance(long moment, long writeFrom) {
    return metric.advance(moment, writeFrom, this);
  }

  long nextDeadline(long writeFrom) {
    return metric.nextDeadline(writeFrom);
  }

  boolean isEmpty() {
    return metric.isEmpty();
  }

  /** How many panes have a sketch. */
  int sketches() {
    return sketches.size();
  }

  /** How often a sketch was kept. */
  int kept() {
    return kept;
  }

  /** How many bytes all sketches take. */
  int bytesOfSketches() {
    return sketches.values().stream().mapToInt(bytes -> bytes.length).sum();
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    metric.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** What a checkpoint would bring back. */
  Rolling restored() throws IOException {
    return new Rolling(
        RollingMetric.readFrom(new DataInputStream(new ByteArrayInputStream(bytes()))),
        kind,
        new HashMap<>(sketches));
  }

  /** What a checkpoint of another metric would bring back, had it been this one's. */
  Rolling restoredAs(String name) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes()));
    in.readUTF();
    ByteArrayOutputStream renamed = new ByteArrayOutputStream();
    new DataOutputStream(renamed).writeUTF(name);
    in.transferTo(renamed);
    return new Rolling(
        RollingMetric.readFrom(
            new DataInputStream(new ByteArrayInputStream(renamed.toByteArray()))),
        Metrics.kind(name),
        new HashMap<>());
  }

  @Override
  public Sketch get(String pane) {
    byte[] bytes = sketches.get(pane);
    try {
      return bytes == null
          ? null
          : Sketch.readFrom(kind, new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(String pane, Sketch sketch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      sketch.writeTo(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sketches.put(pane, bytes.toByteArray());
    kept++;
  }

  @Override
  public void remove(String pane) {
    sketches.remove(pane);
  }
}
