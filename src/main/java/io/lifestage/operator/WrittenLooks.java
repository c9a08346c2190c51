package io.lifestage.operator;

import io.lifestage.offer.Look;

/**
 * Which looks were written of late, so that the same of the same hour is not written again: most
 * looks of a shop are at what the same visitor just saw. It may forget, and then one is written
 * twice, which changes nothing; a look is taken for another in one of 10^13 cases.
 */
final class WrittenLooks {
  private static final int PLACES = 1 << 17;

  private final long[] fingerprints = new long[PLACES];

  /** Whether it was noted. */
  boolean has(long fingerprint) {
    return fingerprints[place(fingerprint)] == fingerprint;
  }

  /** Notes one, in place of another. */
  void note(long fingerprint) {
    fingerprints[place(fingerprint)] = fingerprint;
  }

  /** What tells a look from all others but those of the same kind in its hour. */
  static long of(String subject, Look look, long hour) {
    long hash = mixed(0xcbf29ce484222325L, subject);
    hash = mixed(hash, look.customer());
    return finished(hash ^ (hour * 256 + look.mark().code()) * 0x9e3779b97f4a7c15L);
  }

  private static long mixed(long seed, String text) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return (hash ^ text.length()) * 0x100000001b3L;
  }

  private static long finished(long hash) {
    long h = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }

  private static int place(long fingerprint) {
    return (int) fingerprint & (PLACES - 1);
  }
}
