package io.lifestage.operator;

import io.lifestage.metric.Observation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Observations on their way to the rolling metrics. */
public final class ObservationCodec implements Codec<Observation> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "observation";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Observation observation, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.text(observation.metric());
    out.text(observation.dimension());
    out.text(observation.label());
    out.number(observation.at());
    out.number(observation.count());
    out.number(observation.sum());
  }

  @Override
  public Observation read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    return new Observation(in.text(), in.text(), in.text(), in.number(), in.number(), in.number());
  }
}
