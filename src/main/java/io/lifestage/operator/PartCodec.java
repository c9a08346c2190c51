package io.lifestage.operator;

import io.lifestage.offer.Part;
import io.lifestage.offer.Sale;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What one product has to know or to answer: whose it is, then a sale, or a question. */
public final class PartCodec implements Codec<Part> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "part";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Part part, DataOutput out) throws IOException {
    out.writeUTF(part.key());
    out.writeBoolean(part instanceof Part.Learn);
    if (part instanceof Part.Learn learn) {
      learn.sale().writeTo(out);
    } else if (part instanceof Part.Ask ask) {
      out.writeUTF(ask.request());
      out.writeLong(ask.at());
    }
  }

  @Override
  public Part read(int version, DataInput in) throws IOException {
    String key = in.readUTF();
    return in.readBoolean()
        ? new Part.Learn(key, Sale.readFrom(in))
        : new Part.Ask(key, in.readUTF(), in.readLong());
  }
}
