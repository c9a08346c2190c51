package io.lifestage.journey;

import java.util.Set;

/** What starts a run of a journey. */
public sealed interface Entry {

  /**
   * An event of one of the types.
   *
   * @param types event types; never empty
   */
  record OnEvent(Set<String> types) implements Entry {
    public OnEvent {
      if (types.isEmpty()) {
        throw new IllegalArgumentException("an entry on no event type");
      }
    }
  }

  /**
   * The customer enters one of the stages.
   *
   * @param stages stage names; never empty
   */
  record OnStage(Set<String> stages) implements Entry {
    public OnStage {
      if (stages.isEmpty()) {
        throw new IllegalArgumentException("an entry on no stage");
      }
    }
  }
}
