package io.lifestage.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoPurchasesTest {
  private static final long DAY = 86_400_000;
  private static final long BEGIN = 1_700_000_000_000L;
  private static final Duration HALF_LIFE = Duration.ofDays(60);
  private static final Decay DECAY = new Decay(HALF_LIFE);

  private final CoPurchases mug = new CoPurchases(DECAY, 10);

  // What is counted

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aThousandHistoriesWithUndoingsAreWhatCountingEveryBasketGives(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      assertThatOneHistoryIsExact(random);
    }
  }

  private static void assertThatOneHistoryIsExact(Random random) {
    PlainShelf shelf = new PlainShelf(HALF_LIFE.toMillis());
    CoPurchases known = new CoPurchases(DECAY, 100);
    Popularity popularity = new Popularity(DECAY);
    List<Basket> taken = new ArrayList<>();
    long now = BEGIN;
    for (int step = 0; step < 20; step++) {
      // Up to 50 days and a bit, so that no two baskets are equal; eras begin now and then.
      now += 1 + (long) (random.nextDouble() * 50 * DAY);
      if (taken.isEmpty() || random.nextInt(4) > 0) {
        Basket basket = PlainShelf.drawn(random, 5, now);
        taken.add(basket);
        shelf.take(basket);
        popularity.take(basket);
        if (basket.products().contains("p0")) {
          known.take("p0", basket);
        }
      } else {
        Basket basket = taken.remove(random.nextInt(taken.size()));
        if (basket.products().contains("p0")) {
          known.undo("p0", basket);
        }
        popularity.undo(basket);
        shelf.undo(basket);
      }
    }
    assertThat(known.baskets(now)).isCloseTo(shelf.baskets("p0", now), within(1e-3));
    Marginals marginals = popularity.asOf(now);
    for (int other = 1; other < 5; other++) {
      assertThatPairIsExact(shelf, known, marginals, "p" + other, now);
    }
  }

  private static void assertThatPairIsExact(
      PlainShelf shelf, CoPurchases known, Marginals marginals, String other, long now) {
    Together together = known.together(other, marginals, now);
    double both = together == null ? 0 : together.both();
    double weight = together == null ? 0 : together.weight();
    assertThat(both).isCloseTo(shelf.both("p0", other, now), within(1e-3));
    assertThat(weight).isCloseTo(shelf.weight("p0", other, now), within(1e-3));
    assertThat(marginals.of(other)).isCloseTo(shelf.baskets(other, now), within(1e-3));
    if (together != null) {
      assertThat(together.times())
          .isEqualTo((double) shelf.times("p0", other, DECAY.era(now) - 1, DECAY));
    }
  }

  @Test
  void anOrderCountsHalfAfterOneHalfLife() {
    mug.take("mug", basket(0, "mug", "tea"));

    assertThat(mug.baskets(BEGIN)).isCloseTo(1, within(1e-4));
    assertThat(mug.baskets(BEGIN + 60 * DAY)).isCloseTo(0.5, within(1e-4));
    assertThat(mug.baskets(BEGIN + 600 * DAY)).isCloseTo(1.0 / 1024, within(1e-6));
  }

  @Test
  void aBasketWithOneProductSaysNothing() {
    mug.take("mug", basket(0, "mug"));

    assertThat(mug.isEmpty()).isTrue();
  }

  @Test
  void aSessionSaysASixteenthOfAnOrder() {
    mug.take("mug", new Basket(BEGIN, List.of("mug", "tea"), Evidence.SESSION));

    assertThat(mug.baskets(BEGIN)).isCloseTo(1.0 / 16, within(1e-4));
    assertThat(mug.together("tea", nobody(), BEGIN).times()).isEqualTo(1.0 / 16);
  }

  // In whichever order

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theBytesAreTheSameInWhicheverOrderBasketsCome(long seed) throws IOException {
    Random random = new Random(seed);
    List<Basket> baskets = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      baskets.add(basket(random.nextInt(1500), "mug", "p" + random.nextInt(8), "p9"));
    }
    byte[] first = bytes(taken(baskets, 100));
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(baskets, random);
      assertThat(bytes(taken(baskets, 100))).isEqualTo(first);
    }
  }

  @Test
  void onceSomethingWasLetGoTheOrderDoesMatter() throws IOException {
    List<Basket> baskets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      baskets.add(basket(i, "mug", "p" + i % 7, "p" + i % 5));
    }
    byte[] first = bytes(taken(baskets, 2));
    Collections.reverse(baskets);

    assertThat(bytes(taken(baskets, 2))).isNotEqualTo(first);
  }

  // Undoing

  @Test
  void whatIsUndoneLeavesNothing() throws IOException {
    Basket kept = basket(0, "mug", "tea");
    mug.take("mug", kept);
    byte[] before = bytes(mug);
    Basket undone = basket(7, "mug", "tea", "spoon");

    mug.take("mug", undone);
    mug.undo("mug", undone);

    assertThat(bytes(mug)).isEqualTo(before);
  }

  @Test
  void aLineThatGoesBackTakesItsPairsAndNoOthers() {
    Basket basket = basket(0, "mug", "tea", "spoon");
    mug.take("mug", basket);

    mug.undo("mug", basket);
    mug.take("mug", basket(0, "mug", "spoon"));

    assertThat(mug.together("tea", nobody(), BEGIN)).isNull();
    assertThat(mug.together("spoon", nobody(), BEGIN).both()).isCloseTo(1, within(1e-4));
    assertThat(mug.baskets(BEGIN)).isCloseTo(1, within(1e-4));
  }

  // Bounded

  @Test
  void aBestsellerThatIsBoughtWithEverythingKeepsNoMoreThanItsBound() throws IOException {
    CoPurchases bestseller = new CoPurchases(DECAY, 50);
    for (int i = 0; i < 100_000; i++) {
      bestseller.take("bag", basket(i / 100, "bag", "p" + i, i % 10 == 0 ? "string" : "q" + i));
      assertThat(bestseller.size()).isLessThanOrEqualTo(100);
    }

    assertThat(bytes(bestseller).length).isLessThan(100 * 30);
    assertThat(bestseller.together("string", nobody(), BEGIN + 1000 * DAY).times())
        .isGreaterThan(9000);
  }

  @Test
  void aPairThatWasLetGoBeginsAtNothing() {
    CoPurchases narrow = new CoPurchases(DECAY, 1);
    narrow.take("mug", basket(0, "mug", "tea"));
    narrow.take("mug", basket(1, "mug", "a", "b"));
    narrow.take("mug", basket(2, "mug", "spoon"));
    narrow.take("mug", basket(3, "mug", "c", "d"));
    assertThat(narrow.together("tea", nobody(), BEGIN)).isNull();

    narrow.take("mug", basket(4, "mug", "tea"));

    assertThat(narrow.together("tea", nobody(), BEGIN + 4 * DAY).times()).isEqualTo(1);
  }

  @Test
  void whatIsOlderThanAnEraIsLetGo() {
    mug.take("mug", basket(0, "mug", "tea"));
    mug.take("mug", basket(2 * Decay.HALF_LIVES * 60, "mug", "spoon"));

    assertThat(mug.size()).isEqualTo(1);
    assertThat(mug.together("tea", nobody(), BEGIN)).isNull();
  }

  // Stored

  @Test
  void itComesBackAsItWas() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      mug.take("mug", basket(20 * i, "mug", "p" + random.nextInt(30), "p" + random.nextInt(30)));
      byte[] written = bytes(mug);
      assertThat(bytes(read(written))).isEqualTo(written);
    }
  }

  @Test
  void oldBytesAreReadForEver() throws IOException {
    mug.take("mug", basket(0, "mug", "tea"));
    mug.take("mug", basket(900, "mug", "tea", "spoon"));
    String golden =
        "012afaf5d007f2eba10f04000573706f6f6e2000faf5d00700fcbae803000003746561"
            + "2020faf5d007f2eba10ffcbae803f2eba10f";

    assertThat(HexFormat.of().formatHex(bytes(mug))).isEqualTo(golden);
    assertThat(bytes(read(HexFormat.of().parseHex(golden)))).isEqualTo(bytes(mug));
  }

  @Test
  void anUnknownFormIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {9}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unknown form 9");
  }

  private static CoPurchases taken(List<Basket> baskets, int bound) {
    CoPurchases taken = new CoPurchases(DECAY, bound);
    baskets.forEach(basket -> taken.take("mug", basket));
    return taken;
  }

  private static Basket basket(int day, String... products) {
    return Basket.ordered(BEGIN + day * DAY, List.of(products));
  }

  private static Marginals nobody() {
    return new Popularity(DECAY).asOf(BEGIN);
  }

  private static byte[] bytes(CoPurchases known) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    known.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static CoPurchases read(byte[] bytes) throws IOException {
    return CoPurchases.readFrom(DECAY, 10, new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
