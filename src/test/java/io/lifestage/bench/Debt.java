package io.lifestage.bench;

/**
 * What is still to be written to one topic. It grows by a share with each event and is paid in
 * whole records of whole bytes, so that sums come out even and the same events write the same.
 */
final class Debt {
  private final Share share;
  private double records;
  private double bytes;

  Debt(Share share) {
    this.share = share;
  }

  String topic() {
    return share.topic();
  }

  /** One more event. */
  void grow() {
    records += share.recordsPerEvent();
  }

  /** Whether a record is due. */
  boolean isDue() {
    return records >= 1;
  }

  /**
   * Takes one record off.
   *
   * @param keyBytes the length of its key
   * @return how long its value has to be
   */
  int pay(int keyBytes) {
    records--;
    bytes += share.bytesPerRecord();
    int value = Math.max(0, (int) bytes - keyBytes);
    bytes -= value + keyBytes;
    return value;
  }
}
