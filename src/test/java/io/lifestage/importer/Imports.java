package io.lifestage.importer;

import io.lifestage.lifecycle.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Does imports in a folder of the test and keeps what came of them. */
final class Imports {

  /** Orders of one line each, with columns for most of what the language can say. */
  static final String SHOP =
      """
      name: shop
      time: {column: at, patterns: [iso], zone: UTC}
      money: {currency: {constant: EUR}}
      attributes: {customer_id: customer, order_id: order}
      events:
        - type: order_placed
          lines: {sku: sku, quantity: pieces, price: price}
      """;

  static final String SHOP_HEADER = "at,customer,order,sku,pieces,price\n";

  private final Path folder;
  final List<Event> events = new ArrayList<>();
  final List<BadRow> bad = new ArrayList<>();
  private long memory = 1 << 26;
  private long maxBad = Long.MAX_VALUE;
  private boolean assumeConsent;

  Imports(Path folder) {
    this.folder = folder;
  }

  Imports memory(long bytes) {
    memory = bytes;
    return this;
  }

  Imports maxBad(long rows) {
    maxBad = rows;
    return this;
  }

  Imports assumeConsent() {
    assumeConsent = true;
    return this;
  }

  Summary run(String mapping, String csv) throws IOException {
    return run(mapping, csv.getBytes(StandardCharsets.UTF_8));
  }

  Summary run(String mapping, byte[] csv) throws IOException {
    return run(MappingReader.read("test.yaml", mapping), csv);
  }

  Summary run(Mapping mapping, byte[] csv) throws IOException {
    Path file = Files.write(folder.resolve("input"), csv);
    events.clear();
    bad.clear();
    ImportWatcher watcher =
        new ImportWatcher() {
          @Override
          public void bad(BadRow row) {
            bad.add(row);
          }
        };
    return new Importer(mapping, new ImportOptions(folder, memory, assumeConsent, maxBad), watcher)
        .run(file, events::add);
  }

  /** Events of a shop's orders by the mapping above. */
  Summary shop(String rows) throws IOException {
    return run(SHOP, SHOP_HEADER + rows);
  }

  List<String> ids() {
    return events.stream().map(Event::id).toList();
  }

  List<String> badMessages() {
    return bad.stream().map(row -> row.line() + ": " + row.message()).toList();
  }
}
