package io.lifestage.wire;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/**
 * Checks records of the definitions' topic against their contract. This release decides by the
 * definitions in its jar, so that one in good order is refused as well, and says so: whoever
 * published it must not believe that it is live.
 */
final class DefinitionReader {
  private static final Set<String> KINDS = Set.of("stage-model", "traits", "journey");

  private final InputLimits limits;

  DefinitionReader(InputLimits limits) {
    this.limits = limits;
  }

  /** Why the definition cannot be used; something always is. */
  UnusableRecordException refusal(byte[] key, GenericRecord record) {
    try {
      requireInOrder(key, record);
      return unsupported();
    } catch (UnusableRecordException e) {
      return e;
    }
  }

  /** Why the deletion of a definition cannot be followed. */
  UnusableRecordException refusalToDelete(byte[] key) {
    return key == null || key.length == 0
        ? new UnusableRecordException(Defect.NULL_KEY, "A deletion without a key")
        : unsupported();
  }

  private void requireInOrder(byte[] key, GenericRecord record) throws UnusableRecordException {
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
    String name = id + "@" + version;
    if (key == null || !name.equals(new String(key, StandardCharsets.UTF_8))) {
      throw InputRules.invalid("the key is not '%s'".formatted(name));
    }
    String body = record.get("body").toString();
    InputRules.requireText("body", body);
    if (!Digest.sha256(body.getBytes(StandardCharsets.UTF_8))
        .equals(record.get("hash").toString())) {
      throw InputRules.invalid("the hash is not the SHA-256 of the body");
    }
  }

  private static UnusableRecordException unsupported() {
    return new UnusableRecordException(
        Defect.UNSUPPORTED_DEFINITION,
        "This release decides by the definitions in its jar; nothing was changed");
  }
}
