package io.lifestage.offer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * For each other product, what is known of it beside one product: a table with open addressing, as
 * there may be thousands of such tables with hundreds of rows each.
 */
final class Companions {
  /** How many columns of sums there are, each with a recent and an older part. */
  private static final int SUMS = 6;

  /** In how many baskets both were, in sixteenths; this one does not decay. */
  private static final int TIMES = 0;

  static final int BASKETS = 2;
  static final int WEIGHT = 4;

  private static final int FIRST_ROOM = 8;

  private String[] skus = new String[FIRST_ROOM];
  private long[] sums = new long[FIRST_ROOM * SUMS];
  private int size;

  int size() {
    return size;
  }

  /** The number of slots, of which each is a product's or free. */
  int slots() {
    return skus.length;
  }

  /** The product of a slot, or null where it is free. */
  String sku(int slot) {
    return skus[slot];
  }

  /** In sixteenths. */
  long times(int slot) {
    return sums[slot * SUMS + TIMES] + sums[slot * SUMS + TIMES + 1];
  }

  double value(int slot, int sum, double worth) {
    return Decay.value(sums[slot * SUMS + sum], sums[slot * SUMS + sum + 1], worth);
  }

  /** The slot of a product; less than zero where it has none. */
  int find(String sku) {
    int slot = place(sku);
    return skus[slot] == null ? -1 : slot;
  }

  /**
   * Adds to a product's row, and makes it where there is none.
   *
   * @param part 0 for the latest era, 1 for the one before
   */
  void add(String sku, int part, int share, long baskets, long weight) {
    int slot = place(sku);
    if (skus[slot] == null) {
      if (2 * (size + 1) > skus.length) {
        grow(2 * skus.length);
        slot = place(sku);
      }
      skus[slot] = sku;
      size++;
    }
    addTo(slot, part, share, baskets, weight);
  }

  /** Takes back from a product's row; one of which nothing is left is gone. */
  void subtract(String sku, int part, int share, long baskets, long weight) {
    int slot = find(sku);
    if (slot < 0) {
      return;
    }
    addTo(slot, part, -share, -baskets, -weight);
    for (int sum = 0; sum < SUMS; sum++) {
      sums[slot * SUMS + sum] = Math.max(0, sums[slot * SUMS + sum]);
    }
    if (times(slot) == 0) {
      skus[slot] = null;
      grow(skus.length);
    }
  }

  private void addTo(int slot, int part, int share, long baskets, long weight) {
    sums[slot * SUMS + TIMES + part] += share;
    sums[slot * SUMS + BASKETS + part] += baskets;
    sums[slot * SUMS + WEIGHT + part] += weight;
  }

  /** An era ends: what was recent is older, what was older is gone. */
  void nextEra() {
    for (int slot = 0; slot < skus.length; slot++) {
      for (int sum = slot * SUMS; sum < (slot + 1) * SUMS; sum += 2) {
        sums[sum + 1] = sums[sum];
        sums[sum] = 0;
      }
      if (skus[slot] != null && times(slot) == 0) {
        skus[slot] = null;
      }
    }
    grow(skus.length);
  }

  /** Keeps the rows with the greatest weight; of equal ones those whose products come first. */
  void keep(int most) {
    if (size <= most) {
      return;
    }
    long[] weights = new long[size];
    int found = 0;
    for (int slot = 0; slot < skus.length; slot++) {
      if (skus[slot] != null) {
        weights[found++] = weight(slot);
      }
    }
    Arrays.sort(weights);
    long least = weights[size - most];
    List<String> equal = new ArrayList<>();
    int kept = 0;
    for (int slot = 0; slot < skus.length; slot++) {
      if (skus[slot] != null && weight(slot) <= least) {
        if (weight(slot) == least) {
          equal.add(skus[slot]);
        } else {
          skus[slot] = null;
        }
      }
      kept += skus[slot] == null ? 0 : 1;
    }
    Collections.sort(equal);
    Set<String> surplus = Set.copyOf(equal.subList(most - kept + equal.size(), equal.size()));
    for (int slot = 0; slot < skus.length; slot++) {
      if (skus[slot] != null && surplus.contains(skus[slot])) {
        skus[slot] = null;
      }
    }
    grow(skus.length);
  }

  private long weight(int slot) {
    return sums[slot * SUMS + WEIGHT] + (sums[slot * SUMS + WEIGHT + 1] >> Decay.HALF_LIVES);
  }

  private Integer[] rows() {
    Integer[] rows = new Integer[size];
    int found = 0;
    for (int slot = 0; slot < skus.length; slot++) {
      if (skus[slot] != null) {
        rows[found++] = slot;
      }
    }
    return rows;
  }

  private int place(String sku) {
    int mask = skus.length - 1;
    int slot = spread(sku.hashCode()) & mask;
    while (skus[slot] != null && !skus[slot].equals(sku)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }

  /** Lays the rows out anew. */
  private void grow(int room) {
    String[] oldSkus = skus;
    long[] oldSums = sums;
    skus = new String[room];
    sums = new long[room * SUMS];
    size = 0;
    for (int old = 0; old < oldSkus.length; old++) {
      if (oldSkus[old] != null) {
        int slot = place(oldSkus[old]);
        skus[slot] = oldSkus[old];
        System.arraycopy(oldSums, old * SUMS, sums, slot * SUMS, SUMS);
        size++;
      }
    }
  }

  Companions copy() {
    Companions copy = new Companions();
    copy.skus = skus.clone();
    copy.sums = sums.clone();
    copy.size = size;
    return copy;
  }

  /** In the order of the products, so that equal contents are equal bytes. */
  void writeTo(DataOutput out) throws IOException {
    Integer[] rows = rows();
    Arrays.sort(rows, Comparator.comparing(slot -> skus[slot]));
    Varint.write(out, rows.length);
    for (int slot : rows) {
      out.writeUTF(skus[slot]);
      for (int sum = 0; sum < SUMS; sum++) {
        Varint.write(out, sums[slot * SUMS + sum]);
      }
    }
  }

  static Companions readFrom(DataInput in) throws IOException {
    Companions companions = new Companions();
    for (long left = Varint.read(in); left > 0; left--) {
      String sku = in.readUTF();
      companions.add(sku, 0, 0, 0, 0);
      int slot = companions.find(sku);
      for (int sum = 0; sum < SUMS; sum++) {
        companions.sums[slot * SUMS + sum] = Varint.read(in);
      }
    }
    return companions;
  }
}
