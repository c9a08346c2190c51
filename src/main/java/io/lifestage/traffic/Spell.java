package io.lifestage.traffic;

/**
 * Something that comes and goes again and again, such as a sale.
 *
 * @param first when it begins for the first time, epoch milliseconds
 * @param period from one beginning to the next, milliseconds
 * @param length how long it lasts each time, shorter than the period, milliseconds
 */
record Spell(long first, long period, long length) {
  /** What never comes. */
  static final Spell NEVER = new Spell(Long.MAX_VALUE, 1, 0);

  /** Whether it is on at a moment. */
  boolean isOn(long at) {
    return at >= first && (at - first) % period < length;
  }

  /** When it last began or ended by a moment; the least there is before the first time. */
  long lastChange(long at) {
    if (at < first) {
      return Long.MIN_VALUE;
    }
    long within = (at - first) % period;
    return at - within + (within < length ? 0 : length);
  }

  /** When it next begins or ends after a moment; the greatest there is where it never comes. */
  long nextChange(long after) {
    if (after < first) {
      return first;
    }
    long within = (after - first) % period;
    return after - within + (within < length ? length : period);
  }
}
