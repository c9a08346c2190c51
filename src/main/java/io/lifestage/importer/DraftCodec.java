package io.lifestage.importer;

import io.lifestage.importer.Draft.ExactLine;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/** Drafts in a spilled file. */
final class DraftCodec implements Codec<Draft> {

  @Override
  public void write(Draft draft, DataOutput out) throws IOException {
    out.writeInt(draft.rule());
    Codec.writeTexts(draft.types(), out);
    Codec.writeText(draft.group(), out);
    out.writeLong(draft.row());
    out.writeLong(draft.at());
    Codec.writeText(draft.content(), out);
    Codec.writeMap(draft.attributes(), out);
    out.writeBoolean(draft.line() != null);
    if (draft.line() != null) {
      Codec.writeText(draft.line().sku(), out);
      out.writeLong(draft.line().quantity());
      Codec.writeText(draft.line().unitPrice().toString(), out);
      Codec.writeText(draft.line().total().toString(), out);
    }
    Codec.writeText(draft.value() == null ? "" : draft.value().toString(), out);
    Codec.writeText(draft.currency(), out);
  }

  @Override
  public Draft read(DataInput in) throws IOException {
    return new Draft(
        in.readInt(),
        Codec.readTexts(in),
        Codec.readText(in),
        in.readLong(),
        in.readLong(),
        Codec.readText(in),
        Codec.readMap(in),
        in.readBoolean() ? line(in) : null,
        number(Codec.readText(in)),
        Codec.readText(in));
  }

  private static ExactLine line(DataInput in) throws IOException {
    return new ExactLine(
        Codec.readText(in), in.readLong(), number(Codec.readText(in)), number(Codec.readText(in)));
  }

  private static BigDecimal number(String text) {
    return text.isEmpty() ? null : new BigDecimal(text);
  }

  @Override
  public long weight(Draft draft) {
    return 400L + draft.group().length() + Codec.weight(draft.attributes());
  }
}
