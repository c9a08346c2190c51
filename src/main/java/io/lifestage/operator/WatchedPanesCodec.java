package io.lifestage.operator;

import io.lifestage.metric.WatchedPanes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What is not judged yet, in the compact form that the core gives it. */
public final class WatchedPanesCodec implements Codec<WatchedPanes> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "watched-panes";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(WatchedPanes value, DataOutput out) throws IOException {
    value.writeTo(out);
  }

  @Override
  public WatchedPanes read(int version, DataInput in) throws IOException {
    return WatchedPanes.readFrom(in);
  }

  /** It changes in place. */
  @Override
  public boolean immutable() {
    return false;
  }
}
