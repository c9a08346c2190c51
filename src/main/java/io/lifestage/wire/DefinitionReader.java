package io.lifestage.wire;

import io.lifestage.decision.Publication;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/**
 * From a record of the definitions' topic to the publication, if it is one. What the definition
 * says is not looked at here.
 */
final class DefinitionReader {
  private static final Set<String> KINDS = Set.of("stage-model", "traits", "guards", "journey");

  private final InputLimits limits;

  DefinitionReader(InputLimits limits) {
    this.limits = limits;
  }

  /**
   * A definition takes effect when it says, but not before it was there to be known. Where time is
   * the data's, it may be older than its record.
   */
  Publication read(byte[] key, GenericRecord record, Origin origin) throws UnusableRecordException {
    String kind = record.get("kind").toString();
    if (!KINDS.contains(kind)) {
      throw InputRules.invalid("kind '%s'; there are %s".formatted(kind, KINDS));
    }
    String id = record.get("id").toString();
    InputRules.requireText("id", id);
    InputRules.requireLength("id", id, limits);
    int version = (Integer) record.get("version");
    if (version < 1) {
      throw InputRules.invalid("version %d; they are counted from 1".formatted(version));
    }
    long effectiveAt = (Long) record.get("effective_at");
    if (effectiveAt <= 0) {
      throw new UnusableRecordException(Defect.BAD_TIMESTAMP, "effective_at is " + effectiveAt);
    }
    String name = Publication.key(kind, id, version);
    if (key == null || !name.equals(new String(key, StandardCharsets.UTF_8))) {
      throw InputRules.invalid("the key is not '%s'".formatted(name));
    }
    String body = record.get("body").toString();
    InputRules.requireText("body", body);
    String hash = record.get("hash").toString();
    if (!Digest.sha256(body.getBytes(StandardCharsets.UTF_8)).equals(hash)) {
      throw InputRules.invalid("the hash is not the SHA-256 of the body");
    }
    String batch = record.get("batch").toString();
    int batchSize = (Integer) record.get("batch_size");
    if (batchSize < 1) {
      throw InputRules.invalid("a batch of %d".formatted(batchSize));
    }
    long at = limits.isLive() ? Math.max(effectiveAt, origin.timestamp()) : effectiveAt;
    return new Publication(kind, id, version, at, body, batch.isEmpty() ? name : batch, batchSize);
  }

  /** A definition is ended by a version that says so; without a record nobody could explain it. */
  static UnusableRecordException refusalToDelete(byte[] key) {
    return key == null || key.length == 0
        ? new UnusableRecordException(Defect.NULL_KEY, "A deletion without a key")
        : new UnusableRecordException(
            Defect.NOT_DELETABLE, "A definition is ended by a version with status archived");
  }
}
