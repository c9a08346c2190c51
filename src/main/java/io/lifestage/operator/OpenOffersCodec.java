package io.lifestage.operator;

import io.lifestage.decision.Completions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state value of {@link CompletedOffers}. */
public final class OpenOffersCodec implements Codec<OpenOffers> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "open-offers";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(OpenOffers offers, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.all(offers.waiting(), one -> ProvisionalCodec.write(one, out));
    out.all(offers.answers(), one -> OfferMessageCodec.write(one, out));
    out.all(
        offers.said().known(),
        one -> {
          out.number(one.at());
          out.text(one.trigger());
          out.text(one.channel());
          out.text(one.detail());
          out.all(one.items(), item -> ProvisionalCodec.write(item, out));
        });
  }

  @Override
  public OpenOffers read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    return new OpenOffers(
        in.all(() -> ProvisionalCodec.read(in)),
        in.all(() -> OfferMessageCodec.readAnswer(in)),
        new Completions(
            in.all(
                () ->
                    new Completions.Completed(
                        in.number(),
                        in.text(),
                        in.text(),
                        in.text(),
                        in.all(() -> ProvisionalCodec.readItem(in))))));
  }
}
