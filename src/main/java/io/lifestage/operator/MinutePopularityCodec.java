package io.lifestage.operator;

import io.lifestage.offer.Learning;
import io.lifestage.offer.MinutePopularity;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How popular all products are, in the compact form that the core gives it. */
public final class MinutePopularityCodec implements Codec<MinutePopularity> {
  private static final long serialVersionUID = 1L;

  @Override
  public String id() {
    return "minute-popularity";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(MinutePopularity value, DataOutput out) throws IOException {
    value.writeTo(out);
  }

  @Override
  public MinutePopularity read(int version, DataInput in) throws IOException {
    return MinutePopularity.readFrom(Learning.OFFERED, in);
  }

  /** It changes in place. */
  @Override
  public boolean immutable() {
    return false;
  }
}
