package io.lifestage.wire;

import io.lifestage.lifecycle.Product;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** From a record of the catalogue's topic to what it says of a product. */
final class ProductReader {
  private static final String SKU = "sku";

  /** The last moment of the year 9999. */
  private static final long LATEST = 253_402_300_799_999L;

  private final InputLimits limits;

  ProductReader(InputLimits limits) {
    this.limits = limits;
  }

  /** Compaction goes by the key, so a product under another key than its own would outlive it. */
  Product read(byte[] key, GenericRecord record) throws UnusableRecordException {
    String sku = record.get(SKU).toString();
    InputRules.requireText(SKU, sku);
    InputRules.requireLength(SKU, sku, limits);
    if (key == null || !sku.equals(text(key))) {
      throw InputRules.invalid("the key is not the sku '%s'".formatted(sku));
    }
    long effectiveAt = (Long) record.get("effective_at");
    if (effectiveAt <= 0) {
      throw new UnusableRecordException(Defect.BAD_TIMESTAMP, "effective_at is " + effectiveAt);
    }
    if (effectiveAt > LATEST) {
      throw new UnusableRecordException(
          Defect.BAD_TIMESTAMP, "effective_at is " + effectiveAt + ", after the year 9999");
    }
    Object category = record.get("category");
    Object group = record.get("item_group_id");
    List<String> complements =
        ((List<?>) record.get("complements")).stream().map(Object::toString).toList();
    requireLength("category", category);
    requireLength("item_group_id", group);
    for (String complement : complements) {
      requireLength("complements", complement);
    }
    return new Product(
        sku,
        effectiveAt,
        record.get("name").toString(),
        category == null ? "" : category.toString(),
        MoneyReader.price(record),
        (Boolean) record.get("available"),
        complements,
        group == null ? "" : group.toString());
  }

  private void requireLength(String field, Object text) throws UnusableRecordException {
    if (text != null) {
      InputRules.requireLength(field, text.toString(), limits);
    }
  }

  /** The product that a record without a value takes out of the catalogue. */
  static String gone(byte[] key) throws UnusableRecordException {
    if (key == null || key.length == 0) {
      throw new UnusableRecordException(Defect.NULL_KEY, "A deletion without a key");
    }
    return text(key);
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }
}
