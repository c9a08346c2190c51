package io.lifestage.operator;

import io.lifestage.wire.Decoded;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Events on their way to their customer, with the place where they were read. */
public final class ArrivalCodec implements Codec<Decoded.OfEvent> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "arrival";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Decoded.OfEvent arrival, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    DecodedCodec.write(arrival.origin(), out);
    EventCodec.write(arrival.event(), out);
  }

  @Override
  public Decoded.OfEvent read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    var origin = DecodedCodec.readOrigin(in);
    return new Decoded.OfEvent(EventCodec.read(in).readAt(origin.place()), origin);
  }
}
