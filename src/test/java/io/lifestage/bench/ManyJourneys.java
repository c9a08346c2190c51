package io.lifestage.bench;

import io.lifestage.definition.Packs;
import io.lifestage.definition.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The retail pack, and so many journeys beside its own that there are a given number in all. */
final class ManyJourneys {
  private static final String OTHER =
      """
      journey: other-%d
      tags: [other]
      entry: {on: product_reviewed, when: event.rating == 1 && event.sku == 'sku-%d'}
      per: product
      steps:
        - delay: 1d
        - emit: {kind: other, template: other, priority: 10}
      exit:
        - {on: product_reviewed, same: true, when: event.rating > 3, reason: content}
      """;

  private ManyJourneys() {}

  /** Writes them, and says where. */
  static String in(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    int journeys = 0;
    for (Source source : Packs.of("retail")) {
      Files.writeString(folder.resolve(source.file().replace('/', '-')), source.text());
      journeys += source.text().contains("journey: ") ? 1 : 0;
    }
    for (int i = journeys; i < count; i++) {
      Files.writeString(folder.resolve("other-" + i + ".yaml"), OTHER.formatted(i, i));
    }
    return folder.toString();
  }
}
