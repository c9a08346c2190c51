package io.lifestage.offer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one product was bought with: how often it was in a basket with others, and for each of those
 * others how often both were. One compact value, kept under the product's number.
 *
 * <p>Sums decay (see {@link Decay}). Beside them each pair has how often it was seen in this era
 * and the one before, which does not. Baskets with one product say nothing of what goes together
 * and are not counted.
 *
 * <p><b>Bounded.</b> At most twice {@code bound} others are kept; when one more comes, those with
 * the least weight are let go, down to {@code bound}. What is kept of a pair is therefore never
 * more than there was: a pair that was let go begins at nothing when it comes again. This was
 * chosen over the Space-Saving of Metwally, Agrawal and El Abbadi (ICDT 2005), in which a newcomer
 * inherits the count of whom it replaces: that would give rare pairs of a best-seller a support
 * that they never had, and could not be undone. Until something was let go, the value depends on
 * which baskets were taken and undone, and not on their order; after that on their order too, which
 * is that of event time in the job, whatever the order of arrival.
 *
 * <p>A basket that is undone takes back from each pair exactly what it gave. Where the pair was let
 * go in between it takes too much, but never more than there is.
 */
public final class CoPurchases {
  private static final int FORM = 1;

  private final Decay decay;
  private final int bound;
  private int era = Integer.MIN_VALUE;
  private long recent;
  private long older;
  private Companions companions = new Companions();

  /** Nothing is known. */
  public CoPurchases(Learning learning) {
    this(new Decay(learning.halfLife()), learning.bound());
  }

  /**
   * Nothing is known.
   *
   * @param bound how many others are surely kept; positive
   */
  public CoPurchases(Decay decay, int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a bound of " + bound);
    }
    this.decay = decay;
    this.bound = bound;
  }

  /** Takes a basket with the product in it. */
  public void take(String self, Basket basket) {
    if (basket.hasPairs()) {
      count(basket, 1);
      int part = part(basket.at());
      if (part <= 1) {
        long whole = weight(basket);
        for (String other : basket.products()) {
          if (!other.equals(self)) {
            add(other, part, basket, whole);
          }
        }
      }
    }
  }

  private void add(String other, int part, Basket basket, long whole) {
    companions.add(other, part, basket.evidence().share(), whole, whole / basket.others());
    if (companions.size() > 2L * bound) {
      companions.keep(bound);
    }
  }

  /**
   * Takes back what a basket with the product in it gave. What goes back in part is taken back
   * whole, and what is left of it taken anew.
   */
  public void undo(String self, Basket basket) {
    if (!basket.hasPairs()) {
      return;
    }
    count(basket, -1);
    int part = part(basket.at());
    if (part > 1) {
      return;
    }
    long whole = weight(basket);
    for (String other : basket.products()) {
      if (!other.equals(self)) {
        int share = basket.evidence().share();
        companions.subtract(other, part, share, whole, whole / basket.others());
      }
    }
  }

  /** Takes what there is to be learnt of it. */
  public void learn(Part.Learn part) {
    String self = Part.self(part.key());
    if (part.sale().undone()) {
      undo(self, part.sale().basket());
    } else {
      take(self, part.sale().basket());
    }
  }

  /** The products that are bought most of those that a category has been with; in no order. */
  public List<Candidate> mostBought(int most, long now) {
    return candidates(Together::both, Marginals.UNKNOWN, most, now);
  }

  private void count(Basket basket, int sign) {
    reach(decay.era(basket.at()));
    int part = part(basket.at());
    if (part == 0) {
      recent = Math.max(0, recent + sign * weight(basket));
    } else if (part == 1) {
      older = Math.max(0, older + sign * weight(basket));
    }
  }

  private long weight(Basket basket) {
    return decay.weight(basket.at()) * basket.evidence().share() / Evidence.WHOLE;
  }

  /** How many eras before the latest. */
  private int part(long at) {
    return era - decay.era(at);
  }

  private void reach(int next) {
    if (era == Integer.MIN_VALUE) {
      era = next;
    }
    for (int i = 0; i < 2 && era < next; i++, era++) {
      older = recent;
      recent = 0;
      companions.nextEra();
    }
    era = Math.max(era, next);
  }

  /** Whether nothing is known any more, so that nothing need be stored. */
  public boolean isEmpty() {
    return recent == 0 && older == 0 && companions.size() == 0;
  }

  /** How many others are known. */
  public int size() {
    return companions.size();
  }

  /** The decayed number of baskets with the product and something else. */
  public double baskets(long now) {
    return Decay.value(recent, older, decay.worth(era, now));
  }

  /**
   * What is known of the product and another one, or null.
   *
   * @param marginals how often each product is bought
   */
  public Together together(String other, Marginals marginals, long now) {
    int slot = companions.find(other);
    return slot < 0 ? null : together(slot, marginals, decay.worth(era, now));
  }

  private Together together(int slot, Marginals marginals, double worth) {
    return new Together(
        companions.times(slot) / (double) Evidence.WHOLE,
        companions.value(slot, Companions.BASKETS, worth),
        companions.value(slot, Companions.WEIGHT, worth),
        Decay.value(recent, older, worth),
        marginals.of(companions.sku(slot)),
        marginals.baskets(),
        marginals.products());
  }

  /**
   * The products that go best with this one.
   *
   * @param most how many at most; of equal ones those whose products come first
   * @return in no order
   */
  public List<Candidate> candidates(Measure measure, Marginals marginals, int most, long now) {
    List<Candidate> candidates = new ArrayList<>();
    double worth = decay.worth(era, now);
    for (int slot = 0; slot < companions.slots(); slot++) {
      if (companions.sku(slot) != null) {
        Together together = together(slot, marginals, worth);
        long score = Candidate.millionths(measure.of(together));
        if (score > 0) {
          candidates.add(
              new Candidate(companions.sku(slot), score, together.both(), together.lift()));
        }
      }
    }
    if (candidates.size() <= most) {
      return candidates;
    }
    candidates.sort(Candidate.BEST_FIRST);
    return candidates.subList(0, most);
  }

  CoPurchases copy() {
    CoPurchases copy = new CoPurchases(decay, bound);
    copy.era = era;
    copy.recent = recent;
    copy.older = older;
    copy.companions = companions.copy();
    return copy;
  }

  /** Writes all that is known; equal contents are equal bytes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(FORM);
    Varint.write(out, era);
    Varint.write(out, recent);
    Varint.write(out, older);
    companions.writeTo(out);
  }

  /** Reads what {@link #writeTo} wrote, to go on as is learnt now. */
  public static CoPurchases readFrom(Learning learning, DataInput in) throws IOException {
    return readFrom(new Decay(learning.halfLife()), learning.bound(), in);
  }

  /** Reads what {@link #writeTo} wrote, under the same decay. */
  public static CoPurchases readFrom(Decay decay, int bound, DataInput in) throws IOException {
    int form = in.readByte();
    if (form != FORM) {
      throw new IOException("co-purchases in the unknown form " + form);
    }
    CoPurchases read = new CoPurchases(decay, bound);
    read.era = (int) Varint.read(in);
    read.recent = Varint.read(in);
    read.older = Varint.read(in);
    read.companions = Companions.readFrom(in);
    return read;
  }
}
