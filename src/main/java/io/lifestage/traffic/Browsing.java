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
  private final Assortment shop;
  private final Journal journal;

  Browsing(Person person, Assortment shop, Journal journal) {
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
        lookAt(dice.chance(0.6) ? shop.any(dice, category()) : shop.any(dice));
      }
    }
  }

  private String category() {
    return dice.chance(0.8) ? dice.oneOf(person.favourites) : dice.oneOf(shop.categories());
  }

  private void search() {
    Product product = dice.chance(0.5) ? shop.any(dice, category()) : shop.any(dice);
    String query = product.name().split("[, ]", 2)[0].toLowerCase(Locale.ROOT);
    journal.note(EventType.PRODUCTS_SEARCHED, Attribute.QUERY, query, Attribute.PAGE, "/search");
    if (dice.chance(0.7)) {
      journal.pause(dice.around(9_000, 0.7));
      lookAt(product);
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

  private void lookAt(Product product) {
    journal.note(EventType.PRODUCT_VIEWED, product, Attribute.PAGE, "/p/" + product.sku());
    journal.pause(dice.around(14_000, 0.8));
    double eager = person.invitation != null && person.visits == 0 ? 3 : 1;
    if (product.available() && dice.chance(eager * person.persona.appetite)) {
      add(product);
      if (dice.chance(0.3)) {
        lookAt(shop.get(dice.oneOf(product.complements())));
      }
    } else if (dice.chance(0.04)) {
      journal.note(EventType.PRODUCT_ADDED_TO_WISHLIST, product);
    }
  }

  private void add(Product product) {
    int quantity = product.price().minor() < 2500 && dice.chance(0.2) ? dice.from(2, 4) : 1;
    person.basket.add(product, quantity, journal.now(), dice);
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
