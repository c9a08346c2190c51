package io.lifestage.operator;

import io.lifestage.wire.OutboundRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Records on their way to the sink. */
public final class OutboundRecordCodec implements Codec<OutboundRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "outbound-record";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(OutboundRecord record, DataOutput target) throws IOException {
    CompactOutput out = new CompactOutput(target);
    out.text(record.topic());
    out.bytes(record.key());
    out.bytes(record.value());
    out.number(record.timestamp());
    out.map(record.headers(), out::text);
  }

  @Override
  public OutboundRecord read(int version, DataInput source) throws IOException {
    CompactInput in = new CompactInput(source);
    return new OutboundRecord(in.text(), in.bytes(), in.bytes(), in.number(), in.map(in::text));
  }
}
