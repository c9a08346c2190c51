package io.lifestage.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The state value of {@link CustomerLifecycle}. */
public final class StoredCustomerCodec implements Codec<StoredCustomer> {
  private static final long serialVersionUID = 1L;
  private static final CustomerRecordCodec RECORD = new CustomerRecordCodec();

  @Override
  public String id() {
    return "stored-customer";
  }

  @Override
  public int version() {
    return RECORD.version();
  }

  @Override
  public void write(StoredCustomer stored, DataOutput out) throws IOException {
    out.writeLong(stored.timer());
    RECORD.write(stored.record(), out);
  }

  @Override
  public StoredCustomer read(int version, DataInput in) throws IOException {
    long timer = in.readLong();
    return new StoredCustomer(RECORD.read(version, in), timer);
  }
}
