package io.lifestage.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The parts that wait for their time. */
public final class PartsAheadCodec implements Codec<PartsAhead> {
  private static final long serialVersionUID = 1L;
  private static final PartCodec PART = new PartCodec();

  @Override
  public String id() {
    return "parts-ahead";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(PartsAhead ahead, DataOutput target) throws IOException {
    new CompactOutput(target).all(ahead.parts(), part -> PART.write(part, target));
  }

  @Override
  public PartsAhead read(int version, DataInput source) throws IOException {
    return new PartsAhead(new CompactInput(source).all(() -> PART.read(PART.version(), source)));
  }
}
