package io.lifestage.metric;

import io.lifestage.metric.WatchedPanes.Counted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What an order brings on average, by currency; what is older weighs less. */
final class Earnings {
  /** By so much less a pane weighs than the next: half after about 14 days of panes with orders. */
  private static final double LEFT = Math.pow(0.5, 1.0 / (14 * 288));

  private final TreeMap<String, double[]> byCurrency = new TreeMap<>();

  /** Takes in what a pane brought. */
  void learn(Map<String, Counted> brought) {
    for (double[] known : byCurrency.values()) {
      known[0] *= LEFT;
      known[1] *= LEFT;
    }
    brought.forEach(
        (currency, counted) -> {
          if (byCurrency.containsKey(currency) || byCurrency.size() < RollingMetric.LABELS) {
            double[] known = byCurrency.computeIfAbsent(currency, c -> new double[2]);
            known[0] += counted.count();
            known[1] += counted.sum();
          }
        });
  }

  /** The currency in which most orders are, or null where there were none. */
  String currency() {
    String most = null;
    for (Map.Entry<String, double[]> one : byCurrency.entrySet()) {
      boolean more = most == null || one.getValue()[0] > byCurrency.get(most)[0];
      most = one.getValue()[0] > 0 && more ? one.getKey() : most;
    }
    return most;
  }

  /** What an order in that currency brings, minor units. */
  double perOrder(String currency) {
    double[] known = byCurrency.get(currency);
    return known[1] / known[0];
  }

  void writeTo(DataOutput out) throws IOException {
    Varint.write(out, byCurrency.size());
    for (Map.Entry<String, double[]> one : byCurrency.entrySet()) {
      out.writeUTF(one.getKey());
      out.writeDouble(one.getValue()[0]);
      out.writeDouble(one.getValue()[1]);
    }
  }

  static Earnings readFrom(DataInput in) throws IOException {
    Earnings read = new Earnings();
    for (long left = Varint.read(in); left > 0; left--) {
      read.byCurrency.put(in.readUTF(), new double[] {in.readDouble(), in.readDouble()});
    }
    return read;
  }
}
