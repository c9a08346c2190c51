package io.lifestage.traffic;

import io.lifestage.lifecycle.Event;
import io.lifestage.lifecycle.Product;
import java.io.IOException;
import java.util.List;

/**
 * Publishes what changes in the catalogue, each version before the first event that is told of its
 * moment or later; so whoever reads everything never sees somebody buy at a price of which the
 * catalogue does not know.
 */
public final class Storekeeper implements Outlet {

  /** Where versions of products go. */
  @FunctionalInterface
  public interface Shelf {

    /** Returns when they have arrived. */
    void publish(List<Product> versions) throws IOException;
  }

  private final Outlet outlet;
  private final Shelf shelf;
  private final Shop shop;
  private final long shift;
  private long next;

  /**
   * @param outlet gets the events
   * @param shelf gets the versions
   * @param shift by how much all is told later than it happens in the world, milliseconds
   * @param published up to when versions were published, epoch milliseconds in the world's time
   */
  public Storekeeper(Outlet outlet, Shelf shelf, Shop shop, long shift, long published) {
    this.outlet = outlet;
    this.shelf = shelf;
    this.shop = shop;
    this.shift = shift;
    this.next = shop.nextChange(published);
  }

  @Override
  public void send(Event event, String bookmark) throws IOException {
    for (; next <= event.at() - shift; next = shop.nextChange(next)) {
      long from = next + shift;
      shelf.publish(shop.changesAt(next).stream().map(product -> product.from(from)).toList());
    }
    outlet.send(event, bookmark);
  }

  @Override
  public void flush() throws IOException {
    outlet.flush();
  }

  @Override
  public void close() {
    outlet.close();
  }
}
