package io.lifestage.decision;

import io.lifestage.journey.Step;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What looks like chance, and is always the same: who is held out, and who goes which way. */
final class Lot {
  private Lot() {}

  /**
   * A number from 0 to 9,999, evenly spread over customers: the first 8 bytes of SHA-256 over the
   * parts, modulo 10,000.
   *
   * @param customer whose lot it is
   * @param draws what it is about; another gives another, independent lot
   */
  static int of(String customer, String... draws) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String draw : draws) {
        sha.update(draw.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      byte[] digest = sha.digest(customer.getBytes(StandardCharsets.UTF_8));
      return (int) Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), Step.Split.WHOLE);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
