package io.lifestage.operator;

import io.lifestage.offer.Sale;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A sale, in the form that the core gives it. */
public final class SaleCodec implements Codec<Sale> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "sale";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Sale sale, DataOutput out) throws IOException {
    sale.writeTo(out);
  }

  @Override
  public Sale read(int version, DataInput in) throws IOException {
    return Sale.readFrom(in);
  }
}
