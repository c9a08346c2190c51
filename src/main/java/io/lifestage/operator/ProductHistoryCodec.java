package io.lifestage.operator;

import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.ProductHistory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A product's history in the broadcast catalogue; a single version is a history of one. */
public final class ProductHistoryCodec implements Codec<ProductHistory> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "product-history";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(ProductHistory history, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.all(history.versions(), product -> write(product, out));
  }

  @Override
  public ProductHistory read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    return new ProductHistory(in.all(() -> read(in)));
  }

  static void write(Product product, CompactOutput out) throws IOException {
    out.text(product.sku());
    out.number(product.effectiveAt());
    out.text(product.name());
    out.text(product.category());
    EventCodec.write(product.price(), out);
    out.bool(product.available());
    out.all(product.complements(), out::text);
    out.text(product.group());
  }

  static Product read(CompactInput in) throws IOException {
    return new Product(
        in.text(),
        in.number(),
        in.text(),
        in.text(),
        EventCodec.readMoney(in),
        in.bool(),
        in.all(in::text),
        in.text());
  }
}
