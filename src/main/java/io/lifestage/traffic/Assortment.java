package io.lifestage.traffic;

import io.lifestage.lifecycle.Money;
import io.lifestage.lifecycle.Product;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the shop sells, and what of it people look at: few products often, most of them rarely. */
public final class Assortment {
  public static final String CURRENCY = "EUR";

  /** Exponent of Zipf's law; near 1 in measured shops. */
  private static final double SKEW = 0.9;

  /** Decides which product is how popular, the same in every world. */
  private static final long TASTE = 20;

  private final List<Product> byPopularity;
  private final Map<String, List<Product>> byCategory = new LinkedHashMap<>();
  private final Map<String, Product> bySku = new LinkedHashMap<>();
  private final double[] attention;

  private Assortment(List<Product> products) {
    byPopularity = shuffled(products);
    byPopularity.forEach(
        p -> byCategory.computeIfAbsent(p.category(), c -> new ArrayList<>()).add(p));
    products.forEach(p -> bySku.put(p.sku(), p));
    attention = new double[products.size() + 1];
    for (int rank = 1; rank < attention.length; rank++) {
      attention[rank] = attention[rank - 1] + StrictMath.pow(rank, -SKEW);
    }
  }

  /** A home-and-garden shop; the products are in {@code assortment.csv} beside this class. */
  public static Assortment homeAndGarden() {
    try (InputStream in = Assortment.class.getResourceAsStream("assortment.csv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new Assortment(lines.lines().skip(1).map(Assortment::product).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The catalogue as it is to be published, effective from this moment (epoch milliseconds). */
  public List<Product> effectiveAt(long at) {
    return bySku.values().stream().map(product -> product.from(at)).toList();
  }

  /** All products, in the order of the file. */
  List<Product> products() {
    return List.copyOf(bySku.values());
  }

  /** The product with this number, or null. */
  public Product get(String sku) {
    return bySku.get(sku);
  }

  List<String> categories() {
    return List.copyOf(byCategory.keySet());
  }

  Product any(Dice dice) {
    return byPopularity.get(rank(dice, byPopularity.size()));
  }

  Product any(Dice dice, String category) {
    List<Product> products = byCategory.get(category);
    return products.get(rank(dice, products.size()));
  }

  private int rank(Dice dice, int size) {
    int found = Arrays.binarySearch(attention, 0, size + 1, dice.fraction() * attention[size]);
    return Math.min(found >= 0 ? found : -found - 2, size - 1);
  }

  private static List<Product> shuffled(List<Product> products) {
    Dice dice = new Dice(TASTE);
    List<Product> shuffled = new ArrayList<>(products);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      shuffled.set(i, shuffled.set(dice.below(i + 1), shuffled.get(i)));
    }
    return shuffled;
  }

  private static Product product(String line) {
    String[] cells = line.split(";", -1);
    return new Product(
        cells[0],
        0,
        cells[1],
        cells[2],
        new Money(Long.parseLong(cells[3]), CURRENCY),
        cells[4].equals("yes"),
        List.of(cells[5].split(" ", -1)));
  }
}
