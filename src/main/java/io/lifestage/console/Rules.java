package io.lifestage.console;

import io.lifestage.decision.Definitions;
import io.lifestage.decision.Publication;
import io.lifestage.definition.DefinitionException;
import io.lifestage.definition.Library;
import io.lifestage.definition.Releases;
import io.lifestage.definition.Source;
import io.lifestage.lifecycle.StageModel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The definitions that the job decides by: what it started with and what was published since. */
final class Rules {
  private final List<Source> pack;
  private final Map<String, Publication> published = new LinkedHashMap<>();
  private Definitions definitions;
  private Map<String, String> refused = Map.of();
  private boolean stale;

  /**
   * @param pack what the job started with
   */
  Rules(List<Source> pack) {
    this.pack = List.copyOf(pack);
    this.definitions = Library.compile(pack);
  }

  void take(Publication publication) {
    published.put(publication.key(), publication);
    stale = true;
  }

  /** The newest of all definitions. */
  Definitions definitions() {
    if (stale) {
      stale = false;
      Collection<Publication> all = published.values();
      Releases releases = Releases.of(pack, all);
      refused = releases.refused();
      try {
        definitions = Library.compile(releases.current().values());
      } catch (DefinitionException e) {
        // Each was accepted with what was beside it then; what can't be shown together is not.
        refused = Map.of("all", String.valueOf(e.getMessage()));
      }
    }
    return definitions;
  }

  StageModel stages() {
    return definitions().stages();
  }

  /** Why a publication is not in force, by its key. */
  Map<String, String> refused() {
    return refused;
  }
}
