package io.lifestage.operator;

import io.lifestage.wire.Decoded;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Announcements on their way to every operator that decides. */
public final class AnnouncementCodec implements Codec<Announcement> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "announcement";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Announcement announcement, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.bool(announcement instanceof Announcement.OfProduct);
    if (announcement instanceof Announcement.OfProduct of) {
      ProductHistoryCodec.write(of.product(), out);
    } else if (announcement instanceof Announcement.OfDefinition of) {
      DecodedCodec.write(of.record().origin(), out);
      PublicationCodec.write(of.record().publication(), out);
      out.bytes(of.record().key());
      out.bytes(of.record().value());
    }
  }

  @Override
  public Announcement read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    if (in.bool()) {
      return new Announcement.OfProduct(ProductHistoryCodec.read(in));
    }
    var origin = DecodedCodec.readOrigin(in);
    return new Announcement.OfDefinition(
        new Decoded.OfDefinition(PublicationCodec.read(in), origin, in.bytes(), in.bytes()));
  }
}
