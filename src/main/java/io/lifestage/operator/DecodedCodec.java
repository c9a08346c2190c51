package io.lifestage.operator;

import io.lifestage.wire.Decoded;
import io.lifestage.wire.Defect;
import io.lifestage.wire.Origin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the source read. The routing stands in the same chain, so that these bytes are written only
 * where somebody breaks the chain.
 */
public final class DecodedCodec implements Codec<Decoded> {
  private static final long serialVersionUID = 1L;
  private static final int EVENT = 1;
  private static final int PRODUCT = 2;
  private static final int PRODUCT_GONE = 3;
  private static final int DEAD_LETTER = 4;
  private static final int DEFINITION = 5;

  @Override
  public String id() {
    return "decoded";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Decoded decoded, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    write(decoded.origin(), out);
    if (decoded instanceof Decoded.OfEvent of) {
      out.number(EVENT);
      EventCodec.write(of.event(), out);
    } else if (decoded instanceof Decoded.OfProduct of) {
      out.number(PRODUCT);
      ProductHistoryCodec.write(of.product(), out);
    } else if (decoded instanceof Decoded.ProductGone gone) {
      out.number(PRODUCT_GONE);
      out.text(gone.sku());
      out.number(gone.at());
    } else if (decoded instanceof Decoded.OfDefinition of) {
      out.number(DEFINITION);
      PublicationCodec.write(of.publication(), out);
      out.bytes(of.key());
      out.bytes(of.value());
    } else if (decoded instanceof Decoded.DeadLetter dead) {
      out.number(DEAD_LETTER);
      out.text(dead.defect().name());
      out.text(dead.detail());
      out.text(dead.exception());
      out.bytes(dead.key());
      out.bytes(dead.value());
    }
  }

  @Override
  public Decoded read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    Origin origin = readOrigin(in);
    int kind = in.count();
    return switch (kind) {
      case EVENT -> new Decoded.OfEvent(EventCodec.read(in).readAt(origin.place()), origin);
      case PRODUCT -> new Decoded.OfProduct(ProductHistoryCodec.read(in), origin);
      case PRODUCT_GONE -> new Decoded.ProductGone(in.text(), in.number(), origin);
      case DEFINITION ->
          new Decoded.OfDefinition(PublicationCodec.read(in), origin, in.bytes(), in.bytes());
      case DEAD_LETTER ->
          new Decoded.DeadLetter(
              Defect.valueOf(in.text()), in.text(), in.text(), origin, in.bytes(), in.bytes());
      default -> throw new IOException("nothing that the source reads has the kind " + kind);
    };
  }

  static Origin readOrigin(CompactInput in) throws IOException {
    return new Origin(in.text(), in.count(), in.number(), in.number());
  }

  static void write(Origin origin, CompactOutput out) throws IOException {
    out.text(origin.topic());
    out.number(origin.partition());
    out.number(origin.offset());
    out.number(origin.timestamp());
  }
}
