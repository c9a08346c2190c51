package io.lifestage.operator;

import io.lifestage.decision.Publication;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Published definitions in the broadcast state. */
public final class PublicationCodec implements Codec<Publication> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "publication";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Publication publication, DataOutput out) throws IOException {
    write(publication, new CompactOutput(out));
  }

  @Override
  public Publication read(int version, DataInput in) throws IOException {
    return read(new CompactInput(in));
  }

  static void write(Publication publication, CompactOutput out) throws IOException {
    out.text(publication.kind());
    out.text(publication.id());
    out.number(publication.version());
    out.number(publication.takesEffectAt());
    out.text(publication.body());
    out.text(publication.batch());
    out.number(publication.batchSize());
  }

  static Publication read(CompactInput in) throws IOException {
    return new Publication(
        in.text(), in.text(), in.count(), in.number(), in.text(), in.text(), in.count());
  }
}
