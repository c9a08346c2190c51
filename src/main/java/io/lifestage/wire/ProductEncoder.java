package io.lifestage.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import io.lifestage.wire.avro.ProductUpdate;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * From a product to a record of the catalogue's topic.
 *
 * <p>Keeps its buffers between records, so it belongs to one thread.
 */
public final class ProductEncoder {

  private final String topic;
  private final int schemaId;
  private final ConfluentFraming framing = new ConfluentFraming();
  private final SpecificDatumWriter<ProductUpdate> writer =
      new SpecificDatumWriter<>(ProductUpdate.class);

  /**
   * @param prefix what the topics' names begin with; may be empty
   * @param ids the schemas' ids, see {@link Schemas#register()}
   */
  public ProductEncoder(String prefix, Map<Topic, Integer> ids) {
    this.topic = Topic.PRODUCTS.in(prefix);
    this.schemaId = ids.get(Topic.PRODUCTS);
  }

  /** The product as it is from its {@code effectiveAt} on. */
  public OutboundRecord encode(Product product) {
    boolean priced = !product.price().equals(Money.NONE);
    ProductUpdate update =
        new ProductUpdate(
            product.sku(),
            Instant.ofEpochMilli(product.effectiveAt()),
            product.name(),
            product.category().isEmpty() ? null : product.category(),
            priced ? product.price().minor() : null,
            priced ? product.price().currency() : null,
            product.available(),
            product.complements(),
            product.group().isEmpty() ? null : product.group());
    byte[] value = framing.write(schemaId, update, writer);
    return new OutboundRecord(
        topic, product.sku().getBytes(UTF_8), value, product.effectiveAt(), Map.of());
  }

  /**
   * The record that takes a product out of the catalogue.
   *
   * @param sku the product
   * @param at when, epoch milliseconds
   */
  public OutboundRecord gone(String sku, long at) {
    return new OutboundRecord(topic, sku.getBytes(UTF_8), null, at, Map.of());
  }
}
