package io.lifestage.operator;

import io.lifestage.offer.CoPurchases;
import io.lifestage.offer.Learning;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a product was bought with, in the compact form that the core gives it. */
public final class CoPurchasesCodec implements Codec<CoPurchases> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "co-purchases";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(CoPurchases value, DataOutput out) throws IOException {
    value.writeTo(out);
  }

  @Override
  public CoPurchases read(int version, DataInput in) throws IOException {
    return CoPurchases.readFrom(Learning.OFFERED, in);
  }

  /** It changes in place. */
  @Override
  public boolean immutable() {
    return false;
  }
}
