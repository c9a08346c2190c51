package io.lifestage.operator;

import io.lifestage.metric.Observation;
import io.lifestage.metric.ObservationBundle;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A bundle: metric and dimension once, then label, time, count and sum of each observation; since
 * version 2 also its sketch, if any.
 */
public final class ObservationBundleCodec implements Codec<ObservationBundle> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "observation-bundle";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public void write(ObservationBundle value, DataOutput out) throws IOException {
    out.writeUTF(value.metric());
    out.writeUTF(value.dimension());
    out.writeInt(value.observations().size());
    for (Observation observation : value.observations()) {
      out.writeUTF(observation.label());
      out.writeLong(observation.at());
      out.writeLong(observation.count());
      out.writeLong(observation.sum());
      SketchCodec.writeNullable(observation.sketch(), out);
    }
  }

  @Override
  public ObservationBundle read(int version, DataInput in) throws IOException {
    String metric = in.readUTF();
    String dimension = in.readUTF();
    int size = in.readInt();
    List<Observation> observations = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      observations.add(
          new Observation(
              metric,
              dimension,
              in.readUTF(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              version < 2 ? null : SketchCodec.readNullable(in)));
    }
    return new ObservationBundle(metric, dimension, observations);
  }
}
