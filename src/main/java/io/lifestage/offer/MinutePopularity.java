package io.lifestage.offer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Popularity as of the last full minute of event time. So it says the same to everybody who asks
 * within a minute, in whichever order the sales of the minute come in.
 */
public final class MinutePopularity {
  private static final int FORM = 1;
  private static final long MINUTE = 60_000;

  private final Popularity popularity;

  /** Sales of minutes that were not over when somebody last asked, by minute. */
  private final TreeMap<Long, List<Sale>> ahead = new TreeMap<>();

  /** Nothing was bought. */
  public MinutePopularity(Learning learning) {
    this(new Decay(learning.halfLife()));
  }

  MinutePopularity(Decay decay) {
    this(new Popularity(decay));
  }

  private MinutePopularity(Popularity popularity) {
    this.popularity = popularity;
  }

  /** Takes a whole basket, or gives it back, once its minute is over. */
  public void take(Sale sale) {
    if (sale.basket().hasPairs()) {
      ahead.computeIfAbsent(minute(sale.at()), any -> new ArrayList<>()).add(sale);
    }
  }

  /** What there was before the minute of a moment; moments come in their order. */
  public Marginals asOf(long now) {
    reach(now);
    return popularity.asOf(now);
  }

  /** Counts what is of minutes that are over, so that nothing waits for somebody to ask. */
  public void reach(long now) {
    Map<Long, List<Sale>> over = ahead.headMap(minute(now), false);
    over.values().forEach(sales -> sales.forEach(this::count));
    over.clear();
  }

  private void count(Sale sale) {
    if (sale.undone()) {
      popularity.undo(sale.basket());
    } else {
      popularity.take(sale.basket());
    }
  }

  private static long minute(long at) {
    return Math.floorDiv(at, MINUTE);
  }

  MinutePopularity copy() {
    MinutePopularity copy = new MinutePopularity(popularity.copy());
    ahead.forEach((minute, sales) -> copy.ahead.put(minute, new ArrayList<>(sales)));
    return copy;
  }

  /** Writes all that is known; equal contents are equal bytes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(FORM);
    popularity.writeTo(out);
    Varint.write(out, ahead.values().stream().mapToLong(List::size).sum());
    for (List<Sale> sales : ahead.values()) {
      for (Sale sale : sales) {
        sale.writeTo(out);
      }
    }
  }

  /** Reads what {@link #writeTo} wrote, to go on as is learnt now. */
  public static MinutePopularity readFrom(Learning learning, DataInput in) throws IOException {
    Decay decay = new Decay(learning.halfLife());
    int form = in.readByte();
    if (form != FORM) {
      throw new IOException("popularity in the unknown form " + form);
    }
    MinutePopularity read = new MinutePopularity(Popularity.readFrom(decay, in));
    for (long left = Varint.read(in); left > 0; left--) {
      read.take(Sale.readFrom(in));
    }
    return read;
  }
}
