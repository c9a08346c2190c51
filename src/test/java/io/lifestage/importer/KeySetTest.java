package io.lifestage.importer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeySetTest {

  @Test
  void aTextIsNewOnce() {
    KeySet keys = new KeySet();

    for (int i = 0; i < 100_000; i++) {
      assertThat(keys.add("customer-" + i)).isTrue();
    }

    assertThat(keys.size()).isEqualTo(100_000);
    assertThat(keys.add("customer-7")).isFalse();
  }
}
