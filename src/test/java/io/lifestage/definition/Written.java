package io.lifestage.definition;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lifestage.decision.Definitions;
import java.util.ArrayList;
import java.util.List;

/** Definitions written in tests. */
public final class Written {
  /** Two stages: whoever does something is there, and lapses. */
  public static final String STAGES =
      """
      stage-model: small
      stages: [here, there, gone]
      activity: [page_viewed, product_viewed, order_paid, message_sent]
      moves:
        - {from: none, to: here, on: activity, cause: came}
        - {from: here, to: there, on: order_paid, cause: paid}
        - {from: [here, there], to: gone, after-silence: 90d, cause: silence}
        - {from: gone, to: here, on: activity, new-cycle: true, cause: returned}
      """;

  private Written() {}

  /** The small stage model and these. */
  public static Definitions with(String... texts) {
    return library(texts).definitions();
  }

  /** The same, with what only whoever reads specifications has to know. */
  public static Library library(String... texts) {
    return Library.of(sources(texts));
  }

  static List<Source> sources(String... texts) {
    List<Source> sources = new ArrayList<>();
    sources.add(new Source("stages.yaml", STAGES));
    for (int i = 0; i < texts.length; i++) {
      sources.add(new Source("f" + (i + 1) + ".yaml", texts[i]));
    }
    return sources;
  }

  /** Every mistake in the small stage model and these. */
  static List<String> mistakes(String... texts) {
    DefinitionException wrong = catchThrowableOfType(DefinitionException.class, () -> with(texts));
    return wrong == null ? List.of() : wrong.problems().stream().map(Problem::toString).toList();
  }
}
