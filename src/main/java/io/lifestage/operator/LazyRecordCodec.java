package io.lifestage.operator;

import io.lifestage.wire.OutboundRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Lazy records between operators. Those stand in one chain, so that these bytes are written only
 * where somebody breaks it; then each record is made.
 */
final class LazyRecordCodec implements Codec<LazyRecord> {
  private static final long serialVersionUID = 1L;
  private static final OutboundRecordCodec RECORD = new OutboundRecordCodec();

  @Override
  public String id() {
    return "lazy-record";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(LazyRecord lazy, DataOutput out) throws IOException {
    new CompactOutput(out).text(lazy.key());
    RECORD.write(lazy.record().get(), out);
  }

  @Override
  public LazyRecord read(int version, DataInput in) throws IOException {
    String key = new CompactInput(in).text();
    OutboundRecord record = RECORD.read(version, in);
    return new LazyRecord(key, () -> record);
  }
}
