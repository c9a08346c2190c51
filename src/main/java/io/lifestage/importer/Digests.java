package io.lifestage.importer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names for contents: the first 128 bits of SHA-256, as hexadecimal text. Each part is digested
 * with its length, so that no two lists of texts run together to the same.
 */
final class Digests {
  private static final int LENGTH = 16;

  private final MessageDigest digest;

  Digests() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  String of(String... parts) {
    return of(List.of(parts));
  }

  String of(List<String> parts) {
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(
          new byte[] {
            (byte) (bytes.length >>> 24),
            (byte) (bytes.length >>> 16),
            (byte) (bytes.length >>> 8),
            (byte) bytes.length
          });
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, LENGTH);
  }
}
