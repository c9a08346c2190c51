package io.lifestage.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Customers who are told in the same second, in their order. */
@SuppressWarnings("rawtypes") // A class literal of a list has no element type.
public final class SliceCodec implements Codec<List> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "slice";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(List slice, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.number(slice.size());
    for (Object customer : slice) {
      out.text((String) customer);
    }
  }

  @Override
  public List read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    return in.all(in::text);
  }
}
