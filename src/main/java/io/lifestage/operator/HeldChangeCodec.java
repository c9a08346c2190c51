package io.lifestage.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What waits for its time, in a checkpoint. */
public final class HeldChangeCodec implements Codec<HeldChange> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "held-change";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(HeldChange held, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.number(held.at());
    out.bool(held.look() != null);
    if (held.look() != null) {
      LookCodec.write(held.look(), out);
    } else {
      ProductHistoryCodec.write(held.product(), out);
    }
  }

  @Override
  public HeldChange read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    long at = in.number();
    return in.bool()
        ? new HeldChange(at, LookCodec.read(in), null)
        : new HeldChange(at, null, ProductHistoryCodec.read(in));
  }
}
