package io.lifestage.decision;

import java.util.Objects;

/**
 * A version of a definition as it was published. Those of one batch take effect together, or not at
 * all.
 *
 * @param kind what it defines: stage-model, traits, guards or journey
 * @param id its name within the kind
 * @param version counted up with every change
 * @param takesEffectAt from when on it holds at the earliest, epoch milliseconds: never before it
 *     could be known
 * @param body the definition, YAML
 * @param batch what it was published together with; unique per batch
 * @param batchSize how many were
 */
public record Publication(
    String kind,
    String id,
    int version,
    long takesEffectAt,
    String body,
    String batch,
    int batchSize) {

  /**
   * What the batch begins with that a job is started with for the first time. It holds from the
   * beginning of time, whenever it was written.
   */
  public static final String FOUNDING = "founding-";

  public Publication {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(batch, "batch");
  }

  /** Whether it holds from the beginning of time. */
  public boolean isFounding() {
    return batch.startsWith(FOUNDING);
  }

  /** The key of its record. */
  public String key() {
    return key(kind, id, version);
  }

  /** The key of a definition's record. */
  public static String key(String kind, String id, int version) {
    return kind + "/" + id + "@" + version;
  }
}
