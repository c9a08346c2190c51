package io.lifestage.operator;

import io.lifestage.offer.Look;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Looks on their way to their product. */
public final class LookCodec implements Codec<Look> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "look";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Look look, DataOutput target) throws IOException {
    write(look, new CompactOutput(target));
  }

  @Override
  public Look read(int version, DataInput source) throws IOException {
    return read(new CompactInput(source));
  }

  static void write(Look look, CompactOutput out) throws IOException {
    out.text(look.sku());
    out.text(look.category());
    out.text(look.customer());
    out.number(look.mark().code());
    out.number(look.at());
  }

  static Look read(CompactInput in) throws IOException {
    return new Look(in.text(), in.text(), in.text(), Look.Mark.of((char) in.count()), in.number());
  }
}
