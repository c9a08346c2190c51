package io.lifestage.offer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that is learnt from: products were together, or turn out not to have been.
 *
 * @param at when it is learnt, epoch milliseconds: a basket that is given back has its own time
 *     still
 * @param basket as it was; of a category's the first product is {@link Part#ofCategory}
 * @param undone whether it is given back
 * @param category the category whose products alone are in the basket, or null where it is whole
 * @param customer whose it was, or empty; of sales of one moment it says which comes first
 */
public record Sale(long at, Basket basket, boolean undone, String category, String customer) {
  private static final int FORM = 1;

  /** A basket that is bought, or was and is given back. */
  public Sale(long at, Basket basket, boolean undone) {
    this(at, basket, undone, null, "");
  }

  /** A basket that is bought. */
  public static Sale of(Basket basket) {
    return new Sale(basket.at(), basket, false);
  }

  /** The same, learnt at another moment. */
  public Sale at(long moment) {
    return new Sale(moment, basket, undone, category, customer);
  }

  /** What undoes it. */
  public Sale opposite(long moment) {
    return new Sale(moment, basket, !undone, category, customer);
  }

  /** Whether it is a whole basket, of which popularity is counted. */
  public boolean isWhole() {
    return category == null;
  }

  /** Writes it; equal sales are equal bytes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(FORM);
    Varint.write(out, at);
    out.writeBoolean(undone);
    out.writeBoolean(category != null);
    if (category != null) {
      out.writeUTF(category);
    }
    out.writeUTF(customer);
    Varint.write(out, basket.at());
    out.writeUTF(basket.evidence().name());
    Varint.write(out, basket.products().size());
    for (String product : basket.products()) {
      out.writeUTF(product);
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static Sale readFrom(DataInput in) throws IOException {
    int form = in.readByte();
    if (form != FORM) {
      throw new IOException("a sale in the unknown form " + form);
    }
    long at = Varint.read(in);
    boolean undone = in.readBoolean();
    String category = in.readBoolean() ? in.readUTF() : null;
    String customer = in.readUTF();
    long bought = Varint.read(in);
    Evidence evidence = Evidence.valueOf(in.readUTF());
    List<String> products = new ArrayList<>();
    for (long left = Varint.read(in); left > 0; left--) {
      products.add(in.readUTF());
    }
    return new Sale(at, new Basket(bought, products, evidence), undone, category, customer);
  }
}
