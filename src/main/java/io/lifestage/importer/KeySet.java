package io.lifestage.importer;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * A set of texts that remembers 64 bits of each, in 11 to 21 bytes of memory: ten million customers
 * take 134 MB, and two of them are taken for one with a chance of 1 in 370,000.
 */
final class KeySet {
  private static final HashFunction HASH = Hashing.murmur3_128(7);

  /** Stands for no entry; a text with this hash is taken for the one with the hash 1. */
  private static final long NONE = 0;

  private long[] table = new long[1024];
  private int size;

  /** Adds a text; says whether it is new. */
  boolean add(String text) {
    long hash = HASH.hashString(text, StandardCharsets.UTF_8).asLong();
    if (!insert(table, hash == NONE ? 1 : hash)) {
      return false;
    }
    size++;
    if (size > table.length / 4L * 3) {
      grow();
    }
    return true;
  }

  int size() {
    return size;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long hash : table) {
      if (hash != NONE) {
        insert(larger, hash);
      }
    }
    table = larger;
  }

  private static boolean insert(long[] table, long hash) {
    int index = (int) (hash & (table.length - 1));
    while (table[index] != NONE) {
      if (table[index] == hash) {
        return false;
      }
      index = (index + 1) & (table.length - 1);
    }
    table[index] = hash;
    return true;
  }
}
