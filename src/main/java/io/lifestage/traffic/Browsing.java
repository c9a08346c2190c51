package io.lifestage.traffic;

import io.lifestage.lifecycle.Attribute;
import io.lifestage.lifecycle.EventType;
import io.lifestage.lifecycle.Product;
import java.util.List;
import java.util.Locale;

/** What a person looks at in a visit: pages, searches, content, products, some into the cart. */
final class Browsing {
  private static final List<String> PAGES =
      List.of("/delivery", "/stores", "/about", "/services", "/offers", "/inspiration");
  private static final List<String> CONTENT =
      List.of(
          "article",
          "article",
          "article",
          "guide",
          "guide",
          "guide",
          "blog",
          "blog",
          "webinar",
          "return_terms");

  private final Person person;
  private final Dice dice;
  private final Shop shop;
  private final Journal journal;

  Browsing(Person person, Shop shop, Journal journal) {
    this.person = person;
    this.dice = person.dice;
    this.shop = shop;
    this.journal = journal;
  }

  /** Browses for a while; the cart may be fuller afterwards. */
  void play() {
    int things = 1 + (int) dice.exponential(person.persona.curiosity - 1);
    if (person.invitation != null && person.visits == 0) {
      things += 3;
    }
    for (int i = 0; i < things; i++) {
      journal.pause(dice.around(18_000, 0.9));
      double what = dice.fraction();
      if (what < 0.10) {
        search();
      } else if (what < 0.26) {
        String category = category();
        journal.note(
            EventType.PAGE_VIEWED, Attribute.PAGE, "/c/" + category, Attribute.CATEGORY, category);
      } else if (what < 0.37) {
        read();
      } else if (what < 0.42) {
        journal.note(EventType.PAGE_VIEWED, Attribute.PAGE, dice.oneOf(PAGES));
      } else {
        lookAt(found(0.6).sku(), 1);
      }
    }
  }

  private String category() {
    return dice.chance(0.8) ? dice.oneOf(person.favourites) : dice.oneOf(shop.categories());
  }

  /** What they come upon, so often in a category. */
  private Product found(double inCategory) {
    return dice.chance(inCategory)
        ? shop.any(dice, category(), journal.now())
        : shop.any(dice, journal.now());
  }

  private void search() {
    Product product = found(0.5);
    String query = product.name().split("[, ]", 2)[0].toLowerCase(Locale.ROOT);
    journal.note(EventType.PRODUCTS_SEARCHED, Attribute.QUERY, query, Attribute.PAGE, "/search");
    if (dice.chance(0.7)) {
      journal.pause(dice.around(9_000, 0.7));
      lookAt(product.sku(), 1);
    }
  }

  private void read() {
    String type = dice.oneOf(CONTENT);
    String id = type.equals("return_terms") ? type : type + "-" + category();
    journal.note(
        EventType.CONTENT_VIEWED,
        Attribute.CONTENT_TYPE,
        type,
        Attribute.CONTENT_ID,
        id,
        Attribute.PAGE,
        "/content/" + id);
    journal.pause(dice.around(type.equals("webinar") ? 12 * Rhythm.MINUTE : 45_000, 0.8));
  }

  /**
   * Looks at a product, and perhaps at what goes with it.
   *
   * @param pull how much more they want it than anything else
   */
  private void lookAt(String sku, double pull) {
    Product seen = shop.product(sku, journal.now());
    journal.note(EventType.PRODUCT_VIEWED, seen, Attribute.PAGE, "/p/" + sku);
    journal.pause(dice.around(14_000, 0.8));
    double eager = pull * (person.invitation != null && person.visits == 0 ? 3 : 1);
    Product product = shop.product(sku, journal.now());
    if (product.available() && dice.chance(eager * person.persona.appetite)) {
      add(product);
      if (dice.chance(shop.shareOfCompanions())) {
        Product companion = shop.companion(sku, dice, journal.now());
        lookAt(companion.sku(), shop.pullOfCompanions());
      }
    } else if (dice.chance(0.04)) {
      journal.note(EventType.PRODUCT_ADDED_TO_WISHLIST, product);
    }
  }

  private void add(Product product) {
    int quantity = product.price().minor() < 2500 && dice.chance(0.2) ? dice.from(2, 4) : 1;
    person.basket.add(product.sku(), quantity, journal.now(), dice);
    journal.note(
        EventType.PRODUCT_ADDED,
        product,
        Attribute.CART_ID,
        person.basket.id(),
        Attribute.QUANTITY,
        Integer.toString(quantity));
    journal.pause(dice.around(5_000, 0.6));
  }
}
