package io.lifestage.operator;

import io.lifestage.metric.Watch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What is usual and what is found, in the compact form that the core gives it. */
public final class WatchCodec implements Codec<Watch> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "watch";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Watch value, DataOutput out) throws IOException {
    value.writeTo(out);
  }

  @Override
  public Watch read(int version, DataInput in) throws IOException {
    return Watch.readFrom(in);
  }

  /** It changes in place. */
  @Override
  public boolean immutable() {
    return false;
  }
}
