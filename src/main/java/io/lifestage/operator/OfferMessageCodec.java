package io.lifestage.operator;

import io.lifestage.offer.Candidate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What is on its way to be completed, or to complete it. */
public final class OfferMessageCodec implements Codec<OfferMessage> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "offer-message";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(OfferMessage message, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.bool(message instanceof OfferMessage.OfAnswer);
    if (message instanceof OfferMessage.OfAnswer answer) {
      write(answer, out);
    } else if (message instanceof OfferMessage.OfDecision of) {
      ProvisionalCodec.write(of.provisional(), out);
    }
  }

  @Override
  public OfferMessage read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    return in.bool() ? readAnswer(in) : new OfferMessage.OfDecision(ProvisionalCodec.read(in));
  }

  static void write(OfferMessage.OfAnswer answer, CompactOutput out) throws IOException {
    out.text(answer.key());
    out.number(answer.at());
    out.text(answer.from());
    out.all(
        answer.candidates(),
        candidate -> {
          out.text(candidate.sku());
          out.number(candidate.score());
          out.real(candidate.support());
          out.real(candidate.lift());
        });
  }

  static OfferMessage.OfAnswer readAnswer(CompactInput in) throws IOException {
    return new OfferMessage.OfAnswer(
        in.text(),
        in.number(),
        in.text(),
        in.all(() -> new Candidate(in.text(), in.number(), in.real(), in.real())));
  }
}
