package io.lifestage.operator;

import io.lifestage.offer.FanOut;
import io.lifestage.offer.ProductChange;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A change on its way to those whom it concerns; they are stored beside it. */
public final class FanOutCodec implements Codec<FanOut> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "fan-out";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(FanOut fanOut, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    ProductChange change = fanOut.change();
    out.word(change.type());
    out.text(change.sku());
    out.text(change.category());
    out.number(change.at());
    EventCodec.write(change.price(), out);
    out.number(change.before());
    out.number(fanOut.begins());
    out.number(fanOut.next());
    out.number(fanOut.slices());
    out.number(fanOut.waiting());
  }

  @Override
  public FanOut read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    ProductChange change =
        new ProductChange(
            in.word(), in.text(), in.text(), in.number(), EventCodec.readMoney(in), in.number());
    return new FanOut(change, in.number(), in.count(), in.count(), in.count());
  }
}
