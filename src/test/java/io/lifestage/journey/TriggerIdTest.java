package io.lifestage.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TriggerIdTest {

  /**
   * Computed outside of Java, by Python's hashlib, over the same bytes; receivers keep these ids
   * for years.
   */
  @Test
  void theIdOfACauseIsTheSameForEver() {
    assertThat(TriggerId.of("e-1", "thank-you", "o1", "thanks", 0))
        .isEqualTo("def4d7d4b8689bbbbad16c58ce9af7e9");
  }

  @Test
  void everyPartOfTheCauseMakesAnotherId() {
    assertThat(
            new String[] {
              TriggerId.of("e", "j", "k", "s", 0),
              TriggerId.of("f", "j", "k", "s", 0),
              TriggerId.of("e", "i", "k", "s", 0),
              TriggerId.of("e", "j", "l", "s", 0),
              TriggerId.of("e", "j", "k", "t", 0),
              TriggerId.of("e", "j", "k", "s", 1)
            })
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  @Test
  void partsDoNotRunIntoOneAnother() {
    assertThat(TriggerId.of("ab", "c", "k", "s", 0))
        .isNotEqualTo(TriggerId.of("a", "bc", "k", "s", 0));
  }
}
