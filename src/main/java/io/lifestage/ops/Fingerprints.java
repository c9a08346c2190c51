package io.lifestage.ops;

/**
 * A set of texts of which 64 bits each are kept, 16 bytes at most: among ten million texts two are
 * taken for the same with a probability of less than one in 300,000.
 */
final class Fingerprints {
  private static final long FREE = 0;

  private long[] slots = new long[1 << 10];
  private int size;

  /** Adds a text, and says whether it was not there. */
  boolean add(String text) {
    if (size * 2 >= slots.length) {
      grow();
    }
    int slot = slot(of(text));
    if (slots[slot] != FREE) {
      return false;
    }
    slots[slot] = of(text);
    size++;
    return true;
  }

  boolean contains(String text) {
    return slots[slot(of(text))] != FREE;
  }

  int size() {
    return size;
  }

  /** Where the fingerprint is, or would be. */
  private int slot(long fingerprint) {
    int slot = (int) (fingerprint >>> 32) & (slots.length - 1);
    while (slots[slot] != FREE && slots[slot] != fingerprint) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    for (long fingerprint : before) {
      if (fingerprint != FREE) {
        slots[slot(fingerprint)] = fingerprint;
      }
    }
  }

  /** FNV-1a over the characters, its bits mixed as MurmurHash3 ends. */
  private static long of(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash == FREE ? 1 : hash;
  }
}
