package io.lifestage.journey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of a trigger: 128 bits of SHA-256 over what caused it. The same cause gives the same id on
 * every run, so that whoever receives a trigger twice can tell.
 */
public final class TriggerId {
  private TriggerId() {}

  /**
   * The id that a trigger has.
   *
   * @param cause id of the event that the run counts from
   * @param journey the journey's id, without its version
   * @param instanceKey what the run is about
   * @param step the emitting step's name
   * @param occurrence which time this step emits in this run, from 0
   * @return 32 hexadecimal digits
   */
  public static String of(
      String cause, String journey, String instanceKey, String step, int occurrence) {
    MessageDigest sha = sha256();
    for (String part : new String[] {cause, journey, instanceKey, step}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // The length keeps ("ab", "c") and ("a", "bc") apart.
      update(sha, bytes.length);
      sha.update(bytes);
    }
    update(sha, occurrence);
    return HexFormat.of().formatHex(sha.digest(), 0, 16);
  }

  private static void update(MessageDigest sha, int number) {
    sha.update(
        new byte[] {
          (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
        });
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
