package io.lifestage.operator;

import io.lifestage.lifecycle.Product;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Versions of products on their way to every operator that asks the catalogue. */
public final class ProductCodec implements Codec<Product> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "product";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Product product, DataOutput out) throws IOException {
    ProductHistoryCodec.write(product, new CompactOutput(out));
  }

  @Override
  public Product read(int version, DataInput in) throws IOException {
    return ProductHistoryCodec.read(new CompactInput(in));
  }
}
