package io.lifestage.operator;

import io.lifestage.lifecycle.Catalogue;
import io.lifestage.lifecycle.Product;
import io.lifestage.lifecycle.ProductHistory;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The products as they were at each moment that can still be decided, as broadcast. */
final class CatalogueInForce implements Catalogue {
  /** By sku. */
  static final MapStateDescriptor<String, ProductHistory> STATE =
      new MapStateDescriptor<>(
          "catalogue-v1",
          Types.STRING,
          new CodecTypeInfo<>(ProductHistory.class, new ProductHistoryCodec()));

  private final BroadcastState<String, ProductHistory> state;
  private final long lateness;

  /**
   * The catalogue.
   *
   * @param state of {@link #STATE}
   * @param lateness how far behind the watermark something may still be decided, milliseconds
   */
  CatalogueInForce(BroadcastState<String, ProductHistory> state, long lateness) {
    this.state = state;
    this.lateness = lateness;
  }

  /** Takes a version of a product. */
  void take(Product product, long watermark) throws Exception {
    ProductHistory before = state.get(product.sku());
    long horizon = Math.max(watermark, lateness) - lateness;
    ProductHistory after = (before == null ? ProductHistory.EMPTY : before).with(product, horizon);
    state.put(product.sku(), after);
  }

  @Override
  public Product product(String sku, long at) {
    try {
      ProductHistory history = state.get(sku);
      return history == null ? null : history.at(at);
    } catch (Exception e) {
      throw new IllegalStateException("the catalogue could not be read", e);
    }
  }
}
