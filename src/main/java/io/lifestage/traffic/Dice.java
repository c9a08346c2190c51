package io.lifestage.traffic;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/**
 * Chance that can be thrown again: the same seed gives the same throws on every machine. Only
 * {@link SplittableRandom#nextLong} and exact arithmetic are used, so that a newer Java or another
 * processor changes nothing.
 */
final class Dice {
  private static final double UNIT = 0x1.0p-53;
  private static final char[] LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();

  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The dice of one of many: near numbers and near seeds still throw unlike each other. */
  static Dice of(long seed, long number) {
    return new Dice(mixed(mixed(seed) + number));
  }

  /** A seed that depends on both, in every bit. */
  static long seed(long one, long other) {
    return mixed(mixed(one) ^ other);
  }

  /** The dice of a name: always the same, whatever else was thrown. */
  static Dice of(long seed, String name) {
    long hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 31 + name.charAt(i);
    }
    return of(seed, hash);
  }

  private static long mixed(long value) {
    long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }

  long next() {
    return random.nextLong();
  }

  /** At least 0, less than 1. */
  double fraction() {
    return (random.nextLong() >>> 11) * UNIT;
  }

  boolean chance(double probability) {
    return fraction() < probability;
  }

  /** At least 0, less than the bound. */
  int below(int bound) {
    return (int) (fraction() * bound);
  }

  /** From the first to the last, both included. */
  int from(int first, int last) {
    return first + below(last - first + 1);
  }

  /** At least the first, less than the second. */
  long between(long first, long second) {
    return first + (long) (fraction() * (second - first));
  }

  /** Exponentially distributed around this mean; the time to the next of independent happenings. */
  double exponential(double mean) {
    return -mean * StrictMath.log(1 - fraction());
  }

  /**
   * Log-normally distributed: how long people take for something.
   *
   * @param median half of the throws are smaller
   * @param spread standard deviation of the logarithm; with 1, one throw in twenty is five times
   *     the median or more
   */
  long around(long median, double spread) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - fraction()));
    double normal = radius * StrictMath.cos(2 * StrictMath.PI * fraction());
    return (long) (median * StrictMath.exp(spread * normal));
  }

  <T> T oneOf(List<T> all) {
    return all.get(below(all.size()));
  }

  /** One of all, the more often the more it weighs. */
  <T> T oneOf(List<T> all, ToDoubleFunction<T> weight) {
    double sum = 0;
    for (T one : all) {
      sum += weight.applyAsDouble(one);
    }
    double left = fraction() * sum;
    for (T one : all) {
      left -= weight.applyAsDouble(one);
      if (left < 0) {
        return one;
      }
    }
    return all.get(all.size() - 1);
  }

  /** An id in the form of a random UUID. */
  String uuid() {
    long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** A short id of letters and digits; of a million with 10 or more characters hardly two agree. */
  String word(int length) {
    long bits = random.nextLong() & Long.MAX_VALUE;
    char[] word = new char[length];
    for (int i = 0; i < length; i++) {
      word[i] = LETTERS[(int) (bits % LETTERS.length)];
      bits /= LETTERS.length;
    }
    return new String(word);
  }
}
