package io.lifestage.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lifestage.wire.Decoded;
import io.lifestage.wire.OutboundRecord;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Writes as many records and bytes as the job wrote, to the same topics, and decides nothing. On
 * request it reads and writes one value of its customer at each event.
 */
final class WriteAsMuch extends KeyedProcessFunction<String, Decoded.OfEvent, OutboundRecord> {
  private static final long serialVersionUID = 1L;
  private static final int VALUE_BYTES = 64;

  private final List<Share> shares;
  private final boolean withValue;
  private transient List<Debt> debts;
  private transient ValueState<byte[]> value;

  WriteAsMuch(List<Share> shares, boolean withValue) {
    this.shares = shares;
    this.withValue = withValue;
  }

  @Override
  public void open(OpenContext context) {
    debts = shares.stream().map(Debt::new).toList();
    value =
        withValue
            ? getRuntimeContext()
                .getState(
                    new ValueStateDescriptor<>(
                        "value-v1", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
            : null;
  }

  @Override
  public void processElement(
      Decoded.OfEvent arrival, Context context, Collector<OutboundRecord> out) throws Exception {
    if (withValue) {
      touchValue();
    }
    byte[] key = arrival.event().customer().getBytes(UTF_8);
    for (Debt debt : debts) {
      debt.grow();
      while (debt.isDue()) {
        byte[] bytes = new byte[debt.pay(key.length)];
        out.collect(new OutboundRecord(debt.topic(), key, bytes, arrival.event().at(), Map.of()));
      }
    }
  }

  private void touchValue() throws Exception {
    byte[] bytes = value.value();
    if (bytes == null) {
      bytes = new byte[VALUE_BYTES];
    }
    bytes[0]++;
    value.update(bytes);
  }
}
